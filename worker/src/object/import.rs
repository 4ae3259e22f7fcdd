//! Taking in a past: through the same door as everything else.

use std::rc::Rc;

use rapport_core::problem::{Fault, Problem};
use rapport_core::response::Response;
use rapport_core::time::Timestamp;

use super::apply::{Verdict, apply};
use super::outbox::{self, Kind};
use super::transaction::transaction;
use super::visitor::{self, Visitor};
use super::{Object, alarm, config, inbox, tally, view};
use crate::command::{DayViews, Imported};
use crate::problem::Fail;

/// Responses of one import; the caller sends as many imports as it needs.
const MOST: usize = 500;

/// Applies all of it or nothing. Responses that are there already stay as they are; view counts are added, so they must
/// be sent once.
pub async fn import(
    object: &Rc<Object>,
    responses: &[Response],
    views: &[DayViews],
    now: Timestamp,
) -> Result<Imported, Fail> {
    if responses.len() > MOST {
        return Err(Problem::new("responses", Fault::TooMany { max: MOST as u32 }).into());
    }
    let config = config::load(&object.read())?.ok_or_else(Fail::not_found)?;
    for (index, response) in responses.iter().enumerate() {
        let field = |name| format!("responses[{index}].{name}");
        if response.site != config.site.id {
            return Err(Problem::conflict(field("site"), "it belongs to another site").into());
        }
        if response.day().is_none() {
            return Err(Problem::malformed(field("id"), "a UUIDv7 in lower case").into());
        }
        if config.version(response.widget.as_str(), response.version).is_none() {
            return Err(Problem::new(field("version"), Fault::Unknown).into());
        }
    }
    let imported = transaction(&object.storage, |write| {
        let mut imported = Imported::default();
        for response in responses {
            let mut response = response.clone();
            inbox::regroup(&mut response, Some(&config));
            match apply(write, &mut response)? {
                Verdict::New | Verdict::Newer => {}
                Verdict::Known(_) => {
                    imported.duplicate += 1;
                    continue;
                }
                Verdict::Erased => {
                    imported.erased += 1;
                    continue;
                }
            }
            imported.accepted += 1;
            tally::add(write, response.received.day(), "accepted")?;
            outbox::add(write, Kind::Past, &response.id, now)?;
            let visitor = Visitor { id: response.visitor, of_today: false };
            visitor::active(write, &visitor, response.received.day(), 1)?;
        }
        for day in views {
            view::add(write, day.day, day.counts.iter().cloned())?;
        }
        view::close_before(write, now.day(), now)?;
        Ok::<_, Fail>(imported)
    })?;
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    object.drain_afterwards();
    Ok(imported)
}
