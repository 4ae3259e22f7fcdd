//! A widget as HTML: one form of native, named controls. It is the same form in the script's manifest, on the hosted
//! page and in the tests; scripts bring it to life, and none are needed to answer it.
//!
//! Nothing in here writes a `style` attribute or a script: the host's Content-Security-Policy need not allow either.

mod form;
mod question;
mod scale;
mod choice;
mod field;
mod ranking;
mod matrix;
mod result;
mod icon;
mod say;
mod page;
mod style;
mod height;
pub mod thread;
mod draw;
pub mod loyalty;

use crate::answer::Field;
use crate::model::site::Site;
use crate::model::text::Locale;
use crate::model::widget::Variant;
use crate::problem::Problem;

pub use draw::{draw_page, no_draw};
pub use form::{filled, widget};
pub use height::reserved_height;
pub use page::{Hosted, Message, board_page, hosted_page, message_page, thanks_page};
pub use result::{poll_result, quiz_result};
pub use style::{css, draw_css, page_css, panel_css, site_css, talk_css, talk_page_css};

/// For whom and where a widget is rendered.
#[derive(Clone, Copy, Debug)]
pub struct ViewContext<'a> {
    pub site: &'a Site,
    /// The published version.
    pub version: u32,
    /// The alternative drawn for this visitor.
    pub variant: Option<&'a Variant>,
    /// The language asked for; the nearest that exists is used.
    pub locale: &'a Locale,
    /// Where the Worker lives: `https://feedback.example`, no slash at the end.
    pub origin: &'a str,
    /// What only the hosted page has.
    pub sheet: Option<&'a Sheet<'a>>,
}

/// A form that posts without scripts: it carries what scripts would otherwise know, and shows what was answered and what
/// is wrong with it.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The response's id, made by the Worker, so that sending twice counts once.
    pub id: &'a str,
    /// When the form was made, in milliseconds since 1970.
    pub started: i64,
    /// The page that led here.
    pub page: &'a str,
    /// Whether it stands in a frame, and so will what answers it.
    pub embedded: bool,
    /// What was answered, or prefilled by the link.
    pub values: &'a [Field],
    /// What is wrong with it: the field is the question's name.
    pub problems: &'a [Problem],
}

#[cfg(test)]
mod tests;
