//! Whose account an act is about.

use rapport_core::id;
use rapport_core::loyalty::member::{Member, is_external};
use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;

use super::super::sql::Read;
use super::super::transaction::Write;
use super::act::Context;
use super::proof;
use super::row::{self, Row};
use crate::clock::random;
use crate::command::loyalty::Who;
use crate::problem::Fail;

/// The member, made where it may be, and whether the owner vouches for them; nothing, where only the owner's server may make one.
pub fn resolve(write: &Write<'_>, context: &Context, who: &Who, now: Timestamp) -> Result<Option<(Row, bool)>, Fail> {
    match who {
        Who::Member(member) => Ok(Some((row::load(&write.read(), member)?.ok_or_else(Fail::not_found)?, true))),
        Who::External(external) => {
            if let Some(row) = found(&write.read(), who, now)? {
                return Ok(Some((row, true)));
            }
            if !is_external(external) {
                return Err(Problem::malformed("member", "1 to 100 characters").into());
            }
            let member = Member { external: external.clone(), ..fresh(context.then.unwrap_or(now))? };
            Ok(Some((row::create(write, member, now)?, true)))
        }
        Who::Proof(proof) => proof::resolve(write, context, proof, now),
    }
}

/// The member, if there is one.
pub fn found(read: &Read<'_>, who: &Who, now: Timestamp) -> Result<Option<Row>, Fail> {
    match who {
        Who::Member(member) => row::load(read, member),
        Who::External(external) => {
            // Whoever has no id of the owner's is named by ours.
            match row::find(read, &format!("x:{external}"))? {
                Some(id) => row::load(read, &id),
                None => row::load(read, external),
            }
        }
        Who::Proof(proof) => Ok(proof::found(read, proof, now)?.map(|(row, _)| row)),
    }
}

/// A member of whom nothing is known yet.
pub fn fresh(now: Timestamp) -> Result<Member, Fail> {
    Ok(Member::new(id::make(now, random()?), now))
}
