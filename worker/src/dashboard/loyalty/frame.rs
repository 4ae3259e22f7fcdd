//! The frame of the pages about loyalty: the way from one to the others.

use maud::{Markup, html};
use rapport_core::model::site::Site;

use crate::dashboard::layout::{self, Place, Tab, site_path};
use crate::dashboard::page::Frame;
use crate::dashboard::strings::loyalty::Loyalty;

/// The pages about loyalty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "each becomes reachable with its page")]
pub enum Section {
    Programme,
    Rewards,
    Redemptions,
    Members,
    Figures,
    Referrals,
    Draws,
    Board,
    Connect,
}

impl Section {
    /// Those that there are, in the order in which they are offered.
    const ALL: &[Self] = &[
        Self::Programme,
        Self::Rewards,
        Self::Redemptions,
        Self::Members,
        Self::Figures,
        Self::Referrals,
        Self::Draws,
        Self::Board,
        Self::Connect,
    ];

    const fn name(self, words: &Loyalty) -> &'static str {
        match self {
            Self::Programme => words.programme,
            Self::Rewards => words.rewards,
            Self::Redemptions => words.redemptions,
            Self::Members => words.members,
            Self::Figures => words.figures,
            Self::Referrals => words.referrals,
            Self::Draws => words.draws,
            Self::Board => words.board,
            Self::Connect => words.connect,
        }
    }

    const fn below(self) -> &'static str {
        match self {
            Self::Programme => "",
            Self::Rewards => "/rewards",
            Self::Redemptions => "/redemptions",
            Self::Members => "/members",
            Self::Figures => "/figures",
            Self::Referrals => "/referrals",
            Self::Draws => "/draws",
            Self::Board => "/leaderboard",
            Self::Connect => "/connect",
        }
    }
}

/// The address of one of them.
pub fn path(site: &Site, section: Section) -> String {
    format!("{}{}", site_path(site, Tab::Loyalty), section.below())
}

/// A page, below the way to the others.
pub fn page(frame: &Frame<'_>, site: &Site, current: Section, body: &Markup) -> Markup {
    let words = &frame.lang.strings().loyalty;
    let body = html! {
        nav.sections aria-label=(words.title) {
            ul {
                @for section in Section::ALL {
                    li { a href=(path(site, *section)) aria-current=[(*section == current).then_some("page")] { (section.name(words)) } }
                }
            }
        }
        (body)
    };
    let title = format!("{} · {}", current.name(words), words.title);
    layout::page(frame, Place::Site(site, Tab::Loyalty), &title, &body)
}
