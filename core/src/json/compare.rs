//! What differs between two definitions of a widget, piece by piece, so that it can be told in words. It walks over what is
//! stored, so no field can be forgotten here.

use super::tree::{self, Node};
use crate::model::text::Locale;
use crate::model::widget::Widget;
use crate::name::Name;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The question that it is about, where it is about one.
    pub question: Option<Name>,
    /// Where in the question, or in the widget, without the names of items: `input.options.label`. Empty is all of it.
    pub field: String,
    /// The option, row, column, variant or filter.
    pub item: Option<String>,
    /// The language of the text, where it has several.
    pub locale: Option<Locale>,
    pub what: What,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Added,
    Removed,
    /// To another place among its like, counted from 1.
    Moved {
        from: usize,
        to: usize,
    },
    /// Another value; none is "not set".
    Set {
        before: Option<String>,
        after: Option<String>,
    },
}

/// Everything that differs. `site` is the language of texts that are given in one.
pub fn compare(before: &Widget, after: &Widget, site: &Locale) -> Vec<Change> {
    let text = |widget: &Widget| serde_json::to_string(widget).unwrap_or_default();
    let (before, after) = (text(before), text(after));
    let (Ok(before), Ok(after)) = (tree::parse(&before, false), tree::parse(&after, false)) else { return Vec::new() };
    let mut found = Vec::new();
    let root = Place { question: None, field: String::new(), item: None, locale: None };
    differ(&root, Some(&before), Some(&after), site, &mut found);
    found
}

/// Where the walk is.
#[derive(Clone)]
struct Place {
    question: Option<Name>,
    field: String,
    item: Option<String>,
    locale: Option<Locale>,
}

impl Place {
    fn into(&self, key: &str) -> Self {
        let mut inner = self.clone();
        if !inner.field.is_empty() {
            inner.field.push('.');
        }
        inner.field.push_str(key);
        inner
    }

    /// An item of a list: a question begins a path of its own.
    fn item(&self, name: &str) -> Self {
        if self.field == "questions" && self.question.is_none() {
            return Self { question: Name::of(name), field: String::new(), item: None, locale: None };
        }
        Self { item: Some(name.to_owned()), ..self.clone() }
    }

    fn change(&self, what: What) -> Change {
        let Self { question, field, item, locale } = self.clone();
        Change { question, field, item, locale, what }
    }
}

type Pairs<'n, 'a> = &'n [(Node<'a>, Node<'a>)];

fn differ(place: &Place, before: Option<&Node<'_>>, after: Option<&Node<'_>>, site: &Locale, found: &mut Vec<Change>) {
    match (before, after) {
        (Some(Node::Text(_)), Some(Node::Object(pairs))) if spoken(pairs) => {
            texts(place, before, pairs, true, site, found);
        }
        (Some(Node::Object(pairs)), Some(Node::Text(_))) if spoken(pairs) => {
            texts(place, after, pairs, false, site, found);
        }
        (Some(Node::Object(one)), Some(Node::Object(other))) => {
            let kind = |pairs: Pairs<'_, '_>| get(pairs, "type").map(|kind| kind.text().to_owned());
            if kind(one) != kind(other) {
                // All else of it belongs to the one type or to the other.
                let what = What::Set { before: kind(one), after: kind(other) };
                return found.push(place.into("type").change(what));
            }
            fields(place, one, other, site, found);
        }
        (Some(Node::Object(one)), None) => fields(place, one, &[], site, found),
        (None, Some(Node::Object(other))) => fields(place, &[], other, site, found),
        (Some(Node::List(one)), Some(Node::List(other))) => lists(place, one, other, site, found),
        (Some(Node::List(one)), None) => lists(place, one, &[], site, found),
        (None, Some(Node::List(other))) => lists(place, &[], other, site, found),
        (before, after) => set(place, before.and_then(value), after.and_then(value), found),
    }
}

/// A text that is given in one language on one side, and in several on the other.
fn texts(
    place: &Place,
    one: Option<&Node<'_>>,
    many: Pairs<'_, '_>,
    one_is_before: bool,
    site: &Locale,
    found: &mut Vec<Change>,
) {
    let own = many.iter().any(|(key, _)| key.text() == site.as_str());
    let first = (!own).then_some((None, Some(site.clone())));
    let all = many.iter().map(|(key, text)| (Some(text), Locale::parse(key.text()).ok())).chain(first);
    for (text, locale) in all {
        let alone = one.filter(|_| locale.as_ref() == Some(site));
        let (before, after) = if one_is_before { (alone, text) } else { (text, alone) };
        let inner = Place { locale, ..place.clone() };
        set(&inner, before.and_then(value), after.and_then(value), found);
    }
}

