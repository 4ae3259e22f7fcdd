//! `window.rapport`: what the page may ask for.

use rapport_core::answer::Field;
use rapport_core::limits::{GATES, TRAIT_CHARS, TRAITS};
use rapport_core::name::Name;
use rapport_core::targeting::Event;

use crate::app::App;
use crate::hands;
use crate::pack::{ITEM, Parts, pairs};
use crate::placement::Placement;

impl App {
    /// Handles a call: its name, its first argument if that is a text, and the members of the argument that is an object.
    pub fn on_api(&mut self, call: usize, text: &str) {
        let mut items = Parts::of(text);
        let (what, name) = (items.text(ITEM), items.text(ITEM));
        let members = items.rest();
        let mut answer = None;
        match what {
            "traits" => self.set_traits(fields(members)),
            "track" => self.track(name, fields(members)),
            "show" => self.show(name),
            "hide" => self.hide(name),
            "consent" => self.consent(name != "false"),
            "explain" => answer = self.explain(name),
            "destroy" => self.leave(),
            _ => {}
        }
        hands::answer(call, answer.as_deref().unwrap_or("null"));
    }

    fn set_traits(&mut self, traits: Vec<Field>) {
        let Some(page) = self.page.as_mut() else { return };
        for (name, value) in traits {
            page.traits.retain(|(other, _)| *other != name);
            if page.traits.len() < TRAITS {
                page.traits.push((name, value));
            }
        }
        self.look();
    }

    fn track(&mut self, name: &str, properties: Vec<Field>) {
        let Some(page) = self.page.as_mut() else { return };
        // Of many reports the latest count.
        if page.events.len() >= GATES {
            page.events.remove(0);
        }
        page.events.push(Event { name: name.to_owned(), properties });
        self.look();
    }

    fn show(&mut self, name: &str) {
        let Some(page) = self.page.as_mut() else { return };
        for widget in &mut self.widgets {
            if widget.name.as_str() == name {
                widget.come_up(page, false);
                widget.open(page);
            }
        }
    }

    /// Takes one widget, or all that float, off the screen. The page did that, not the visitor: nobody dismissed anything.
    fn hide(&mut self, name: &str) {
        for widget in &mut self.widgets {
            let meant = name.is_empty() || widget.name.as_str() == name;
            if meant && widget.up && widget.placement != Placement::Inline {
                widget.go_down();
            }
        }
    }

    /// Without consent nothing is kept on the device but answers that still wait to be sent, and no views are counted. An
    /// answer that the visitor sends is sent.
    fn consent(&mut self, given: bool) {
        let Some(page) = self.page.as_mut() else { return };
        page.consent = given;
        let kept = hands::kept();
        let mut keys = Parts::of(&kept);
        while let Some(key) = keys.next(ITEM) {
            if !given && !key.starts_with("out:") && !key.starts_with("say:") {
                hands::forget(key);
            }
        }
    }
}

/// Those pairs that can be traits or properties.
fn fields(members: &str) -> Vec<Field> {
    let mut fields = pairs(members);
    fields.retain(|(name, value)| Name::parse(name).is_ok() && value.chars().count() <= TRAIT_CHARS);
    fields.truncate(TRAITS);
    fields
}
