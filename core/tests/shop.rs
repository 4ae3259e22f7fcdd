//! The files under `www/demo/config` and the shop that core reads from them.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used)]

use rapport_core::history::shop;
use rapport_core::time::Timestamp;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn every_file_is_part_of_the_shop() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/demo/config/widgets");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: BTreeSet<String> = names.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let config = shop(Timestamp(0)).unwrap();
    let widgets: BTreeSet<String> = config.widgets.iter().map(|record| record.name().unwrap().to_owned()).collect();
    assert_eq!(files, widgets);
}
