//! What members do about themselves: looking, their profile, their devices, leaving.

use std::rc::Rc;

use rapport_core::loyalty::member::{Proof, is_secret};
use rapport_core::loyalty::profile::Change;
use rapport_core::loyalty::recovery;
use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;

use super::super::transaction::{Write, transaction};
use super::super::{Object, alarm, reply, throttle};
use super::act::{self, Context};
use super::row::{self, Row};
use super::{erase, look, proof, signer};
use crate::clock::random;
use crate::command::member::Command;
use crate::digest::sha256;
use crate::problem::Fail;

/// Does what a member asks.
pub async fn obey(object: &Rc<Object>, command: Command, now: Timestamp) -> Result<String, Fail> {
    if let Command::Look { proof, .. }
    | Command::Profile { proof, .. }
    | Command::Phrase { proof }
    | Command::Only { proof }
    | Command::Leave { proof } = &command
    {
        heard(object, proof, now)?;
    }
    match command {
        Command::Look { proof, before, limit, address, mine } => {
            reply(&look::look(object, &proof, (&address, &mine), (before, limit), now).await?)
        }
        Command::Profile { proof, change } => reply(&profile(object, &proof, &change, now).await?),
        Command::Phrase { proof } => reply(&phrase(object, &proof, now).await?),
        Command::Recover { secret, phrase, source } => reply(&recover(object, &secret, &phrase, &source, now).await?),
        Command::Only { proof } => reply(&only(object, &proof, now).await?),
        Command::Leave { proof } => {
            let (row, signed) = proof::found(&object.read(), &proof, now)?.ok_or_else(Fail::not_found)?;
            own(&row, signed)?;
            erase::erase(object, &row.member.id, now).await?;
            reply(&())
        }
    }
}

/// Notes for the owner why a token is refused, before it is; the visitor is told nothing but that.
pub fn heard(object: &Object, proof: &Proof, now: Timestamp) -> Result<(), Fail> {
    if proof.token.is_empty() {
        return Ok(());
    }
    match signer::verify(&object.read(), &proof.token, now)? {
        Ok(_) => Ok(()),
        Err(why) => {
            signer::refused(object, why, now)?;
            Err(Fail::not_valid())
        }
    }
}

async fn profile(object: &Rc<Object>, proof: &Proof, change: &Change, now: Timestamp) -> Result<bool, Fail> {
    let change = change.clone().checked()?;
    changed(object, proof, now, |write, row| {
        if row.member.change(change.clone()) {
            row::save_member(write, &mut row.member, now)?;
        }
        Ok(row.member.profile.is_complete())
    })
    .await
}

async fn phrase(object: &Rc<Object>, proof: &Proof, now: Timestamp) -> Result<String, Fail> {
    let phrase = recovery::make(random()?);
    let digits = recovery::parse(&phrase).ok_or_else(|| Fail::Broken("a phrase that cannot be read".to_owned()))?;
    changed(object, proof, now, |write, row| {
        row.member.phrase = sha256(&digits);
        row::save_member(write, &mut row.member, now)
    })
    .await?;
    Ok(phrase)
}

/// 1. Whoever tried too often waits.
/// 2. The member with this phrase.
/// 3. The device acts for them from now on. What it collected before on its own stays with its old account, which is theirs
///    no more: two anonymous accounts are never thrown together, or phrases would be a way to pool what may be had once.
async fn recover(object: &Rc<Object>, secret: &str, phrase: &str, source: &str, now: Timestamp) -> Result<(), Fail> {
    let malformed = || Fail::from(Problem::malformed("phrase", "the 24 digits of a recovery phrase"));
    if !is_secret(secret) {
        return Err(Problem::malformed("secret", "43 characters of base64url").into());
    }
    // A slip of the finger is no attempt.
    let digits = recovery::parse(phrase).ok_or_else(malformed)?;
    let refused = transaction(&object.storage, |write| {
        // 1.
        if let Some(seconds) = throttle::wait(&write.read(), source, now)? {
            return Ok(Some(Fail::busy(seconds)));
        }
        // 2.
        let found = row::find(&write.read(), &format!("p:{}", sha256(&digits)))?;
        let Some(mut row) = found.map(|id| row::load(&write.read(), &id)).transpose()?.flatten() else {
            throttle::wrong(write, source, now)?;
            return Ok(Some(malformed()));
        };
        throttle::right(write, source)?;
        // 3.
        let digest = sha256(secret);
        if let Some(id) = row::find(&write.read(), &format!("s:{digest}"))?.filter(|id| *id != row.member.id)
            && let Some(mut before) = row::load(&write.read(), &id)?
        {
            before.member.devices.retain(|device| device.digest != digest);
            row::save_member(write, &mut before.member, now)?;
        }
        row.member.admit(&digest, now);
        row::save_member(write, &mut row.member, now)?;
        Ok::<_, Fail>(None)
    })?;
    soon(object, now).await?;
    refused.map_or(Ok(()), Err)
}

async fn only(object: &Rc<Object>, proof: &Proof, now: Timestamp) -> Result<(), Fail> {
    changed(object, proof, now, |write, row| {
        row.member.only(&sha256(&proof.secret));
        row::save_member(write, &mut row.member, now)
    })
    .await
}

/// Changes who somebody is.
async fn changed<T>(
    object: &Rc<Object>,
    proof: &Proof,
    now: Timestamp,
    mut work: impl FnMut(&Write<'_>, &mut Row) -> Result<T, Fail>,
) -> Result<T, Fail> {
    let context = Context::load(object)?;
    let outcome = transaction(&object.storage, |write| {
        act::ready(write)?;
        let (mut row, signed) = proof::resolve(write, &context, proof, now)?.ok_or_else(Fail::not_found)?;
        own(&row, signed)?;
        work(write, &mut row)
    })?;
    soon(object, now).await?;
    Ok(outcome)
}

/// Whoever only holds the device of a customer changes nothing of what the customer told.
pub fn own(row: &Row, signed: bool) -> Result<(), Fail> {
    if signed || row.member.is_anonymous() { Ok(()) } else { Err(Fail::not_valid()) }
}

pub async fn soon(object: &Rc<Object>, now: Timestamp) -> Result<(), Fail> {
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await
}
