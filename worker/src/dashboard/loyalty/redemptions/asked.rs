//! Which redemptions are shown, as the address says it.

use rapport_core::name::Name;
use rapport_core::time::Timestamp;

use crate::command::loyalty::{State, Wanted};
use crate::dashboard::form::Form;
use crate::owner::redemptions::TO_HAND_OVER;

/// Redemptions of one page.
const PAGE: u32 = 30;

/// The filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub state: Option<State>,
    /// Those that the owner still has to hand over.
    pub to_hand_over: bool,
    pub reward: Option<Name>,
    pub member: String,
    pub id: String,
    pub before: Option<(Timestamp, String)>,
}

impl Asked {
    /// Reads a query; what makes no sense is as good as nothing.
    pub fn read(query: &Form) -> Self {
        let text = |name: &str| query.get(name).trim().chars().take(300).collect::<String>();
        let before = query.find("before").and_then(|text| {
            let (at, id) = text.split_once('.')?;
            Some((Timestamp(at.parse().ok()?), id.to_owned()))
        });
        Self {
            state: State::parse(query.get("state")),
            to_hand_over: query.get("state") == TO_HAND_OVER,
            reward: Name::of(query.get("reward")),
            member: text("member"),
            id: text("id"),
            before,
        }
    }

    /// Whether anything is left out by them.
    pub fn filters(&self) -> bool {
        *self != Self { before: self.before.clone(), ..Self::default() }
    }

    /// What the site's object is asked.
    pub fn wanted(&self) -> Wanted {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Wanted {
            state: self.state,
            to_hand_over: self.to_hand_over,
            reward: self.reward.clone(),
            member: some(&self.member),
            id: some(&self.id),
            before: self.before.clone(),
            limit: PAGE,
        }
    }

    /// The state that is asked for, as the address says it.
    pub fn word(&self) -> &'static str {
        if self.to_hand_over { TO_HAND_OVER } else { self.state.map_or("", State::as_str) }
    }

    /// The filters as a query, and more.
    pub fn query(&self, more: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let own = [
            ("state", self.word()),
            ("reward", self.reward.as_ref().map_or("", Name::as_str)),
            ("member", &self.member),
            ("id", &self.id),
        ];
        let pairs = own.iter().chain(more).filter(|(_, value)| !value.is_empty());
        query.extend_pairs(pairs);
        query.finish()
    }

    /// The query of the page that goes on behind the one that ended there.
    pub fn next(&self, (at, id): &(Timestamp, String)) -> String {
        self.query(&[("before", &format!("{}.{id}", at.0))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_back() {
        let text = "state=to_hand_over&reward=mug&member=ada%40example.com&before=17.o%3Aone";
        let asked = Asked::read(&Form::parse(text));
        assert_eq!((asked.to_hand_over, asked.member.as_str()), (true, "ada@example.com"));
        assert_eq!(Asked::read(&Form::parse("state=held")).state, Some(State::Held));
        assert_eq!(asked.before, Some((Timestamp(17), "o:one".to_owned())));
        assert_eq!(asked.next(&(Timestamp(17), "o:one".to_owned())), text);
        assert!(!Asked::read(&Form::parse("state=x&reward=Y&before=z")).filters());
    }
}
