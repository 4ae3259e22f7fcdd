//! The owner's key.

use anyhow::{Context, Result, anyhow};
use std::fs;
use std::path::Path;

/// 160 bits: nothing to guess, so that the digest needs no slow function.
const BYTES: usize = 20;

/// A new key.
pub fn generate() -> Result<String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("no randomness for the owner's key: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The key kept in `file`, made at the first call.
pub fn kept(file: &Path) -> Result<String> {
    if let Ok(text) = fs::read_to_string(file)
        && text.trim().len() == 2 * BYTES
    {
        return Ok(text.trim().to_owned());
    }
    let key = generate()?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, &key).with_context(|| format!("could not write {}", file.display()))?;
    Ok(key)
}
