//! What the buttons of the programme's editor do.

use crate::editor::{self, Draft, Node};
use crate::limits::{DRAW_PRIZES, LOYALTY_DRAWS, LOYALTY_REWARDS, LOYALTY_RULES, LOYALTY_STREAKS, LOYALTY_TIERS};
use crate::model::text::Locale;
use crate::time::Timestamp;

/// Words that new parts begin with, in the site's language.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    pub tier: &'a str,
    pub reward: &'a str,
    pub draw: &'a str,
    pub prize: &'a str,
    /// Of the widget editor, whose changes do as well here.
    pub editor: editor::Words<'a>,
}

/// A change of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another rule for this trigger, another reward that gives this, another tier or draw, at the end of the list.
    Add { list: String, kind: String },
    /// A streak or a prize at the end of that list.
    Insert(String),
    /// Anything else that lists and languages know.
    Other(editor::Change),
}

impl Change {
    /// Reads a button's value.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("add", rest)) => {
                let (list, kind) = rest.split_once(':').unwrap_or((rest, ""));
                Some(Self::Add { list: list.to_owned(), kind: kind.to_owned() })
            }
            Some(("insert", path)) => Some(Self::Insert(path.to_owned())),
            // A copy would have the name of what it was made from.
            Some(("copy", _)) => None,
            _ => editor::Change::parse(text).map(Self::Other),
        }
    }

    /// Makes the change. What does not fit changes nothing. `now` goes into the names of new parts, so that none is ever used
    /// again: stock, codes and limits of what was removed belong to its name.
    pub fn make(&self, draft: &mut Draft, main: &Locale, words: &Words<'_>, now: Timestamp) {
        match self {
            Self::Add { list, kind } => add(&mut draft.0, list, kind, words, now),
            Self::Insert(path) => insert(&mut draft.0, path, words),
            Self::Other(change) => change.make(draft, main, &words.editor),
        }
    }
}

fn add(root: &mut Node, list: &str, kind: &str, words: &Words<'_>, now: Timestamp) {
    const TRIGGERS: [&str; 9] =
        ["check_in", "response", "poll", "quiz", "referral", "purchase", "birthday", "profile", "event"];
    const GIFTS: [&str; 4] = ["amount", "percent", "text", "link"];
    let (most, stem) = match list {
        "rules" if TRIGGERS.contains(&kind) => (LOYALTY_RULES, kind),
        "tiers" => (LOYALTY_TIERS, "tier"),
        "rewards" if GIFTS.contains(&kind) => (LOYALTY_REWARDS, "reward"),
        "draws" => (LOYALTY_DRAWS, "draw"),
        _ => return,
    };
    // A step above the last one.
    let above = root.list("tiers").last().and_then(|tier| tier.text("from").trim().parse::<u64>().ok());
    let Some(items) = root.list_mut(list).filter(|items| items.len() < most) else { return };
    let name = fresh(items, stem, now);
    let object = |entries: &[(&str, &str)]| {
        let mut node = Node::object();
        for (key, text) in entries {
            node.set_text(key, *text);
        }
        node
    };
    let item = match list {
        "rules" => {
            let mut rule = object(&[("name", &name), ("points", "10")]);
            let mut when = object(&[("type", kind)]);
            match kind {
                "purchase" => when.set_text("per", "1"),
                "quiz" => when.set_text("pass", "70"),
                _ => {}
            }
            rule.set("when", when);
            rule
        }
        "tiers" => {
            let from = above.map_or(0, |above| above.saturating_add(500)).to_string();
            object(&[
                ("name", &name),
                ("label", words.tier),
                ("color", "#4549c4"),
                ("from", &from),
                ("multiplier", "1"),
            ])
        }
        "rewards" => {
            let mut reward = object(&[("name", &name), ("label", words.reward), ("cost", "100")]);
            let mut gives = object(&[("type", kind)]);
            match kind {
                "amount" => gives.set_text("amount", "5"),
                "percent" => gives.set_text("percent", "10"),
                _ => {}
            }
            reward.set("gives", gives);
            reward
        }
        _ => {
            let mut draw =
                object(&[("name", &name), ("label", words.draw), ("how", "at_the_end"), ("per_member", "1")]);
            draw.set("prizes", Node::List(vec![prize(&[], words)]));
            draw
        }
    };
    items.push(item);
}

fn insert(root: &mut Node, path: &str, words: &Words<'_>) {
    match path.rsplit('.').next() {
        Some("streaks") => {
            if let Some(streaks) = root.list_mut(path).filter(|streaks| streaks.len() < LOYALTY_STREAKS) {
                let mut streak = Node::object();
                streak.set_text("days", "7");
                streak.set_text("bonus", "10");
                streaks.push(streak);
            }
        }
        Some("prizes") => {
            if let Some(prizes) = root.list_mut(path).filter(|prizes| prizes.len() < DRAW_PRIZES) {
                let another = prize(prizes, words);
                prizes.push(another);
            }
        }
        _ => {}
    }
}

fn prize(others: &[Node], words: &Words<'_>) -> Node {
    let mut number = others.len() + 1;
    while others.iter().any(|other| other.text("name") == format!("prize_{number}")) {
        number += 1;
    }
    let mut wins = Node::object();
    wins.set_text("type", "by_hand");
    let mut prize = Node::object();
    prize.set_text("name", format!("prize_{number}"));
    prize.set_text("label", words.prize);
    prize.set_text("stock", "1");
    prize.set_text("one_in", "100");
    prize.set("wins", wins);
    prize
}

/// The stem and the moment, in seconds with letters and digits.
fn fresh(items: &[Node], stem: &str, now: Timestamp) -> String {
    let mut moment = now.0.div_euclid(1_000).unsigned_abs();
    loop {
        let mut rest = moment;
        let mut name = format!("{stem}_");
        while rest > 0 {
            name.push(char::from_digit((rest % 36) as u32, 36).unwrap_or('0'));
            rest /= 36;
        }
        if !items.iter().any(|item| item.text("name") == name) {
            return name;
        }
        moment = moment.saturating_add(1);
    }
}
