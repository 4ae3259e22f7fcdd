//! Commands about the owner's data.

use std::rc::Rc;

use rapport_core::time::Timestamp;

use super::{Object, erase, reply, subject, take};
use crate::command::data::Command;
use crate::problem::Fail;

/// Does what `command` asks, and replies as JSON.
pub async fn obey(object: &Rc<Object>, command: Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Erase { ids, at_once } => reply(&erase::erase(object, &ids, at_once, now).await?),
        Command::Restore { ids } => reply(&erase::restore(object, &ids, now).await?),
        Command::Known { ids } => reply(&take::known(&object.read(), &ids)?),
        Command::Take { text } => reply(&take::take(object, &text, now).await?),
        Command::Search { text, after } => reply(&subject::search(&object.read(), &text, after.as_deref())?),
        Command::Forget { visitors } => reply(&subject::forget(object, &visitors)?),
    }
}
