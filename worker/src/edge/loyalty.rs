//! `POST /me/{site}/{act}`: what members do with their points, from any page of the site. No cookie is looked at; who somebody is,
//! their device's secret and the owner's server say, and the site's object alone judges.

use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::asked::Asked;
use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::program::Program;
use rapport_core::loyalty::standing::Standing;
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::name::SiteId;
use rapport_core::problem::{Fault, Problem};
use rapport_core::view::loyalty as view;
use serde::Serialize;
use serde::de::DeserializeOwned;
use worker::{Env, Request, Response};

use super::ingest::check_origin;
use crate::body::{self, Media};
use crate::clock::now;
use crate::command::Command;
use crate::command::loyalty::{Act as Do, Command as Loyalty, Outcome, Who};
use crate::command::member::{Command as Of, Look};
use crate::dashboard::install::qr;
use crate::digest::sha256;
use crate::limits::brake;
use crate::link;
use crate::owner::access::address;
use crate::problem::Fail;
use crate::reply;
use crate::sites;

/// Lines of the history that are told at once.
const LINES: u32 = 20;

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// How I stand. Changes nothing, and makes nobody a member.
    Points,
    CheckIn,
    Redeem,
    Profile,
    /// With `make`, a recovery phrase; else this device goes on as the member with the phrase.
    Recover,
    /// Signs out all other devices.
    Devices,
    Leave,
}

impl Act {
    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "points" => Some(Self::Points),
            "check-in" => Some(Self::CheckIn),
            "redeem" => Some(Self::Redeem),
            "profile" => Some(Self::Profile),
            "recover" => Some(Self::Recover),
            "devices" => Some(Self::Devices),
            "leave" => Some(Self::Leave),
            _ => None,
        }
    }
}

/// What a device gets.
#[derive(Default, Serialize)]
struct Shown {
    /// The act's own id: its receipt.
    id: String,
    /// Nothing, where nobody is a member yet.
    standing: Option<Standing>,
    /// Whether the owner's server has said who this is: only then are points spent.
    signed: bool,
    /// Newest first; each line with its hash, and the hash that the oldest builds on.
    history: Vec<Row>,
    from: String,
    more: bool,
    /// The panel, in the language of the page.
    html: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    phrase: Option<Phrase>,
}

/// A line of the ledger as it is hashed.
#[derive(Serialize)]
struct Row {
    line: String,
    hash: String,
}

/// What another device goes on with.
#[derive(Serialize)]
struct Phrase {
    phrase: String,
    /// To the page, with the phrase where no server sees it.
    #[serde(skip_serializing_if = "String::is_empty")]
    link: String,
    /// The link as a QR code.
    #[serde(skip_serializing_if = "String::is_empty")]
    qr: String,
}

/// 1. The site with a programme; brakes; the page's origin.
/// 2. The body, with no more in it than an act may carry.
/// 3. The act.
/// 4. How the member stands now, and the panel that shows it.
pub async fn post(site: &SiteId, act: Act, mut request: Request, env: &Env) -> Result<Response, Fail> {
    // 1.
    let config = sites::config(env, site).await?;
    let address = address(request.headers())?;
    brake::check(env, site, &address).await?;
    let body = body::small(&mut request, &[Media::Json, Media::Plain]).await?;
    check_origin(&config, &request)?;
    let live = config.loyalty.as_ref().and_then(|record| record.live.as_ref());
    let live = live.ok_or_else(Fail::not_found)?;
    // 2.
    let asked = Asked::parse(body.as_bytes(), matches!(act, Act::CheckIn | Act::Redeem | Act::Profile))?;
    if asked.is_nobody() {
        if act != Act::Points {
            return Err(Problem::new("secret", Fault::Required).into());
        }
        let html = panel(&config, &live.program, None, &asked.lang);
        return reply::json(&Shown { html, ..Shown::default() });
    }
    let ask = Ask { env, site, asked: &asked };
    // 3.
    let mut shown = Shown { id: asked.id.clone(), ..Shown::default() };
    match act {
        Act::Points => {}
        Act::CheckIn => ask.act(Action::CheckIn).await?,
        Act::Redeem => {
            let reward = asked.reward.clone().ok_or_else(|| Problem::new("reward", Fault::Required))?;
            ask.act(Action::Redeem { reward }).await?;
        }
        Act::Profile => {
            let change = asked.change();
            if ask.of(Of::Profile { proof: asked.proof(), change }).await? {
                // It may have earned already, or earn nothing.
                ask.outcome(Action::Profile).await?;
            }
        }
        Act::Recover if asked.make => {
            let phrase = ask.of(Of::Phrase { proof: asked.proof() }).await?;
            shown.phrase = Some(linked(&config, phrase, &asked.page));
        }
        Act::Recover => {
            // The address is only ever compared, and under a name that tells it to nobody.
            let source = sha256(&format!("{site}/{address}"));
            let (secret, phrase) = (asked.secret.clone(), asked.phrase.clone());
            ask.of::<()>(Of::Recover { secret, phrase, source }).await?;
        }
        Act::Devices => ask.of(Of::Only { proof: asked.proof() }).await?,
        Act::Leave => {
            ask.of::<()>(Of::Leave { proof: asked.proof() }).await?;
            return reply::json(&shown);
        }
    }
    // 4.
    let look: Option<Look> = ask.of(Of::Look { proof: asked.proof(), before: asked.before, limit: LINES }).await?;
    shown.html = panel(&config, &live.program, look.as_ref(), &asked.lang);
    if let Some(look) = look {
        shown.standing = Some(look.shown.standing);
        shown.signed = look.signed;
        if let Some(history) = look.history {
            shown.history = history.entries.iter().map(row).collect();
            shown.from = history.from;
            shown.more = history.more;
        }
    }
    reply::json(&shown)
}

