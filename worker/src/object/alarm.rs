//! The alarm: what makes sure that nothing is forgotten when nobody calls.

use std::rc::Rc;

use rapport_core::time::Timestamp;
use worker::{Date, DateInit, ScheduledTime, console_error};

use super::transaction::transaction;
use super::{Object, audit, ending, erase, fold, hook, inbox, late, loyalty, outbox, play, rebuild, view, visitor};
use crate::clock::now;
use crate::problem::Fail;

/// The alarm's distance after a response: sending is tried at once anyway, so the alarm is only there for a crash.
pub const SOON_MS: i64 = 15_000;
/// The alarm that is set before any work is done, should the work be cut off.
const FALLBACK_MS: i64 = 60_000;

/// When the alarm will ring, as far as this instance knows.
#[derive(Clone, Copy, Debug)]
pub enum Known {
    NotAsked,
    Silent,
    At(Timestamp),
}

/// Makes sure that the alarm rings at `at` or earlier. Setting it is a row written, so an earlier alarm is left alone.
pub async fn by(object: &Object, at: Timestamp) -> Result<(), Fail> {
    match object.alarm.get() {
        // One whose moment has passed may be ringing, or lost: that cannot be seen from here, and another one does no harm.
        Known::At(known) if known <= at && known > now() => Ok(()),
        // Not knowing, it is set: asking the storage first would let other events in between the rows and their alarm. What there
        // is to do the rows themselves tell, so that no earlier alarm is pushed back, as far as midnight.
        _ => {
            let (wanted, now) = (wanted(object)?.unwrap_or(at), now());
            // What is due already is being seen to, or is seen to before long: an alarm for it now would ring for every answer.
            set(object, at.min(if wanted > now { wanted } else { now.plus_ms(SOON_MS) })).await
        }
    }
}

/// Makes sure that what there is to do has an alarm, when the owner looks: the runtime may have lost one. It costs a row for each
/// start of the object, and nothing as long as the known alarm is to come or has only just passed.
pub async fn heed(object: &Object) -> Result<(), Fail> {
    match object.alarm.get() {
        Known::Silent => Ok(()),
        Known::At(known) if known > now().plus_ms(-FALLBACK_MS) => Ok(()),
        Known::NotAsked | Known::At(_) => match wanted(object)? {
            Some(at) => set(object, at.max(now())).await,
            None => Ok(()),
        },
    }
}

/// 1. Set the next alarm first: whatever happens below, there will be another.
/// 2. If the site was deleted a day ago, go on with that and nothing else.
/// 3. Close days and delete salts that are over.
/// 4. Send to KV what is due.
/// 5. Queue digests whose hour has come, and send what hooks have to deliver.
/// 6. Delete in KV what was erased, and fold days that are older than the owner wants to keep.
/// 7. Go on with a rebuild.
/// 8. Index words.
/// 9. Once a day, compare yesterday with KV.
/// 10. Let time do to members' accounts what it does.
/// 11. Set the alarm to when there will be something to do, if ever.
pub async fn ring(object: &Rc<Object>) {
    let report = |outcome: Result<(), Fail>| {
        if let Err(fail) = outcome {
            console_error!("alarm: {fail}");
        }
    };
    report(set(object, now().plus_ms(FALLBACK_MS)).await);
    if let Err(error) = object.prepare(super::schema::site) {
        console_error!("alarm: {error}");
        return;
    }
    match ending::go_on(object).await {
        Ok(None) => {}
        Ok(Some(ending::Next::Gone)) => return,
        Ok(Some(ending::Next::At(at))) => return report(set(object, at).await),
        Err(fail) => return report(Err(fail)),
    }
    let turned = close_day(object);
    report(outbox::drain(object).await);
    report(hook::forget(object, now()));
    report(hook::strike(object, now()));
    report(hook::drain(object).await);
    report(erase::drain(object).await);
    report(fold::go_on(object, now()).await);
    report(rebuild::go_on(object).await);
    report(inbox::go_on(object));
    report(loyalty::sweep::go_on(object));
    report(play::go_on(object, now()).map(drop));
    match turned {
        Ok(true) => report(audit::audit(object, now().day().plus(-1), now()).await.map(drop)),
        Ok(false) => {}
        Err(fail) => report(Err(fail)),
    }
    report(rest(object).await);
}

/// Whether a day in which somebody came has come to its end.
fn close_day(object: &Object) -> Result<bool, Fail> {
    let now = now();
    transaction(&object.storage, |write| {
        let viewed = view::close_before(write, now.day(), now)?;
        erase::forget(write, now)?;
        late::forget(write, now)?;
        // Who only looks draws no salt, and where devices have ids of their own nobody does.
        Ok(visitor::forget(write, now.day())? || viewed)
    })
}

async fn rest(object: &Object) -> Result<(), Fail> {
    match wanted(object)? {
        // What has just arrived is being sent by whoever took it in.
        Some(at) if object.draining.get() => set(object, at.max(now().plus_ms(SOON_MS))).await,
        Some(at) => set(object, at).await,
        None => {
            object.alarm.set(Known::Silent);
            Ok(object.storage.delete_alarm().await?)
        }
    }
}

/// When there will be something to do.
fn wanted(object: &Object) -> Result<Option<Timestamp>, Fail> {
    let (read, now) = (object.read(), now());
    let sending = outbox::next(&read)?;
    let deleting = erase::next(&read)?;
    let rested = outbox::hold(&read)?.map_or(now, |until| until.max(now));
    let rebuilding = rebuild::under_way(&read)?.then_some(rested);
    let folding = fold::next(&read, now)?;
    let midnight = (view::any_open(&read)? || visitor::any_salt(&read)?).then_some(now.day().plus(1).start());
    let ends = ending::due(&read)?;
    let delivering = hook::next(&read, now)?;
    let digest = hook::next_strike(object, now)?;
    let forgetting = hook::next_forgotten(&read)?;
    let loyal = [loyalty::sweep::next(&read)?, play::next(&read, now)?].into_iter().flatten().min();
    let indexing = inbox::next(&read, now)?;
    Ok([sending, delivering, digest, forgetting, deleting, folding, rebuilding, indexing, loyal, midnight, ends]
        .into_iter()
        .flatten()
        .min())
}

async fn set(object: &Object, at: Timestamp) -> Result<(), Fail> {
    object.alarm.set(Known::At(at));
    let millis = u64::try_from(at.0.max(0)).unwrap_or(0);
    let date = js_sys::Date::from(Date::new(DateInit::Millis(millis)));
    Ok(object.storage.set_alarm(ScheduledTime::new(date)).await?)
}
