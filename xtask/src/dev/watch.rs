//! Which files changed.

use crate::project::Project;
use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

/// Editors save in several strokes.
const SETTLED: Duration = Duration::from_millis(150);

/// What has to be done about it, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// Only pages that are served as they are.
    Pages,
    /// The demo's site and widgets.
    Config,
    /// Something that is built.
    Code,
}

pub(super) struct Watch {
    root: PathBuf,
    events: UnboundedReceiver<Vec<PathBuf>>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    pub(super) fn start(project: &Project) -> Result<Self> {
        let (sender, events) = unbounded_channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Ok(event) = event
                && !matches!(event.kind, EventKind::Access(_))
            {
                // The receiver is only gone when everything ends.
                let _ = sender.send(event.paths);
            }
        })
        .context("could not watch for changes")?;
        for folder in ["core", "widgets", "worker", "www"] {
            watcher.watch(&project.path(folder), RecursiveMode::Recursive)?;
        }
        Ok(Self { root: project.root().to_owned(), events, _watcher: watcher })
    }

    /// Waits for a change, and for the end of the changes that come with it.
    pub(super) async fn next(&mut self) -> Change {
        let mut change = None;
        loop {
            let paths = match change {
                None => self.events.recv().await,
                Some(change) => match timeout(SETTLED, self.events.recv()).await {
                    Err(_) => return change,
                    Ok(paths) => paths,
                },
            };
            let Some(paths) = paths else {
                // Without a watcher nothing will ever change.
                return std::future::pending().await;
            };
            for path in paths {
                change = change.max(kind(path.strip_prefix(&self.root).unwrap_or(&path)));
            }
        }
    }
}

/// What a changed file means, if anything.
fn kind(path: &Path) -> Option<Change> {
    let hidden = path.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
    let name = path.file_name()?.to_string_lossy();
    if hidden || name.ends_with('~') || path.starts_with("www/pkg") {
        return None;
    }
    Some(if path.starts_with("www/demo/config") {
        Change::Config
    } else if path.starts_with("www/demo") {
        Change::Pages
    } else {
        Change::Code
    })
}

#[cfg(test)]
mod tests {
    use super::{Change, kind};
    use std::path::Path;

    #[test]
    fn a_change_says_what_it_needs() {
        let cases = [
            ("core/src/lib.rs", Some(Change::Code)),
            ("www/loader/loader.js", Some(Change::Code)),
            ("www/demo/index.html", Some(Change::Pages)),
            ("www/demo/config/widgets/nps.json", Some(Change::Config)),
            ("www/pkg/assets.json", None),
            ("www/demo/.index.html.swp", None),
            ("core/src/lib.rs~", None),
        ];
        for (path, expected) in cases {
            assert_eq!(kind(Path::new(path)), expected, "{path}");
        }
        assert!(Change::Code > Change::Config && Change::Config > Change::Pages);
    }
}
