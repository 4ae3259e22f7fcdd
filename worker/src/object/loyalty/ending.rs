//! What ends for members when the draft is put in force: parts that it lacks, and that somebody has something of.

use rapport_core::loyalty::program::Program;
use rapport_core::name::Name;
use rapport_core::time::Timestamp;

use super::super::sql::{Read, text};
use super::super::{Object, config, play};
use super::stock;
use crate::command::program::{Ending, Part};
use crate::problem::Fail;

/// Draws first, as they end for good.
pub fn of(object: &Object, now: Timestamp) -> Result<Vec<Ending>, Fail> {
    let Some(record) = config::loyalty(object)? else { return Ok(Vec::new()) };
    let (Some(draft), Some(live)) = (&record.draft, &record.live) else { return Ok(Vec::new()) };
    let (read, live) = (object.read(), &live.program);
    let mut all = Vec::new();
    for draw in live.draws.iter().filter(|draw| draft.draw(&draw.name).is_none()) {
        if let Some(left) = play::draw::under_way(&read, draw.name.as_str(), now)? {
            let query = "SELECT COUNT(DISTINCT member), COUNT(*) FROM ticket WHERE draw = ?";
            all.push(Ending { left, ..counted(&read, query, Part::Draw, &draw.name)? });
        }
    }
    for reward in live.rewards.iter().filter(|reward| draft.reward(&reward.name).is_none()) {
        let query = "SELECT COUNT(DISTINCT member), COUNT(*) FROM redemption WHERE state = 0 AND reward = ?";
        let stock = stock::of(&read, reward.name.as_str())?;
        let left = stock.codes.saturating_sub(stock.given);
        let ending = Ending { left, ..counted(&read, query, Part::Reward, &reward.name)? };
        if ending.many > 0 || ending.left > 0 {
            all.push(ending);
        }
    }
    let stays = |program: &Program, name: &Name| program.tiers.iter().any(|tier| tier.name == *name);
    for tier in live.tiers.iter().filter(|tier| !stays(draft, &tier.name)) {
        let query = "SELECT COUNT(*), COUNT(*) FROM person WHERE tier = ?";
        let ending = counted(&read, query, Part::Tier, &tier.name)?;
        if ending.many > 0 {
            all.push(ending);
        }
    }
    Ok(all)
}

fn counted(read: &Read<'_>, query: &'static str, part: Part, name: &Name) -> Result<Ending, Fail> {
    let (members, many) = read.first(query, vec![text(name)], |row| Ok((row.of()?, row.of()?)))?.unwrap_or_default();
    Ok(Ending { part, name: name.clone(), members, many, left: 0 })
}
