//! Makes the browser side of the build known to the Worker: the loader's text and the hashed names
//! of the files beside it.

use std::path::Path;
use std::{env, fs, process};

/// What native builds, which serve nobody, find where nothing was built: lints and unit tests need no more than the names.
const NONE: &str = r#"{
  "badge.js": "",
  "board.js": "",
  "badge.wasm": "",
  "dashboard.css": "",
  "dashboard.js": "",
  "preview.css": "",
  "preview.js": "",
  "widgets.js": "",
  "widgets.wasm": ""
}"#;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/pkg");
    let (loader, assets) = (folder.join("loader.js"), folder.join("assets.json"));
    println!("cargo::rerun-if-changed={}", loader.display());
    println!("cargo::rerun-if-changed={}", assets.display());
    let shipped = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32");
    let (loader, assets) = match (fs::canonicalize(loader), fs::read_to_string(assets)) {
        (Ok(loader), Ok(assets)) => (format!("include_str!({loader:?})"), assets),
        _ if !shipped => ("\"\"".to_owned(), NONE.to_owned()),
        _ => {
            println!("cargo::error=www/pkg is missing: run `cargo xtask build`");
            process::exit(1);
        }
    };
    let mut code = format!("/// The loader.\npub const LOADER: &str = {loader};\n");
    // A flat object of plain strings, one a line, written by the build tool.
    // What an older build did not have yet is empty until the next one.
    let names =
        |text: &str| text.lines().filter_map(|line| line.split('"').nth(1).map(str::to_owned)).collect::<Vec<_>>();
    let known = names(&assets);
    let missing = NONE.lines().filter(|line| names(line).iter().any(|name| !known.contains(name)));
    for line in assets.lines().chain(missing) {
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
