//! What an address of the inbox asks for.

use rapport_core::case::Status;
use rapport_core::inbox::Filter;
use rapport_core::name::SiteId;

use crate::dashboard::form::Form;

/// Filter and place, as the query has them. What is wrong in a query is passed over: addresses are typed and shortened.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub filter: Filter,
    pub before: Option<i64>,
}

impl Asked {
    /// Reads a query. Without any wish it is about what is new.
    pub fn of(query: &Form) -> Self {
        let mut filter = Filter::default();
        for field in query.fields() {
            let mut one = Filter::from_fields(std::slice::from_ref(field)).unwrap_or_default();
            if one != Filter::default() {
                merge(&mut filter, &mut one);
            }
        }
        if filter == Filter::default() && query.find("status").is_none() {
            filter.status = Some(Status::New);
        }
        Self { filter, before: query.find("before").and_then(|text| text.parse().ok()) }
    }

    /// The same with another filter, from its beginning.
    pub fn with(&self, change: impl FnOnce(&mut Filter)) -> String {
        let mut filter = self.filter.clone();
        change(&mut filter);
        filter.to_query()
    }

    /// The query of this very page.
    pub fn query(&self) -> String {
        let query = self.filter.to_query();
        match self.before {
            Some(before) => format!("{query}&before={before}"),
            None => query,
        }
    }
}

/// The address of the list, or of one response beside it.
pub fn link(site: &SiteId, id: Option<&str>) -> String {
    match id {
        Some(id) => format!("/dashboard/s/{site}/responses/{id}"),
        None => format!("/dashboard/s/{site}/responses"),
    }
}

/// The address of the list with a filter.
pub fn address(site: &SiteId, filter: &Filter) -> String {
    format!("{}?{}", link(site, None), filter.to_query())
}

/// Takes over what `one`, which was read from a single field, asks for.
fn merge(filter: &mut Filter, one: &mut Filter) {
    macro_rules! take {
        ($($field:ident),*) => {
            $(if one.$field != Filter::default().$field { std::mem::swap(&mut filter.$field, &mut one.$field); })*
        };
    }
    take!(
        widget, group, from, to, page, language, country, device, segment, tag, status, trust, complete, visitor, text
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_without_any_wish_and_nonsense_is_passed_over() {
        let asked = |query: &str| Asked::of(&Form::parse(query));
        assert_eq!(asked("").filter.status, Some(Status::New));
        assert_eq!(asked("status=all").filter, Filter::default());
        assert_eq!(asked("group=bad").filter.status, None);
        let odd = asked("from=yesterday&group=best&q=caf%C3%A9&before=x&status=done");
        assert_eq!((odd.filter.text.as_str(), odd.filter.status, odd.before), ("café", Some(Status::Done), None));
        assert_eq!(odd.query(), "q=caf%C3%A9&status=done");
    }
}
