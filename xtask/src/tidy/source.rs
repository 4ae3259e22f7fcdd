//! The files that conventions are about.

use crate::project::Project;
use crate::run::capture;
use anyhow::Result;
use std::fs;
use std::process::Command;

/// A text file that git knows, or would if told.
pub(super) struct Source {
    /// From the root, with slashes.
    pub(super) path: String,
    pub(super) text: String,
}

pub(super) fn sources(project: &Project) -> Result<Vec<Source>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(project.root());
    let listed = capture(&mut git, "list the files")?;
    let read = |path: &str| {
        // What is deleted but not committed, and what is not text, is passed over.
        let text = fs::read_to_string(project.path(path)).ok()?;
        Some(Source { path: path.to_owned(), text })
    };
    Ok(listed.lines().filter_map(read).collect())
}

impl Source {
    pub(super) fn is(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    /// Whether it lies below one of the folders.
    pub(super) fn within(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// Whether it only runs in tests.
    pub(super) fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    /// `path:line` wherever a line, comments left out, contains one of the words.
    pub(super) fn places(&self, words: &[&str]) -> Vec<String> {
        self.matching(|line| {
            let code = line.trim_start();
            !code.starts_with("//") && words.iter().any(|word| code.contains(word))
        })
    }

    /// `path:line` wherever `wanted` says so.
    pub(super) fn matching(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let numbered = self.text.lines().zip(1..);
        let found = numbered.filter(|(line, _)| wanted(line));
        found.map(|(line, number)| format!("{}:{number}: {}", self.path, line.trim())).collect()
    }
}
