//! Whom a device's secret and the word of the owner's server name. Where both are given and the device has collected on its own,
//! what it has goes to whom the server names: once and whole, as all of it is in the transaction of the act that asked.

use rapport_core::loyalty::absorb;
use rapport_core::loyalty::member::{Member, Proof, is_secret};
use rapport_core::loyalty::profile::{Change, Profile};
use rapport_core::loyalty::token::Claims;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;

use super::super::play;
use super::super::sql::Read;
use super::super::transaction::Write;
use super::act::Context;
use super::row::{self, Row};
use super::{entries, signer, who};
use crate::digest::sha256;
use crate::problem::Fail;

/// What a proof says, once it was looked at.
struct Seen {
    claims: Option<Claims>,
    /// Of the device's secret.
    digest: Option<String>,
}

/// The member, if there is one, and whether the owner's server has said who this is.
pub fn found(read: &Read<'_>, proof: &Proof, now: Timestamp) -> Result<Option<(Row, bool)>, Fail> {
    let Seen { claims, digest } = look(read, proof, now)?;
    if let Some(claims) = claims
        && let Some(row) = named(read, &external(&claims))?
    {
        return Ok(Some((row, true)));
    }
    let device = digest.map(|digest| named(read, &device(&digest))).transpose()?.flatten();
    Ok(device.map(|row| (row, false)))
}

/// The same for an act, which makes the member where there is none; nothing, where only the owner's server may.
///
/// 1. Without a token: the device's own member.
/// 2. With one: whom it names, with what the server told of them where they have not.
/// 3. An anonymous member of the device goes up in them.
pub fn resolve(
    write: &Write<'_>,
    context: &Context,
    proof: &Proof,
    now: Timestamp,
) -> Result<Option<(Row, bool)>, Fail> {
    let Seen { claims, digest } = look(&write.read(), proof, now)?;
    // 1.
    let known = digest.as_deref().map(|digest| named(&write.read(), &device(digest))).transpose()?.flatten();
    let Some(claims) = claims else {
        return match (known, digest) {
            (Some(row), _) => Ok(Some((row, false))),
            (None, Some(digest)) if context.program.anonymous => {
                let mut member = who::fresh(now)?;
                member.admit(&digest, now);
                Ok(Some((row::create(write, member, now)?, false)))
            }
            _ => Ok(None),
        };
    };
    // 2.
    let mut row = match named(&write.read(), &external(&claims))? {
        Some(row) => row,
        None => row::create(write, Member { external: claims.member.clone(), ..who::fresh(now)? }, now)?,
    };
    let mut profile = row.member.profile.clone();
    profile.fill(told(&claims));
    if profile != row.member.profile {
        row.member.profile = profile;
        row::save_member(write, &mut row.member, now)?;
    }
    // 3.
    if let Some(anonymous) = known.filter(|known| known.member.is_anonymous()) {
        merge(write, context, anonymous, &mut row, now)?;
    }
    Ok(Some((row, true)))
}

/// Each side's line has an id of its own, made of the member's that goes up: a second merge of the same would break the rule
/// that an id is used once.
fn merge(write: &Write<'_>, context: &Context, mut from: Row, into: &mut Row, now: Timestamp) -> Result<(), Fail> {
    let (from_id, into_id) = (from.member.id.clone(), into.member.id.clone());
    let moved = |id: &str| absorb::merge(&from.account, &from_id, &into.account, &into_id, id, now);
    let (Ok((theirs, _)), Ok((_, ours))) = (moved(&format!("m:{from_id}:out")), moved(&format!("m:{from_id}:in")))
    else {
        // A hold that is under way, or too many merges: the device keeps its own account.
        return Ok(());
    };
    let program = Some(&*context.program);
    entries::append(write, &mut from, &theirs.entries, program, now)?;
    entries::append(write, into, &ours.entries, program, now)?;
    into.member.absorb(&mut from.member);
    // The one that loses the aliases first.
    row::save_member(write, &mut from.member, now)?;
    row::save_member(write, &mut into.member, now)?;
    play::referral::merged(write, context, &from, into, now)
}

/// # Errors
/// 401 for a token that is not valid, whatever is wrong with it; 422 where there is neither it nor a secret.
fn look(read: &Read<'_>, proof: &Proof, now: Timestamp) -> Result<Seen, Fail> {
    let claims = match proof.token.as_str() {
        "" => None,
        token => Some(signer::verify(read, token, now)?.map_err(|_| Fail::not_valid())?),
    };
    let digest = match proof.secret.as_str() {
        "" => None,
        secret if is_secret(secret) => Some(sha256(secret)),
        _ => return Err(Problem::malformed("secret", "43 characters of base64url").into()),
    };
    if claims.is_none() && digest.is_none() {
        return Err(Problem::new("secret", Fault::Required).into());
    }
    Ok(Seen { claims, digest })
}

fn named(read: &Read<'_>, alias: &str) -> Result<Option<Row>, Fail> {
    row::find(read, alias)?.map_or(Ok(None), |id| row::load(read, &id))
}

fn external(claims: &Claims) -> String {
    format!("x:{}", claims.member)
}

fn device(digest: &str) -> String {
    format!("s:{digest}")
}

/// What the owner's server knows of the customer, as far as it can be kept.
fn told(claims: &Claims) -> Profile {
    let mut profile = Profile::default();
    let name = Change { name: Some(claims.name.clone()), ..Change::default() };
    let email = Change { email: Some(claims.email.clone()), ..Change::default() };
    for change in [name, email].into_iter().filter_map(|change| change.checked().ok()) {
        profile.change(change);
    }
    profile
}
