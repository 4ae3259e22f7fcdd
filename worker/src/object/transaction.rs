//! The only door for writes to the object's storage.
//!
//! An `Err` or a panic does not undo earlier `sql.exec` calls by itself. The runtime's `transactionSync` does, but the
//! `worker` crate does not bind it, so it is reached by name here.

use std::cell::Cell;

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::ScopedClosure;
use wasm_bindgen::{JsCast, JsValue};
use worker::{Error, Result, SqlStorage, SqlStorageValue as Value, Storage};

use super::sql::{Read, run};
use crate::usage;

thread_local! {
    /// Rows written by the objects of this isolate since it started.
    static ROWS: Cell<u64> = const { Cell::new(0) };
}

/// Rows written by the objects of this isolate since it started, indexes included: what the daily quota counts.
pub fn rows_written() -> u64 {
    ROWS.get()
}

/// Writing, within a transaction.
pub struct Write<'a>(&'a SqlStorage);

impl Write<'_> {
    /// Runs one statement and tells how many rows the storage counts as written, indexes included.
    pub fn run(&self, statement: &'static str, values: Vec<Value>) -> Result<usize> {
        let cursor = run(self.0, statement, values)?;
        // None of ours returns rows, so it has run to its end.
        let rows = cursor.rows_written() as usize;
        usage::rows(cursor.rows_read() as usize, rows);
        ROWS.set(ROWS.get().saturating_add(rows as u64));
        Ok(rows)
    }

    /// Drops all tables but those that are named: the rows of a table that is dropped do not count as written.
    pub fn drop_tables(&self, but: &[&str]) -> Result<()> {
        // Those of the runtime, and those that go along with the virtual table of words, are not ours to drop.
        let query = "SELECT name FROM sqlite_master WHERE type = 'table' AND NOT (
            name GLOB 'sqlite_*' OR name GLOB '_cf_*' OR name GLOB 'words_*')";
        let names = self.read().all(query, Vec::new(), |row| row.text())?;
        for name in names.iter().filter(|name| !but.contains(&name.as_str())) {
            self.0.exec(&format!("DROP TABLE \"{name}\""), None)?;
        }
        Ok(())
    }

    /// Reading what has been written so far.
    pub fn read(&self) -> Read<'_> {
        Read(self.0)
    }
}

/// Runs `work` in one synchronous transaction: all of its writes are kept, or, after an `Err` or a panic, none.
pub fn transaction<T, E: From<Error>>(
    storage: &Storage,
    mut work: impl FnMut(&Write<'_>) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    // The result stays on the Rust side: JavaScript only needs to see whether the closure threw, because that is what
    // rolls the transaction back.
    let mut outcome = None;
    let committed = commit(storage, &mut |write| outcome.insert(work(write)).is_ok());
    match (committed, outcome) {
        // The closure succeeded and the commit did too.
        (Ok(()), Some(result)) => result,
        // The closure failed; its own error says more than what was thrown.
        (Err(_), Some(Err(error))) => Err(error),
        // A panic inside the closure, or a commit that the storage refused.
        (Err(thrown), _) => Err(thrown.into()),
        (Ok(()), None) => Err(Error::RustError("the transaction did not run".to_owned()).into()),
    }
}

/// The part that is the same for every transaction. `work` tells whether its writes are to be kept.
fn commit(storage: &Storage, work: &mut dyn FnMut(&Write<'_>) -> bool) -> Result<()> {
    let raw: &JsValue = storage.as_raw().as_ref();
    let begin: Function = Reflect::get(raw, &JsValue::from_str("transactionSync"))?
        .dyn_into()
        .map_err(|_| Error::RustError("this runtime has no transactionSync".to_owned()))?;
    let sql = storage.sql();
    let mut body = || -> std::result::Result<JsValue, JsValue> {
        if work(&Write(&sql)) { Ok(JsValue::UNDEFINED) } else { Err(JsValue::from_str("rolled back")) }
    };
    // Unwinding through the closure leaves nothing half-changed: the outcome stays `None`, the database is rolled back,
    // and both are only looked at afterwards.
    let closure =
        ScopedClosure::<dyn FnMut() -> std::result::Result<JsValue, JsValue>>::borrow_mut_assert_unwind_safe(&mut body);
    begin.call1(raw, closure.as_js_value())?;
    Ok(())
}
