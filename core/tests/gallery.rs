//! The widgets that the suites share pass the checks that an owner's do.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic)]

use rapport_core::model::widget::Widget;

#[test]
fn every_widget_of_the_gallery_is_valid() {
    let gallery = include_str!("../../tests/fixtures/gallery.json");
    for widget in serde_json::from_str::<Vec<serde_json::Value>>(gallery).unwrap() {
        let json = widget.to_string();
        if let Err(problems) = Widget::parse(&json) {
            panic!("{json}: {problems:?}");
        }
    }
}
