//! Taking a whole site in, piece by piece. Every line may come again without harm, so that whatever broke off can be begun
//! anew.

use std::rc::Rc;

use rapport_core::model::config::Config;
use rapport_core::problem::{Fault, Problem};
use rapport_core::response::Response;
use rapport_core::time::Timestamp;

use super::apply::{Verdict, apply};
use super::outbox::{self, Kind};
use super::sql::{Read, int, text};
use super::transaction::{Write, transaction};
use super::{Object, alarm, config, fold, inbox, loyalty, view, visitor};
use crate::command::data::{Known, Line, MOST, Taken};
use crate::problem::Fail;

/// Lines of one piece.
const LINES: usize = 2_000;

/// Which of `ids` are taken.
pub fn known(read: &Read<'_>, ids: &[String]) -> Result<Known, Fail> {
    if ids.len() > MOST {
        return Err(Problem::new("ids", Fault::TooMany { max: MOST as u32 }).into());
    }
    let mut known = Vec::new();
    for id in ids {
        let query =
            "SELECT EXISTS (SELECT 1 FROM response WHERE id = ?1) OR EXISTS (SELECT 1 FROM erased WHERE id = ?1)";
        if read.number(query, vec![text(id)])? == 1 {
            known.push(id.clone());
        }
    }
    Ok(Known { ids: known })
}

/// Takes in whole lines: all of them, or with any that is wrong none.
pub async fn take(object: &Rc<Object>, piece: &str, now: Timestamp) -> Result<Taken, Fail> {
    let lines: Vec<&str> = piece.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.len() > LINES {
        return Err(Problem::new("lines", Fault::TooMany { max: LINES as u32 }).into());
    }
    let mut read = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let line = rapport_core::json::own::<Line>(line);
        read.push(line.map_err(|problem| problem.within(&format!("lines[{index}]")))?);
    }
    let taken = transaction(&object.storage, |write| {
        let mut taken = Taken { lines: u32::try_from(lines.len()).unwrap_or(u32::MAX), ..Taken::default() };
        let mut config = config::load(&write.read())?.ok_or_else(Fail::not_found)?;
        for (index, line) in read.iter().enumerate() {
            let inner = Inner { write, now, index };
            match line {
                Line::Head(head) => config = config::adopt(write, config, &head.config, now)?,
                Line::Response(response) => match inner.response(response, &config)? {
                    Verdict::New | Verdict::Newer => taken.accepted += 1,
                    Verdict::Known(_) => taken.duplicate += 1,
                    Verdict::Erased => taken.erased += 1,
                },
                Line::End { responses } => taken.end = Some(*responses),
                other => inner.rest(other)?,
            }
        }
        view::close_before(write, now.day(), now)?;
        Ok::<_, Fail>(taken)
    })?;
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    object.drain_afterwards();
    Ok(taken)
}

/// One line on its way in.
struct Inner<'a> {
    write: &'a Write<'a>,
    now: Timestamp,
    index: usize,
}

impl Inner<'_> {
    fn response(&self, response: &Response, config: &Config) -> Result<Verdict, Fail> {
        let mut response = response.clone();
        let field = |name: &str| format!("lines[{}].response.{name}", self.index);
        response.site = config.site.id.clone();
        if response.day().is_none() {
            return Err(Problem::malformed(field("id"), "a UUIDv7 in lower case").into());
        }
        if config.version(response.widget.as_str(), response.version).is_none() {
            return Err(Problem::new(field("version"), Fault::Unknown).into());
        }
        let verdict = apply(self.write, &mut response)?;
        if matches!(verdict, Verdict::New | Verdict::Newer) {
            outbox::add(self.write, Kind::Past, &response.id, self.now)?;
        }
        Ok(verdict)
    }

    fn rest(&self, line: &Line) -> Result<(), Fail> {
        let write = self.write;
        match line {
            Line::Views(views) => view::at_least(write, views)?,
            Line::Tally { day, outcome, n } => {
                let word = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'/');
                if outcome.len() > 48 || !outcome.bytes().all(word) {
                    let field = format!("lines[{}].tally.outcome", self.index);
                    return Err(Problem::malformed(field, "a word of the program").into());
                }
                write.run(
                    "INSERT INTO tally (day, outcome, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = MAX(n, excluded.n)",
                    vec![int(day.0), text(outcome), int(*n)],
                )?;
            }
            Line::Active { day, visitors } => {
                for (visitor, responses) in visitors {
                    let visitor: String = visitor.chars().take(64).collect();
                    visitor::at_least(write, &visitor, *day, *responses)?;
                }
            }
            Line::Totals(totals) => {
                fold::keep(write, totals)?;
                outbox::add(write, Kind::Totals, &totals.day.to_string(), self.now)?;
            }
            Line::Cases(cases) => {
                inbox::replay(write, &serde_json::to_string(cases)?)?;
                outbox::add(write, Kind::Cases, &cases.day.to_text(), self.now)?;
            }
            Line::Desk(desk) => {
                inbox::restore_desk(write, &serde_json::to_string(desk)?)?;
                outbox::add(write, Kind::Desk, "", self.now)?;
            }
            Line::Kept { .. } | Line::Codes(_) | Line::Member(_) | Line::Ledger(_) => {
                loyalty::portable::take(write, line, &format!("lines[{}]", self.index), self.now)?;
            }
            Line::Head(_) | Line::Response(_) | Line::End { .. } => {}
        }
        Ok(())
    }
}
