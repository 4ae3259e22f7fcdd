//! The engine, on the target named in `FUZZ_TARGET`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TARGET: LazyLock<rapport_fuzz::Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    rapport_fuzz::target(&name).unwrap_or(rapport_fuzz::TARGETS[0].1)
});

fuzz_target!(|data: &[u8]| TARGET(data));
