//! Points for answers. A device asks for them by the ids of its own responses, which nobody else knows, so the widgets that
//! ask need not know of the programme. What the answer was changes nothing, but for the right ones of a quiz.

use rapport_core::answer::Field;
use rapport_core::case::left_out;
use rapport_core::loyalty::action::{Action, Answered};
use rapport_core::loyalty::denied::Denied;
use rapport_core::model::widget::{Kind, Widget};
use rapport_core::response::Response;
use rapport_core::time::Timestamp;
use rapport_core::{quiz, validate};

use super::referral;
use crate::command::loyalty::Outcome;
use crate::json;
use crate::object::loyalty::act::{self, Context, Step};
use crate::object::loyalty::entries;
use crate::object::loyalty::row::{self, Row};
use crate::object::sql::text;
use crate::object::transaction::Write;
use crate::object::{config, inbox};
use crate::problem::Fail;

/// 1. The response: complete, of a widget of this site, and not left out of the figures.
/// 2. Its id is the act's, so it earns once, for one member.
/// 3. Of a quiz, the best score.
/// 4. It may qualify whoever was brought.
pub fn claim(
    write: &Write<'_>,
    context: &Context,
    row: &mut Row,
    (id, signed): (&str, bool),
    now: Timestamp,
) -> Result<Outcome, Fail> {
    let read = write.read();
    // Somebody else's, or of somebody who is gone: it counts once.
    if entries::of_act(&read, id)?.is_some_and(|(member, _)| member != row.member.id) {
        return Ok(Outcome::Denied(Denied::Once));
    }
    // 1.
    let query = "SELECT body FROM response WHERE id = ? AND complete = 1";
    let body = read.first(query, vec![text(id)], |row| row.text())?;
    let Some(response) = body.as_deref().map(json::read::<Response>).transpose()? else {
        return Ok(Outcome::Denied(Denied::Unknown));
    };
    if left_out(&response, inbox::load(&read, id)?.as_ref()) {
        return Ok(Outcome::Denied(Denied::NothingEarns));
    }
    let site = config::load(&read)?.ok_or_else(Fail::not_found)?;
    let Some(widget) = site.version(response.widget.as_str(), response.version) else {
        return Ok(Outcome::Denied(Denied::NothingEarns));
    };
    // 2.
    let answered = answered(widget, &response.answers);
    let action = Action::Response { response: id.to_owned(), widget: response.widget.clone(), answered };
    let outcome = act::within(write, context, row, Step { id, action: &action, signed }, now)?;
    let again = matches!(&outcome, Outcome::Done(done) if done.again);
    if again {
        return Ok(outcome);
    }
    // 3.
    if let Answered::Quiz { right, of } = answered
        && row.member.play.scored(&response.widget, (right * 100).checked_div(of).unwrap_or(0))
    {
        row::save_member(write, &mut row.member, now)?;
    }
    // 4.
    referral::after(write, context, row, &action, now)?;
    Ok(outcome)
}

fn answered(widget: &Widget, fields: &[Field]) -> Answered {
    match widget.kind {
        Kind::Poll => Answered::Poll,
        Kind::Quiz => {
            let answers = validate::read(&widget.rules(), fields, true).unwrap_or_default();
            let marks = quiz::marks(widget, &answers);
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            Answered::Quiz { right: count(marks.iter().filter(|mark| mark.right).count()), of: count(marks.len()) }
        }
        _ => Answered::Survey,
    }
}
