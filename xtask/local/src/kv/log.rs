//! The file behind the namespace: one line per change, so that a kill at any point loses at most
//! a line that nobody was told about.

use super::store::Entry;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the entries live.
#[derive(Clone, Debug)]
pub enum Place {
    /// Gone with the process.
    Memory,
    /// In this folder.
    Folder(PathBuf),
}

/// The open file, if there is one.
pub(super) struct Log(Option<File>);

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    key: &'a str,
    /// `None` when the key was deleted.
    entry: Option<Entry>,
}

impl Log {
    /// Reads what is there, rewrites it without what was replaced, and opens it for more.
    pub(super) fn open(place: Place) -> Result<(Self, BTreeMap<String, Entry>)> {
        let Place::Folder(folder) = place else {
            return Ok((Self(None), BTreeMap::new()));
        };
        fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        let path = folder.join("kv.jsonl");
        let entries = read(&path)?;
        let fresh = folder.join("kv.jsonl.new");
        let mut text = String::new();
        for (key, entry) in &entries {
            text += &serde_json::to_string(&Line { key, entry: Some(entry.clone()) })?;
            text.push('\n');
        }
        fs::write(&fresh, text)?;
        fs::rename(&fresh, &path)?;
        let file = OpenOptions::new().append(true).open(&path)?;
        Ok((Self(Some(file)), entries))
    }

    /// Adds a change.
    pub(super) fn append(&mut self, key: &str, entry: Option<&Entry>) -> Result<()> {
        if let Some(file) = &mut self.0 {
            let mut line = serde_json::to_string(&Line { key, entry: entry.cloned() })?;
            line.push('\n');
            file.write_all(line.as_bytes()).context("could not write to the KV file")?;
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<BTreeMap<String, Entry>> {
    let mut entries = BTreeMap::new();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(entries),
        Err(error) => {
            return Err(error).with_context(|| format!("could not read {}", path.display()));
        }
    };
    // Keys may hold characters that JSON escapes, hence the owned form.
    #[derive(Deserialize)]
    struct Owned {
        key: String,
        entry: Option<Entry>,
    }
    for line in text.lines() {
        // Only the last line can be cut short, and its writer was never answered.
        let Ok(Owned { key, entry }) = serde_json::from_str(line) else {
            continue;
        };
        match entry {
            Some(entry) => entries.insert(key, entry),
            None => entries.remove(&key),
        };
    }
    Ok(entries)
}
