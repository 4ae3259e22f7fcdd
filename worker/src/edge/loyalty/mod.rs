//! `POST /me/{site}/{act}`: what members do with their points, from any page of the site. No cookie is looked at; who somebody is,
//! their device's secret and the owner's server say, and the site's object alone judges.

mod page;
mod play;
mod words;

use rapport_core::i18n;
use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::asked::Asked;
use rapport_core::loyalty::draw::Offer;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::standing::Standing;
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::name::SiteId;
use rapport_core::problem::{Fault, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use worker::{Env, Request, Response};

use self::page::{Page, Played};
use super::ingest::check_origin;
use crate::body::{self, Media};
use crate::command::Command;
use crate::command::loyalty::{Act as Do, Command as Loyalty, Outcome, Who};
use crate::command::member::{Command as Of, Look};
use crate::command::play::Command as Play;
use crate::dashboard::install::qr;
use crate::digest::sha256;
use crate::limits::brake;
use crate::link;
use crate::owner::access::address;
use crate::problem::Fail;
use crate::reply;
use crate::sites;
use crate::url;

/// Lines of the history that are told at once.
const LINES: u32 = 20;

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// How I stand. Changes nothing, and makes nobody a member.
    Points,
    CheckIn,
    Redeem,
    /// Points for responses of one's own.
    Claim,
    /// A ticket of a prize draw.
    Draw,
    /// Somebody came by a member's link.
    Referred,
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
            "claim" => Some(Self::Claim),
            "draw" => Some(Self::Draw),
            "referred" => Some(Self::Referred),
            "profile" => Some(Self::Profile),
            "recover" => Some(Self::Recover),
            "devices" => Some(Self::Devices),
            "leave" => Some(Self::Leave),
            _ => None,
        }
    }

    /// Whether it happens once, under an id.
    const fn changes(self) -> bool {
        matches!(self, Self::CheckIn | Self::Redeem | Self::Claim | Self::Draw | Self::Referred | Self::Profile)
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
    /// What became of the act, where that is more than points.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phrase: Option<Phrase>,
    /// The link for friends as a QR code.
    #[serde(skip_serializing_if = "String::is_empty")]
    qr: String,
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

/// The same, with every refusal in the visitor's language.
pub async fn post(site: &SiteId, act: Act, mut request: Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    // In the same words as of a site that does not exist.
    check_origin(&config, &request)?;
    let mut locale = words::of_browser(&config, &request)?;
    let answered = answer(&config, act, &mut request, env, &mut locale).await;
    answered.map_err(|fail| words::said(fail, &config.site, &locale))
}

/// 1. Brakes; a programme.
/// 2. The body, with no more in it than an act may carry.
/// 3. The act.
/// 4. How the member stands now, and the panel that shows it.
async fn answer(
    config: &Config,
    act: Act,
    request: &mut Request,
    env: &Env,
    locale: &mut Locale,
) -> Result<Response, Fail> {
    let site = &config.site.id;
    // 1.
    let address = address(request.headers())?;
    brake::check(env, site, &address).await?;
    let body = body::small(request, &[Media::Json, Media::Plain]).await?;
    *locale = words::of_page(config, &body);
    let live = config.loyalty.as_ref().and_then(|record| record.live.as_ref());
    let live = live.ok_or_else(Fail::not_found)?;
    // 2.
    let asked = Asked::parse(body.as_bytes(), act.changes())?;
    let origin = url::origin(request);
    let page = Page { config, program: &live.program, locale, origin: &origin };
    if asked.is_nobody() {
        if act != Act::Points {
            return Err(Problem::new("secret", Fault::Required).into());
        }
        return reply::json(&Shown { html: page.strangers(&draws(env, &page).await?), ..Shown::default() });
    }
    let ask = Ask { env, site, asked: &asked, page: &page };
    // 3.
    let mut shown = Shown { id: asked.id.clone(), ..Shown::default() };
    let mut played = Played::Nothing;
    match act {
        Act::Points => {}
        Act::CheckIn => drop(ask.act(Action::CheckIn).await?),
        Act::Redeem => {
            let reward = asked.reward.clone().ok_or_else(|| Problem::new("reward", Fault::Required))?;
            ask.act(Action::Redeem { reward }).await?;
        }
        Act::Claim | Act::Draw | Act::Referred => played = play::act(&ask, act, &address).await?,
        Act::Profile => {
            let change = asked.change().checked().map_err(|problem| page.wrong(problem))?;
            if ask.of(Of::Profile { proof: asked.proof(), change }).await? {
                // It may have earned already, or earn nothing.
                ask.outcome(Action::Profile).await?;
            }
        }
        Act::Recover if asked.make => {
            let phrase = ask.of(Of::Phrase { proof: asked.proof() }).await?;
            shown.phrase = Some(linked(config, phrase, &asked.page, page.locale));
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
    let mine = asked.mine.clone();
    let look = Of::Look { proof: asked.proof(), before: asked.before, limit: LINES, address, mine };
    let look: Option<Look> = ask.of(look).await?;
    shown.html = match &look {
        Some(look) => page.panel(look),
        None => page.strangers(&draws(env, &page).await?),
    };
    shown.told = page.told(look.as_ref(), &played);
    if let (Act::Points, true, Some(Look { invite: Some((code, _)), .. })) = (act, asked.make, &look) {
        let link = own_page(config, &asked.page).and_then(|page| page.split('?').next());
        let link = link.map(|page| format!("{page}?rapport-ref={code}"));
        shown.qr = link.map(|link| picture(&link, locale)).unwrap_or_default();
    }
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

/// What a stranger can win: what is left of it, only the object knows.
async fn draws(env: &Env, page: &Page<'_>) -> Result<Vec<Offer>, Fail> {
    if page.program.draws.is_empty() {
        return Ok(Vec::new());
    }
    link::site(env, &page.config.site.id, &Command::Play(Play::Open)).await
}

struct Ask<'a> {
    env: &'a Env,
    site: &'a SiteId,
    asked: &'a Asked,
    page: &'a Page<'a>,
}

impl Ask<'_> {
    async fn of<T: DeserializeOwned>(&self, command: Of) -> Result<T, Fail> {
        link::site(self.env, self.site, &Command::Member(command)).await
    }

    async fn outcome(&self, action: Action) -> Result<Outcome, Fail> {
        let act =
            Do { id: self.asked.id.clone(), who: Who::Proof(self.asked.proof()), action, at: None, by: String::new() };
        link::site(self.env, self.site, &Command::Loyalty(Loyalty::Act(Box::new(act)))).await
    }

    async fn act(&self, action: Action) -> Result<Vec<Entry>, Fail> {
        self.done(self.outcome(action).await?)
    }

    /// # Errors
    /// 409 with the rule that stands in the way.
    fn done(&self, outcome: Outcome) -> Result<Vec<Entry>, Fail> {
        match outcome {
            Outcome::Done(done) => Ok(done.entries),
            Outcome::Denied(denied) => Err(self.page.denied(&denied)),
        }
    }
}

fn row(entry: &Entry) -> Row {
    Row { line: entry.line(), hash: entry.hash.clone() }
}

/// What another device goes on with: the phrase, and a link to the page with it.
fn linked(config: &Config, phrase: String, page: &str, locale: &Locale) -> Phrase {
    let Some(page) = own_page(config, page) else { return Phrase { phrase, link: String::new(), qr: String::new() } };
    let digits: String = phrase.chars().filter(char::is_ascii_digit).collect();
    let link = format!("{page}#rapport-member={digits}");
    Phrase { phrase, qr: picture(&link, locale), link }
}

/// The page without its place in it. Only of the site: a link elsewhere would hand the phrase to somebody else.
fn own_page<'p>(config: &Config, page: &'p str) -> Option<&'p str> {
    let bare = page.split('#').next()?;
    let begins = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?']);
    let own = |origin: &String| bare.strip_prefix(origin.as_str()).is_some_and(begins);
    config.site.origins.iter().any(own).then_some(bare)
}

/// A QR code with a name. The words of ours need no escaping.
fn picture(link: &str, locale: &Locale) -> String {
    let name = format!("<svg role=\"img\" aria-label=\"{}\" ", i18n::strings(locale).badge.qr);
    qr::svg(link).map(|svg| svg.replacen("<svg ", &name, 1)).unwrap_or_default()
}
