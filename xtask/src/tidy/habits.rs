//! How files are written.

use super::source::Source;

const LINES: usize = 400;
const README_LINES: usize = 150;

pub(super) fn panics_stay_denied(sources: &[Source]) -> Vec<String> {
    let shipped = sources.iter().filter(|source| source.is(&["rs"]) && !source.is_test());
    let relaxed = |line: &str| {
        let attribute = line.contains("allow(") || line.contains("expect(");
        let lints = ["clippy::unwrap_used", "clippy::expect_used", "clippy::panic", "clippy::indexing_slicing"];
        attribute && line.trim_start().starts_with('#') && lints.iter().any(|lint| line.contains(lint))
    };
    shipped.flat_map(|source| source.matching(relaxed)).collect()
}

pub(super) fn files_are_short(sources: &[Source]) -> Vec<String> {
    let written = sources.iter().filter(|source| source.is(&["rs", "js", "css", "html"]));
    let long = written.filter(|source| source.text.lines().count() > LINES);
    long.map(|source| format!("{} has {} lines", source.path, source.text.lines().count())).collect()
}

pub(super) fn tests_do_not_sleep(sources: &[Source]) -> Vec<String> {
    // Waiting for a condition means looking again after a pause, in one place.
    let tests = sources.iter().filter(|source| source.is_test() && source.is(&["rs", "js"]));
    let tests = tests.filter(|source| source.path != "tests/src/wait.rs");
    tests.flat_map(|source| source.places(&["sleep("])).collect()
}

pub(super) fn nothing_is_left(sources: &[Source]) -> Vec<String> {
    // In two parts, so that this file does not break its own rule.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
        concat!("<<<<", "<<<"),
        concat!(">>>>", ">>>"),
    ];
    let code = sources.iter().filter(|source| source.is(&["rs", "js", "css", "html", "toml", "md"]));
    code.flat_map(|source| source.matching(|line| marks.iter().any(|mark| line.contains(mark)))).collect()
}

pub(super) fn nothing_local_is_named(sources: &[Source]) -> Vec<String> {
    let names = [
        concat!("crates", ".io"),
        concat!("npmjs", ".org"),
        concat!("npmjs", ".com"),
        concat!("debian", ".org"),
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
    ];
    // Cargo writes the name of its registry into its own lock file.
    let ours = sources.iter().filter(|source| source.path != "Cargo.lock");
    ours.flat_map(|source| source.matching(|line| names.iter().any(|name| line.contains(name)))).collect()
}

pub(super) fn the_npm_lock_names_no_place(sources: &[Source]) -> Vec<String> {
    let locks = sources.iter().filter(|source| source.path.ends_with("package-lock.json"));
    locks.flat_map(|source| source.matching(|line| line.contains("\"resolved\""))).collect()
}

pub(super) fn readmes_are_short(sources: &[Source]) -> Vec<String> {
    let readmes = sources.iter().filter(|source| source.path.starts_with("README"));
    let long = readmes.filter(|source| source.text.lines().count() > README_LINES);
    long.map(|source| format!("{} has {} lines", source.path, source.text.lines().count())).collect()
}
