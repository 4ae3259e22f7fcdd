//! Makes the browser side of the build known to the Worker: the loader's text and the hashed names
//! of the files beside it.

use std::path::Path;
use std::{env, fs, process};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/pkg");
    let (loader, assets) = (folder.join("loader.js"), folder.join("assets.json"));
    println!("cargo::rerun-if-changed={}", loader.display());
    println!("cargo::rerun-if-changed={}", assets.display());
    let (Ok(loader), Ok(assets)) = (fs::canonicalize(loader), fs::read_to_string(assets)) else {
        println!("cargo::error=www/pkg is missing: run `cargo xtask build`");
        process::exit(1);
    };
    let mut code = format!("/// The loader.\npub const LOADER: &str = include_str!({loader:?});\n");
    // A flat object of plain strings, one a line, written by the build tool.
    for line in assets.lines() {
        if let [_, name, _, path, _] = line.split('"').collect::<Vec<_>>()[..] {
            let constant = name.replace('.', "_").to_uppercase();
            code += &format!("/// The path of `{name}`.\npub const {constant}: &str = {path:?};\n");
        }
    }
    let output = env::var_os("OUT_DIR").unwrap_or_default();
    if let Err(error) = fs::write(Path::new(&output).join("assets.rs"), code) {
        println!("cargo::error={error}");
    }
}
