//! Short names at the seam between WASM and glue. wasm-bindgen's, such as `__wbg_post_37a9f5cf985eaf03`, are a tenth of
//! what visitors download, as random digits do not compress.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use walrus::Module;

/// What the loader calls by name.
const KEPT: [&str; 3] = ["memory", "wake", "__wbindgen_start"];

/// Renames imports and exports of `wasm`, and their counterparts in `glue`. All imports then come from one module, `w`:
/// the loader passes in everything that the bundle around the glue exports.
pub fn shorten(wasm: &Path, glue: &Path) -> Result<()> {
    let mut module = Module::from_file(wasm).context("cannot read the widgets' WASM")?;
    let mut text = fs::read_to_string(glue)?;
    let mut count = 0;
    for import in module.imports.iter_mut() {
        // Functions that take and give only numbers are imported straight from the hands, under their own name.
        if import.module != "hands" {
            let short = short(&mut count);
            text = rename(&text, &import.name, &short);
            import.name = short;
        }
        "w".clone_into(&mut import.module);
    }
    for export in module.exports.iter_mut().filter(|export| !KEPT.contains(&export.name.as_str())) {
        let short = short(&mut count);
        text = rename(&text, &export.name, &short);
        export.name = short;
    }
    module.emit_wasm_file(wasm)?;
    fs::write(glue, text)?;
    Ok(())
}

/// `$a`, `$b`, … `$ba`: names that the glue itself does not use.
fn short(count: &mut usize) -> String {
    let mut rest = *count;
    *count += 1;
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
        if rest == 0 {
            return format!("${name}");
        }
    }
}

/// Replaces `name` wherever it is a whole word.
fn rename(text: &str, name: &str, short: &str) -> String {
    let mut renamed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(name) {
        renamed.push_str(before);
        let longer = before.ends_with(is_word) || after.starts_with(is_word);
        renamed.push_str(if longer { name } else { short });
        rest = after;
    }
    renamed + rest
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_renamed() {
        assert_eq!(
            rename("wasm.free(a); wasm.free_all; refree; free", "free", "$a"),
            "wasm.$a(a); wasm.free_all; refree; $a"
        );
    }

    #[test]
    fn names_do_not_repeat() {
        let mut count = 0;
        let names: std::collections::BTreeSet<_> = (0..1_000).map(|_| short(&mut count)).collect();
        assert_eq!(names.len(), 1_000);
    }
}
