//! A Rust toolchain that can build the standard library for WASM from source.
//!
//! Building it is what makes the widgets small (no panic messages, size over speed) and the Worker
//! survive a panic (unwinding), and it is the one way that works whether or not the toolchain
//! at hand offers a prebuilt one.

use super::apt;
use crate::run::{capture, exists, run};
use crate::say;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A cargo and rustc with their own source.
pub struct Toolchain {
    cargo: PathBuf,
    rustc: PathBuf,
    /// `None` where rustc brings its own.
    linker: Option<PathBuf>,
}

impl Toolchain {
    /// Finds one; else fetches the missing source; else takes Debian's.
    pub fn ensure() -> Result<Self> {
        if let Some(found) = Self::active().or_else(Self::debian) {
            return Ok(found);
        }
        if exists("rustup") {
            let step = say::step("adding rust-src to the active Rust toolchain, to build std for WASM");
            let added =
                run(Command::new("rustup").args(["component", "add", "rust-src"]), "fetch rust-src with rustup");
            match (added, Self::active()) {
                (Ok(()), Some(found)) => {
                    step.done();
                    return Ok(found);
                }
                _ => say::note("rustup cannot fetch it here"),
            }
        }
        if apt::usable() {
            let step = say::step(
                "installing Debian's rustc-web, cargo-web and rust-web-src beside your Rust, to build std for WASM",
            );
            let linker = apt::newest("lld-").unwrap_or_else(|| "lld".to_owned());
            apt::install(&["rustc-web", "cargo-web", "rust-web-src", &linker])?;
            step.done();
        }
        match Self::debian() {
            Some(found) => Ok(found),
            None => bail!(
                "building for WASM needs the source of Rust's standard library: run `rustup component add rust-src`, \
                 or on Debian `apt-get install rustc-web cargo-web rust-web-src lld`"
            ),
        }
    }

    /// `cargo`, ready for `-Z build-std` with `flags` for rustc.
    pub fn cargo(&self, flags: &str) -> Command {
        let mut command = Command::new(&self.cargo);
        command
            // Stable compilers refuse -Z options unless told that the caller knows.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", &self.rustc)
            .env("RUSTFLAGS", flags)
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            // Set by the cargo that runs this tool, and about that tool, not about what it builds.
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("CARGO_PKG_NAME");
        if let Some(linker) = &self.linker {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        command
    }

    /// The toolchain that runs this tool, if its source is installed.
    fn active() -> Option<Self> {
        let sysroot = sysroot("rustc".as_ref())?;
        let (cargo, rustc) = (sysroot.join("bin/cargo"), sysroot.join("bin/rustc"));
        (has_source(&sysroot) && cargo.is_file() && rustc.is_file() && has_linker(&sysroot)).then_some(Self {
            cargo,
            rustc,
            linker: None,
        })
    }

    /// Debian's packages.
    fn debian() -> Option<Self> {
        let (cargo, rustc) = (PathBuf::from("/usr/bin/cargo"), PathBuf::from("/usr/bin/rustc"));
        let linker = newest_linker(Path::new("/usr/bin"))?;
        (cargo.is_file() && has_source(&sysroot(&rustc)?)).then_some(Self { cargo, rustc, linker: Some(linker) })
    }
}

fn sysroot(rustc: &Path) -> Option<PathBuf> {
    capture(Command::new(rustc).args(["--print", "sysroot"]), "ask rustc where it is").ok().map(PathBuf::from)
}

fn has_source(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
}

fn has_linker(sysroot: &Path) -> bool {
    std::fs::read_dir(sysroot.join("lib/rustlib"))
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.path().join("bin/rust-lld").is_file())
}

/// `wasm-ld` or the `wasm-ld-N` with the highest N.
fn newest_linker(folder: &Path) -> Option<PathBuf> {
    std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version = match name.strip_prefix("wasm-ld")? {
                "" => 0,
                rest => rest.strip_prefix('-')?.parse::<u32>().ok()?,
            };
            Some((version, entry.path()))
        })
        .max()
        .map(|(_, path)| path)
}
