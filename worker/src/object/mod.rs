//! The objects: one for each site, its index and its referee, and one registry of sites and sessions.

mod sql;
mod transaction;
mod schema;
mod apply;
mod held;
mod ingest;
mod late;
mod count;
mod view;
mod visitor;
mod tally;
mod outbox;
mod alarm;
mod config;
mod ending;
mod report;
mod sighting;
mod usage;
mod import;
mod audit;
mod rebuild;
mod hook;
mod erase;
mod fold;
mod export;
mod take;
mod subject;
mod inbox;
mod data;
mod talk;
mod loyalty;
mod play;
mod registry;
mod session;
mod account;
mod token;
mod throttle;

use std::cell::{Cell, RefCell};
use std::panic::AssertUnwindSafe;
use std::rc::Rc;

use serde::Serialize;
use worker::{
    DurableObject, Env, Request, Response, Result, SqlStorage, State, Storage, console_error, durable_object,
};

use crate::clock::now;
use crate::command::Command;
use crate::command::hook::Kept;
use crate::json;
use crate::problem::Fail;
use crate::usage as counted;
use rapport_core::loyalty::program::Record;
use rapport_core::time::Timestamp;
use sql::Read;

/// An object.
#[durable_object(alarm)]
pub struct Site {
    /// A panic leaves nothing half-changed: the database rolls back, and the cells hold single values.
    object: AssertUnwindSafe<Rc<Object>>,
}

/// What the object's parts share.
struct Object {
    state: State,
    storage: Storage,
    sql: SqlStorage,
    env: Env,
    /// Whether the tables are there.
    ready: Cell<bool>,
    /// When the alarm will ring, as far as this instance knows.
    alarm: Cell<alarm::Known>,
    /// Whether somebody is emptying the outbox already.
    draining: Cell<bool>,
    /// The same of what hooks have to deliver.
    delivering: Cell<bool>,
    /// The hooks, once they have been read: every response asks for them.
    hooks: RefCell<Option<Rc<Vec<Kept>>>>,
    /// The programme of the configuration's revision: every act asks for it.
    program: RefCell<Option<(u32, Option<Rc<Record>>)>>,
    /// When what is counted was last written down, as far as this instance knows.
    settled: Cell<Option<Timestamp>>,
}

