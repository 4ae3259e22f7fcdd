//! Who may know of what.

use super::source::Source;

const IMPURE_CRATES: [&str; 9] =
    ["js-sys", "wasm-bindgen", "web-sys", "gloo", "worker", "getrandom", "rand", "tokio", "chrono"];

/// A whole path or a call, so that a word in a sentence is no breach.
const IMPURE_CODE: [&str; 9] =
    ["std::time", "std::fs", "std::env", "std::net", "std::process", "std::io", "std::thread", "js_sys::", "rand::"];

pub(super) fn core_is_pure(sources: &[Source]) -> Vec<String> {
    let manifests = sources.iter().filter(|source| source.path == "core/Cargo.toml");
    let dependency = |line: &str| {
        let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
        IMPURE_CRATES.iter().any(|impure| name == *impure || name.starts_with(&format!("{impure}-")))
    };
    manifests.flat_map(|source| source.matching(dependency)).collect()
}

pub(super) fn core_names_nothing_impure(sources: &[Source]) -> Vec<String> {
    let core = sources.iter().filter(|source| source.within(&["core/src/"]) && source.is(&["rs"]) && !source.is_test());
    core.flat_map(|source| source.places(&IMPURE_CODE)).collect()
}

pub(super) fn one_module_names_kv(sources: &[Source]) -> Vec<String> {
    let others = worker(sources).filter(|source| source.path != "worker/src/store.rs");
    others.flat_map(|source| source.places(&["\"KV\"", ".kv(", "worker::kv", "KvStore"])).collect()
}

pub(super) fn one_module_opens_transactions(sources: &[Source]) -> Vec<String> {
    let doors: Vec<_> = worker(sources).flat_map(|source| source.places(&["\"transactionSync\""])).collect();
    let others = worker(sources).flat_map(|source| source.places(&[".transaction(async", "\"transaction\""]));
    let mut breaches: Vec<_> = others.collect();
    if doors.len() > 1 {
        breaches.extend(doors);
    }
    breaches
}

fn worker(sources: &[Source]) -> impl Iterator<Item = &Source> {
    sources.iter().filter(|source| source.within(&["worker/src/"]) && source.is(&["rs"]))
}
