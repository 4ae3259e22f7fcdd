//! The secrets by which the owner's server signs who somebody is. Unlike keys that open the dashboard, the secrets themselves
//! have to be kept: a signature cannot be checked with a digest.

use std::rc::Rc;

use rapport_core::loyalty::token::{self, Claims, Invalid, Secret};
use rapport_core::time::Timestamp;

use super::super::sql::{Read, int, text};
use super::super::transaction::transaction;
use super::super::{Object, alarm, config, reply};
use super::kept;
use crate::clock::random;
use crate::command::signer::{Checked, Command, Known, Made, Refused, Signers};
use crate::digest::sha256;
use crate::json;
use crate::problem::Fail;

/// The name that they are kept under.
const NAME: &str = "secrets";
/// How long an older secret still signs.
const OVERLAP_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
/// Secrets at a time.
const MOST: usize = 2;
/// The same reason is noted this often: each note is a row written.
const NOTED_MS: i64 = 60_000;
/// How long the owner is told of refused tokens.
const TOLD_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// Does what is asked about secrets.
pub async fn obey(object: &Rc<Object>, command: Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::List => reply(&signers(&object.read(), now)?),
        Command::Make => {
            let value = token::secret(random()?);
            change(object, now, |secrets| {
                for old in secrets.iter_mut() {
                    old.until = old.until.or(Some(now.plus_ms(OVERLAP_MS)));
                }
                secrets.insert(0, Secret { value: value.clone(), created: now, until: None });
                secrets.truncate(MOST);
                Ok(())
            })
            .await?;
            reply(&Made { secret: value.clone(), signers: signers(&object.read(), now)? })
        }
        Command::End { id } => {
            change(object, now, |secrets| {
                let before = secrets.len();
                secrets.retain(|secret| self::id(secret) != id);
                if secrets.len() == before { Err(Fail::not_found()) } else { Ok(()) }
            })
            .await?;
            reply(&signers(&object.read(), now)?)
        }
        Command::Check { token } => reply(&match verify(&object.read(), &token, now)? {
            Ok(claims) => {
                Checked { why: None, member: claims.member, until: Some(Timestamp(claims.exp.saturating_mul(1_000))) }
            }
            Err(why) => Checked { why: Some(why.as_str().to_owned()), member: String::new(), until: None },
        }),
    }
}

/// What a token says, or which rule it breaks.
pub fn verify(read: &Read<'_>, token: &str, now: Timestamp) -> Result<Result<Claims, Invalid>, Fail> {
    let site = config::site(read)?.ok_or_else(Fail::not_found)?;
    Ok(token::verify(token, &secrets(read, now)?, &site, now))
}

/// Notes for the owner that a visitor's token was refused. Whoever sent it is told nothing of the reason.
pub fn refused(object: &Object, why: Invalid, now: Timestamp) -> Result<(), Fail> {
    let at = object.read().number("SELECT at FROM refused_token WHERE why = ?", vec![text(why.as_str())])?;
    if at > now.0 - NOTED_MS {
        return Ok(());
    }
    transaction(&object.storage, |write| {
        write.run(
            "INSERT INTO refused_token (why, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
            vec![text(why.as_str()), int(now.0)],
        )?;
        Ok(())
    })
}

async fn change(
    object: &Rc<Object>,
    now: Timestamp,
    mut work: impl FnMut(&mut Vec<Secret>) -> Result<(), Fail>,
) -> Result<(), Fail> {
    transaction(&object.storage, |write| {
        let mut secrets = secrets(&write.read(), now)?;
        work(&mut secrets)?;
        kept::put(write, NAME, &serde_json::to_string(&secrets)?, now)
    })?;
    alarm::by(object, now.plus_ms(alarm::SOON_MS)).await?;
    object.drain_afterwards();
    Ok(())
}

/// Those that still sign.
fn secrets(read: &Read<'_>, now: Timestamp) -> Result<Vec<Secret>, Fail> {
    let kept = kept::get(read, NAME)?;
    let mut secrets: Vec<Secret> = kept.as_deref().map(json::read).transpose()?.unwrap_or_default();
    secrets.retain(|secret| secret.until.is_none_or(|until| until > now));
    Ok(secrets)
}

fn signers(read: &Read<'_>, now: Timestamp) -> Result<Signers, Fail> {
    let known = |secret: &Secret| Known { id: id(secret), created: secret.created, until: secret.until };
    let refused = read.all(
        "SELECT why, at FROM refused_token WHERE at > ? ORDER BY at DESC",
        vec![int(now.0 - TOLD_MS)],
        |row| Ok(Refused { why: row.text()?, at: Timestamp(row.int()?) }),
    )?;
    Ok(Signers { secrets: secrets(read, now)?.iter().map(known).collect(), refused })
}

fn id(secret: &Secret) -> String {
    sha256(&secret.value).get(..12).unwrap_or_default().to_owned()
}
