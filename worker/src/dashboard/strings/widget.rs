//! The words around widgets.

/// Widgets.
#[derive(Debug)]
pub struct Widgets {
    pub title: &'static str,
    pub widget: &'static str,
    pub seen: &'static str,
    pub dismissed: &'static str,
    pub completed: &'static str,
    pub add: &'static str,
    pub none: &'static str,
    pub none_hint: &'static str,
    pub draft_notice: &'static str,
    pub edit: &'static str,
    pub publish: &'static str,
    pub discard: &'static str,
    pub discarded: &'static str,
    pub pause: &'static str,
    pub resume: &'static str,
    pub end: &'static str,
    pub versions: &'static str,
    pub version: &'static str,
    pub published: &'static str,
}

/// The kinds of widgets.
#[derive(Debug)]
pub struct Kinds {
    pub nps: &'static str,
    pub csat: &'static str,
    pub ces: &'static str,
    pub rating: &'static str,
    pub survey: &'static str,
    pub poll: &'static str,
    pub quiz: &'static str,
    pub feedback: &'static str,
    pub news: &'static str,
    pub loyalty: &'static str,
    pub leaderboard: &'static str,
}

/// States of a widget.
#[derive(Debug)]
pub struct State {
    pub draft: &'static str,
    pub live: &'static str,
    pub paused: &'static str,
    pub ended: &'static str,
    pub changed: &'static str,
}

/// Editing a definition.
#[derive(Debug)]
pub struct Edit {
    pub title: &'static str,
    pub hint: &'static str,
    pub definition: &'static str,
    pub keys: &'static str,
    pub save_draft: &'static str,
    pub save_publish: &'static str,
    pub name_fixed: &'static str,
    pub name_taken: &'static str,
    /// Somebody else saved meanwhile.
    pub overtaken: &'static str,
    pub overtaken_publish: &'static str,
    pub saved_now: &'static str,
}

/// Code to paste.
#[derive(Debug)]
pub struct Embed {
    pub title: &'static str,
    pub tag_words: &'static str,
    pub inline_words: &'static str,
    pub placed_words: &'static str,
    pub hosted_words: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
}
