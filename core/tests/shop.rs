//! The files under `www/demo/config` are all part of the shop.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used)]

use rapport_core::history::WIDGETS;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn every_file_is_part_of_the_shop() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/demo/config/widgets");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: BTreeSet<String> = names.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(files, WIDGETS.map(str::to_owned).into());
}