fn fields(place: &Place, before: Pairs<'_, '_>, after: Pairs<'_, '_>, site: &Locale, found: &mut Vec<Change>) {
    let only_after = after.iter().filter(|(key, _)| get(before, key.text()).is_none());
    for (key, _) in before.iter().chain(only_after) {
        let key = key.text();
        let languages = spoken(before) || spoken(after);
        let inner = match Locale::parse(key).ok().filter(|_| languages) {
            Some(locale) => Place { locale: Some(locale), ..place.clone() },
            None => place.into(key),
        };
        differ(&inner, get(before, key), get(after, key), site, found);
    }
}

fn lists(place: &Place, before: &[Node<'_>], after: &[Node<'_>], site: &Locale, found: &mut Vec<Change>) {
    let named = before.iter().chain(after).all(|node| name(node).is_some());
    if !named {
        let joined = |nodes: &[Node<'_>]| {
            let values: Vec<String> = nodes.iter().filter_map(value).collect();
            (!values.is_empty()).then(|| values.join(", "))
        };
        return set(place, joined(before), joined(after), found);
    }
    let names = |nodes: &[Node<'_>]| -> Vec<String> { nodes.iter().filter_map(name).map(str::to_owned).collect() };
    let (old, new) = (names(before), names(after));
    for item in old.iter().filter(|item| !new.contains(item)) {
        found.push(place.item(item).change(What::Removed));
    }
    let kept: Vec<&String> = new.iter().filter(|item| old.contains(item)).collect();
    let places: Vec<usize> = kept.iter().filter_map(|item| old.iter().position(|other| other == *item)).collect();
    let stayed = longest_rise(&places);
    for (at, item) in new.iter().enumerate() {
        let inner = place.item(item);
        let Some(was) = old.iter().position(|other| other == item) else {
            found.push(inner.change(What::Added));
            continue;
        };
        if !stayed.contains(&was) {
            found.push(inner.change(What::Moved { from: was + 1, to: at + 1 }));
        }
        differ(&inner, before.get(was), after.get(at), site, found);
    }
}

fn set(place: &Place, before: Option<String>, after: Option<String>, found: &mut Vec<Change>) {
    if before != after {
        found.push(place.change(What::Set { before, after }));
    }
}

/// The longest run that only rises: what is in it has kept its place among its like, all else has moved.
fn longest_rise(places: &[usize]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::new();
    for place in places {
        let fits = best.iter().filter(|run| run.last().is_none_or(|last| last < place));
        let mut run = fits.max_by_key(|run| run.len()).cloned().unwrap_or_default();
        run.push(*place);
        best.push(run);
    }
    best.into_iter().max_by_key(Vec::len).unwrap_or_default()
}

fn get<'n, 'a>(pairs: Pairs<'n, 'a>, key: &str) -> Option<&'n Node<'a>> {
    pairs.iter().find(|(known, _)| known.text() == key).map(|(_, value)| value)
}

fn name<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match node {
        Node::Object(pairs) => get(pairs, "name").map(Node::text),
        _ => None,
    }
}

/// Whether these are texts by language.
fn spoken(pairs: Pairs<'_, '_>) -> bool {
    let text = |(key, value): &(Node<'_>, Node<'_>)| {
        matches!(value, Node::Text(_)) && Locale::parse(key.text()).is_ok() && key.text().len() != 4
    };
    !pairs.is_empty() && pairs.iter().all(text)
}

