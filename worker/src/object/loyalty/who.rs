//! Whose account an act is about.

use rapport_core::id;
use rapport_core::loyalty::member::{Member, Proof, is_external, is_secret};
use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;

use super::super::sql::Read;
use super::super::transaction::Write;
use super::row::{self, Row};
use crate::clock::random;
use crate::command::loyalty::Who;
use crate::digest::sha256;
use crate::problem::Fail;

/// The member, made where it may be, and whether the owner vouches for them.
pub fn resolve(write: &Write<'_>, who: &Who, now: Timestamp) -> Result<(Row, bool), Fail> {
    match who {
        Who::Member(member) => Ok((row::load(&write.read(), member)?.ok_or_else(Fail::not_found)?, true)),
        Who::External(external) => {
            if let Some(row) = found(&write.read(), who)? {
                return Ok((row, true));
            }
            if !is_external(external) {
                return Err(Problem::malformed("member", "1 to 100 characters").into());
            }
            let member = Member { external: external.clone(), ..fresh(now)? };
            Ok((row::create(write, member, now)?, true))
        }
        Who::Proof(proof) => {
            if let Some(row) = found(&write.read(), who)? {
                return Ok((row, false));
            }
            if !is_secret(&proof.secret) {
                return Err(Fail::not_found());
            }
            let mut member = fresh(now)?;
            member.admit(&sha256(&proof.secret), now);
            Ok((row::create(write, member, now)?, false))
        }
    }
}

/// The member, if there is one.
pub fn found(read: &Read<'_>, who: &Who) -> Result<Option<Row>, Fail> {
    let alias = match who {
        Who::Member(member) => return row::load(read, member),
        Who::External(external) => format!("x:{external}"),
        Who::Proof(Proof { secret, .. }) => format!("s:{}", sha256(secret)),
    };
    row::find(read, &alias)?.map_or(Ok(None), |id| row::load(read, &id))
}

/// A member of whom nothing is known yet.
pub fn fresh(now: Timestamp) -> Result<Member, Fail> {
    Ok(Member::new(id::make(now, random()?), now))
}
