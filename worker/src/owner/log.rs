//! The log of what was done, and by whom. Who asks is known at the door, and what is done far behind it; so the request's
//! bindings carry who it is, and nothing has to pass it on.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use worker::Env;

use super::access::Owner;
use crate::command::{Command, Noted};
use crate::digest::sha256;
use crate::link;
use crate::problem::Fail;

/// Names that no binding can have.
const WHO: &str = "rapport: who";
const NOTED: &str = "rapport: noted";

/// The bindings of one request by `owner`: those of the Worker, and who asks.
pub fn acting(env: &Env, owner: &Owner) -> Env {
    let who = match owner {
        Owner::Session(session) => format!("session {}", sha256(&session.token).get(..12).unwrap_or_default()),
        Owner::Key => "key".to_owned(),
        Owner::Token(token) => format!("token {}", token.name),
    };
    let own: Object = Object::create(env.unchecked_ref());
    // Only a frozen object refuses.
    let _ = Reflect::set(&own, &WHO.into(), &who.into());
    own.unchecked_into()
}

/// Adds a line.
pub async fn note(env: &Env, what: String) -> Result<(), Fail> {
    quietly(env);
    link::registry(env, &Command::Note { what, who: who(env) }).await
}

/// Who asks.
pub fn who(env: &Env) -> String {
    Reflect::get(env, &WHO.into()).ok().and_then(|who| who.as_string()).unwrap_or_default()
}

/// Adds a line for a change that has none of its own. Every change is in the log, whoever writes its handler.
pub async fn note_unless_done(env: &Env, what: impl FnOnce() -> String) -> Result<(), Fail> {
    let done = Reflect::get(env, &NOTED.into()).is_ok_and(|noted| noted.is_truthy());
    if done { Ok(()) } else { note(env, what()).await }
}

/// For what is asked by POST and changes nothing.
pub fn quietly(env: &Env) {
    let _ = Reflect::set(env, &NOTED.into(), &JsValue::TRUE);
}

/// The lines, the newest first.
pub async fn lines(env: &Env) -> Result<Vec<Noted>, Fail> {
    link::registry(env, &Command::Notes).await
}

/// The site that a line is about, as lines begin with it, and the rest.
pub fn parts(what: &str) -> (Option<&str>, &str) {
    match what.split_once(": ") {
        Some((site, rest)) if rapport_core::name::SiteId::parse(site).is_ok() => (Some(site), rest),
        _ => (None, what),
    }
}
