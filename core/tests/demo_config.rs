//! The demo site's configuration is read as strictly as any owner's.
#![cfg(feature = "server")]
// The lint leaves out functions marked as tests only; here all are.
#![allow(clippy::unwrap_used, clippy::panic)]

use rapport_core::model::site::Site;
use rapport_core::model::widget::{Kind, Widget};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_file_is_valid() {
    let site = Site::parse(&text(&config().join("site.json"))).unwrap();
    assert_eq!(site.id.as_str(), "larkfold");
    for (name, widget) in widgets() {
        assert_eq!(name, widget.name.as_str(), "the file is named as the widget is");
    }
}

#[test]
fn every_kind_is_shown() {
    for kind in Kind::ALL {
        assert!(widgets().iter().any(|(_, widget)| widget.kind == kind), "no widget of kind {kind:?}");
    }
}

fn config() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/demo/config")
}

fn widgets() -> Vec<(String, Widget)> {
    let folder = fs::read_dir(config().join("widgets")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), widget(&path))).collect()
}

fn widget(path: &Path) -> Widget {
    Widget::parse(&text(path)).unwrap_or_else(|problems| panic!("{}: {problems:?}", path.display()))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}