/// A single value as text; of anything else, its parts.
fn value(node: &Node<'_>) -> Option<String> {
    match node {
        Node::Null => None,
        Node::Bool(value) => Some(value.to_string()),
        Node::Unsigned(number) => Some(number.to_string()),
        Node::Signed(number) => Some(number.to_string()),
        Node::Float(_) | Node::List(_) => None,
        Node::Text(text) => Some(text.clone().into_owned()),
        Node::Object(pairs) => {
            let part = |(key, inner): &(Node<'_>, Node<'_>)| match value(inner) {
                Some(inner) => format!("{} {inner}", key.text()),
                None => key.text().to_owned(),
            };
            Some(pairs.iter().map(part).collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = r#"{"name":"w","kind":"survey","label":"W","title":"Hello","questions":[
        {"name":"a","title":"A?","input":{"type":"scale","min":1,"max":5,"low":"L","high":"H"}},
        {"name":"b","title":"B?","show_if":"a <= 2","input":{"type":"choice","options":[{"name":"x","label":"X"},{"name":"y","label":"Y"}]}},
        {"name":"c","title":"C?","input":{"type":"text"}}],
        "targeting":{"pages":["/a"],"frequency":"once"}}"#;

    fn told(edit: impl Fn(&mut serde_json::Value)) -> Vec<String> {
        let before = Widget::parse(BASE).unwrap();
        let mut after: serde_json::Value = serde_json::from_str(BASE).unwrap();
        edit(&mut after);
        let after = Widget::parse(&after.to_string()).unwrap_or_else(|problems| panic!("{problems:?}"));
        let short = |change: Change| {
            let question = change.question.map_or_else(String::new, |name| name.to_string());
            let item = change.item.map_or_else(String::new, |item| format!("[{item}]"));
            let locale = change.locale.map_or_else(String::new, |locale| format!("@{}", locale.as_str()));
            let what = match change.what {
                What::Added => "added".to_owned(),
                What::Removed => "removed".to_owned(),
                What::Moved { from, to } => format!("{from}->{to}"),
                What::Set { before, after } => {
                    format!("{}->{}", before.unwrap_or_default(), after.unwrap_or_default())
                }
            };
            format!("{question}:{}{item}{locale} {what}", change.field)
        };
        compare(&before, &after, &Locale::parse("en").unwrap()).into_iter().map(short).collect()
    }

    #[test]
    fn each_difference_is_told_once_and_in_its_place() {
        use serde_json::json;
        assert_eq!(told(|_| ()), Vec::<String>::new());
        assert_eq!(told(|w| w["title"] = json!("Hi")), [":title Hello->Hi"]);
        assert_eq!(told(|w| w["title"] = json!({"en": "Hello", "de": "Hallo"})), [":title@de ->Hallo"]);
        assert_eq!(told(|w| w["title"] = json!({"en": "Hi"})), [":title@en Hello->Hi"]);
        assert_eq!(told(|w| w["questions"][0]["title"] = json!("A!")), ["a:title A?->A!"]);
        assert_eq!(told(|w| w["questions"][0]["required"] = json!(true)), ["a:required false->true"]);
        assert_eq!(told(|w| w["questions"][0]["input"]["max"] = json!(7)), ["a:input.max 5->7"]);
        assert_eq!(told(|w| w["questions"][2]["input"] = json!({"type": "email"})), ["c:input.type text->email"]);
        assert_eq!(told(|w| w["questions"][1]["show_if"] = json!("a <= 3")), ["b:show_if a <= 2->a <= 3"]);
        let options = |w: &mut serde_json::Value| {
            w["questions"][1]["input"]["options"] =
                json!([{"name": "z", "label": "Z"}, {"name": "x", "label": "Ex"}, {"name": "y", "label": "Y"}]);
        };
        assert_eq!(told(options), ["b:input.options[z] added", "b:input.options.label[x] X->Ex"]);
        assert_eq!(told(|w| w["questions"].as_array_mut().unwrap().rotate_right(1)), ["c: 3->1"]);
        assert_eq!(told(|w| drop(w["questions"].as_array_mut().unwrap().pop())), ["c: removed"]);
        let new = json!({"name": "d", "title": "D?", "input": {"type": "email"}});
        assert_eq!(told(|w| w["questions"].as_array_mut().unwrap().push(new.clone())), ["d: added"]);
        assert_eq!(told(|w| w["placement"] = json!({"type": "modal"})), [":placement.type inline->modal"]);
        assert_eq!(
            told(|w| w["targeting"] = json!({"pages": ["/a", "/b"], "frequency": {"every_days": 9}})),
            [":targeting.pages /a->/a, /b", ":targeting.frequency once->every_days 9"]
        );
        assert_eq!(told(|w| w["targeting"] = json!({})), [":targeting.pages /a->", ":targeting.frequency once->"]);
        assert_eq!(told(|w| w["appearance"] = json!({"radius": 4})), [":appearance.radius ->4"]);
        assert_eq!(told(|w| w["stop_after"] = json!(9)), [":stop_after ->9"]);
    }
}