/// The badge's panel for a member, or for somebody who is none yet.
fn panel(config: &Config, program: &Program, look: Option<&Look>, lang: &str) -> String {
    let account = look.map(|look| {
        let told = look.history.as_ref();
        let (entries, from) =
            told.map_or((Default::default(), ""), |told| (told.entries.as_slice(), told.from.as_str()));
        let mut account = view::Account::told(look.shown.standing.clone(), look.signed, entries, from);
        // Who may read the history may read the profile, and nobody else.
        account.profile = told.map(|_| look.shown.member.profile.clone());
        account
    });
    let locale = Locale::parse(lang).unwrap_or_else(|_| config.site.locale.clone());
    let paused = config.loyalty.as_ref().is_some_and(|record| record.paused);
    let shown = view::Shown {
        site: &config.site,
        program,
        locale: &locale,
        now: now(),
        paused,
        account: account.as_ref(),
        draws: None,
    };
    view::panel(&shown).into_string()
}

struct Ask<'a> {
    env: &'a Env,
    site: &'a SiteId,
    asked: &'a Asked,
}

impl Ask<'_> {
    async fn of<T: DeserializeOwned>(&self, command: Of) -> Result<T, Fail> {
        link::site(self.env, self.site, &Command::Member(command)).await
    }

    async fn outcome(&self, action: Action) -> Result<Outcome, Fail> {
        let act = Do { id: self.asked.id.clone(), who: Who::Proof(self.asked.proof()), action };
        link::site(self.env, self.site, &Command::Loyalty(Loyalty::Act(Box::new(act)))).await
    }

    /// # Errors
    /// 422 with the rule that stands in the way.
    async fn act(&self, action: Action) -> Result<(), Fail> {
        match self.outcome(action).await? {
            Outcome::Done(_) => Ok(()),
            Outcome::Denied(denied) => Err(refusal(&denied)),
        }
    }
}

fn refusal(denied: &Denied) -> Fail {
    Fail::rule(denied.code(), &denied.to_string())
}

fn row(entry: &Entry) -> Row {
    Row { line: entry.line(), hash: entry.hash.clone() }
}

/// Only to a page of the site: a link elsewhere would hand the phrase to somebody else.
fn linked(config: &Config, phrase: String, page: &str) -> Phrase {
    let bare = page.split('#').next().unwrap_or_default();
    let own = config.site.origins.iter().any(|origin| {
        bare.strip_prefix(origin.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    });
    if !own {
        return Phrase { phrase, link: String::new(), qr: String::new() };
    }
    let digits: String = phrase.chars().filter(char::is_ascii_digit).collect();
    let link = format!("{bare}#rapport-member={digits}");
    Phrase { phrase, qr: qr::svg(&link).unwrap_or_default(), link }
}