impl DurableObject for Site {
    fn new(state: State, env: Env) -> Self {
        let storage = state.storage();
        let sql = storage.sql();
        let object = Object {
            state,
            storage,
            sql,
            env,
            ready: Cell::new(false),
            alarm: Cell::new(alarm::Known::NotAsked),
            draining: Cell::new(false),
            delivering: Cell::new(false),
            hooks: RefCell::new(None),
            program: RefCell::new(None),
            settled: Cell::new(None),
        };
        Self { object: AssertUnwindSafe(Rc::new(object)) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let export = request.path() == "/export";
        counted::taken_over(request.headers().get(counted::HEADER)?.as_deref());
        let outcome = match request.text().await {
            Ok(text) if export => return export::piece(&self.object, &text),
            Ok(text) => obey(&self.object, &text).await,
            Err(error) => Err(error.into()),
        };
        self.object.settle();
        match outcome {
            Ok(json) => Response::ok(json),
            Err(fail) => fail.into_document().respond(),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        // An alarm that fails six times in a row is dropped for good, so it never fails.
        alarm::ring(&self.object).await;
        self.object.settle();
        Response::empty()
    }
}

impl Object {
    fn read(&self) -> Read<'_> {
        Read(&self.sql)
    }

    /// Creates the tables where they are missing. Not in `new`, where a full quota would make every request fail.
    fn prepare(&self, schema: fn(&transaction::Write<'_>) -> Result<()>) -> Result<()> {
        if !self.ready.get() {
            transaction::transaction(&self.storage, schema)?;
            self.ready.set(true);
        }
        Ok(())
    }

    /// Takes nothing for granted that was in the tables.
    fn forget(&self) {
        self.ready.set(false);
        self.hooks.replace(None);
        self.program.replace(None);
    }

    /// Counts this call, and writes down what was counted if it is time.
    fn settle(&self) {
        counted::object();
        if self.ready.get()
            && let Err(fail) = usage::settle(self, now())
        {
            console_error!("counting: {fail}");
        }
    }

    /// Empties the outbox after the reply. What cannot be done now, the alarm will do; what comes while somebody is at it, they find.
    fn drain_afterwards(self: &Rc<Self>) {
        let hooked = !self.hooks.borrow().as_ref().is_some_and(|hooks| hooks.is_empty());
        if self.draining.get() && (!hooked || self.delivering.get()) {
            return;
        }
        let own = Rc::clone(self);
        self.state.wait_until(async move {
            if let Err(fail) = outbox::drain(&own).await {
                console_error!("afterwards: {fail}");
            }
            if hooked && let Err(fail) = hook::drain(&own).await {
                console_error!("hooks: {fail}");
            }
        });
    }
}

async fn obey(object: &Rc<Object>, text: &str) -> std::result::Result<String, Fail> {
    // A command that this release does not know comes from a newer one: retry, do not refuse.
    let command: Command = json::read(text).map_err(|fail| Fail::Unreachable(fail.to_string()))?;
    let now = now();
    match command {
        Command::Sites
        | Command::Knows { .. }
        | Command::Enlist { .. }
        | Command::Delist { .. }
        | Command::SignIn { .. }
        | Command::Session { .. }
        | Command::SignOut { .. }
        | Command::Note { .. }
        | Command::Account(_)
        | Command::Notes
        | Command::Token(_) => object.prepare(schema::registry)?,
        _ => object.prepare(schema::site)?,
    }
    match command {
        Command::Ingest(delivery) => reply(&ingest::ingest(object, *delivery, now).await?),
        Command::Late { ingest, reason } => reply(&late::late(object, *ingest, &reason, now).await?),
        Command::Refused { reason } => reply(&tally::refused(object, &reason, now)?),
        Command::Receipt { id, votes, answers } => {
            reply(&ingest::receipt(&object.read(), &id, votes.as_ref(), answers)?)
        }
        Command::Config => reply(&config::load(&object.read())?),
        Command::Edit(edit) => {
            // Of a site that is being deleted, nothing else is asked any more.
            alarm::heed(object).await?;
            reply(&config::change(object, *edit, now).await?)
        }
        Command::Report { from, to, latest } => {
            alarm::heed(object).await?;
            reply(&report::report(object, from, to, latest)?)
        }
        Command::Responses(page) => reply(&report::responses(&object.read(), &page)?),
        Command::Versions { widget } => reply(&count::of_versions(&object.read(), &widget)?),
        Command::Counts { from, to, widget } => reply(&report::counts(&object.read(), from, to, widget.as_ref())?),
        Command::Import { responses, views } => reply(&import::import(object, &responses, &views, now).await?),
        Command::Audit { day } => reply(&audit::audit(object, day, now).await?),
        Command::Rebuild { site } => reply(&rebuild::begin(object, &site, now).await?),
        Command::Hook(command) => hook::obey(object, command, now).await,
        Command::Inbox(command) => inbox::obey(object, command, now).await,
        Command::Data(command) => data::obey(object, command, now).await,
        Command::Member(command) => loyalty::member::obey(object, command, now).await,
        Command::People(command) => loyalty::people::obey(object, command, now).await,
        Command::Signer(command) => loyalty::signer::obey(object, command, now).await,
        Command::Play(command) => play::obey(object, command, now).await,
        Command::Talk(command) => hook::overheard(object, command, now).await,
        Command::Loyalty(command) => loyalty::obey(object, command, now).await,
        Command::Status => {
            alarm::heed(object).await?;
            reply(&report::status(object, now)?)
        }
        Command::Usage { from } => reply(&usage::since(&object.read(), from)?),
        Command::Install(command) => sighting::obey(object, &command, now),

        Command::Sites => reply(&registry::sites(&object.read())?),
        Command::Knows { site } => reply(&registry::knows(&object.read(), &site)?),
        Command::Enlist { site, name } => reply(&registry::enlist(object, &site, &name)?),
        Command::Delist { site } => reply(&registry::delist(object, &site)?),
        Command::SignIn { right, source, browser } => reply(&session::sign_in(object, right, &source, &browser, now)?),
        Command::Session { token } => reply(&session::find(object, &token, now)?),
        Command::SignOut { token, everywhere } => reply(&session::sign_out(object, &token, everywhere)?),
        Command::Note { what, who } => reply(&registry::note(object, &what, &who, now)?),
        Command::Account(command) => account::obey(object, &command, now),
        Command::Notes => reply(&registry::notes(&object.read())?),
        Command::Token(command) => token::obey(object, command, now),
    }
}

fn reply(value: &impl Serialize) -> std::result::Result<String, Fail> {
    Ok(serde_json::to_string(value)?)
}
