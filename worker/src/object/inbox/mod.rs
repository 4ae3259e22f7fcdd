//! The inbox: one compact row for each response to filter by, an index of words to search by, and the cases.

mod row;
mod words;
mod case;
mod find;
mod desk;

use std::rc::Rc;

use rapport_core::time::{Day, Timestamp};

use super::transaction::Write;
use super::{Object, alarm, reply};
use crate::command::inbox::Command;
use crate::problem::Fail;

pub use case::{forget, load, replay, replay_day, save, write_day};
pub use desk::{restore as restore_desk, value as desk};
pub use row::{drop_row, enter, next, regroup};

/// Does what `command` asks, and replies as JSON.
pub async fn obey(object: &Rc<Object>, command: Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Find(find) => {
            let found = find::find(object, &find)?;
            if found.unindexed > 0 {
                alarm::by(object, now).await?;
            }
            reply(&found)
        }
        Command::Get { id } => reply(&find::get(&object.read(), &id)?),
        Command::Change { ids, changes } => reply(&case::change(object, &ids, &changes, now).await?),
        Command::Undo { token } => reply(&case::undo(object, &token, now).await?),
        Command::Counts => reply(&find::counts(&object.read())?),
        Command::Facets => reply(&find::facets(&object.read())?),
        Command::Open { id } => reply(&case::open(object, &id, now).await?),
        Command::Desk => reply(&desk::load(&object.read())?),
        Command::KeepView { view } => reply(&desk::keep(object, &view, now).await?),
        Command::DropView { name } => reply(&desk::discard(object, &name, now).await?),
        Command::Block { id, blocked } => reply(&desk::block(object, &id, blocked, now).await?),
    }
}

/// Empties the inbox for a rebuild, except for what KV does not have yet.
pub fn clear(write: &Write<'_>) -> Result<(), Fail> {
    row::clear(write)?;
    case::clear(write)
}

/// Takes the responses of `day` from one id to another out, and what the owner made of them: they are no longer kept.
pub fn fold(write: &Write<'_>, day: Day, from: &str, last: &str, now: Timestamp) -> Result<(), Fail> {
    row::fold(write, day, last)?;
    case::fold(write, day, (from, last), now)
}

/// Some of the indexing that is still to be done, for the alarm.
pub fn go_on(object: &Object) -> Result<(), Fail> {
    for _ in 0..STEPS {
        if !row::work(object)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Steps of one alarm.
const STEPS: usize = 5;
