//! Literals cross the seam between WASM and glue once: names of headers and properties, statements of SQL. Each time one is
//! needed, wasm-bindgen's glue makes a view of the memory and has the runtime decode it, some 0.2 µs and a new string; for a response
//! that is a hundred times. What lies in the read-only part of the memory never changes, so the glue keeps the strings made of it.

use anyhow::{Context, Result, ensure};
use std::ops::Range;
use std::path::Path;
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, Module};

/// What the linker calls the read-only part.
const READ_ONLY: &str = ".rodata";

/// As wasm-bindgen writes it.
const DECODE: &str = "function getStringFromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));
}
";

/// Has `glue` keep the literals of `wasm`, which still has its names.
pub fn keep(wasm: &Path, glue: &str) -> Result<String> {
    let module = Module::from_file(wasm).context("cannot read the Worker's WASM")?;
    let range = module.data.iter().find_map(|data| {
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(begin)), .. } = data.kind else { return None };
        let begin = u32::try_from(begin).ok().filter(|_| data.name.as_deref() == Some(READ_ONLY))?;
        Some(begin..begin + u32::try_from(data.value.len()).ok()?)
    });
    decode_once(glue, &range.context("the Worker's WASM has no read-only data")?)
}

/// A place is remembered with the length last read there, of which there is hardly ever more than one.
fn decode_once(glue: &str, range: &Range<u32>) -> Result<String> {
    ensure!(glue.contains(DECODE), "wasm-bindgen decodes strings in another way: see build/literals.rs");
    let Range { start, end } = range;
    let once = format!(
        "const literals = new Map();
function getStringFromWasm0(ptr, len) {{
    ptr = ptr >>> 0;
    const fixed = ptr >= {start} && ptr + len <= {end};
    const known = fixed ? literals.get(ptr) : undefined;
    if (known !== undefined && known.len === len) return known.text;
    const text = decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));
    if (fixed) literals.set(ptr, {{ len, text }});
    return text;
}}
"
    );
    Ok(glue.replacen(DECODE, &once, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_change_is_kept() {
        let glue = decode_once(&format!("before\n{DECODE}after\n"), &(16..64)).unwrap();
        assert!(glue.starts_with("before\nconst literals") && glue.ends_with("}\nafter\n"), "{glue}");
        assert!(glue.contains("ptr >= 16 && ptr + len <= 64"), "{glue}");
    }

    #[test]
    fn a_glue_of_another_kind_is_told() {
        assert!(decode_once("function getStringFromWasm0(ptr) {}", &(16..64)).is_err());
    }
}
