//! Counting what quotas count, in the memory of the isolate. Objects write it down with what they write anyway, a row a
//! minute or for fifty calls; what an isolate counted since then is lost with it, so the counts are a little low and never high.

use std::cell::Cell;

use rapport_core::usage::Counts;

use crate::json;

/// The header in which a Worker hands its counts to an object.
pub const HEADER: &str = "x-rapport-usage";

thread_local! {
    static PENDING: Cell<Counts> = const { Cell::new(Counts {
        requests: 0, objects: 0, rows_written: 0, rows_read: 0, kv_writes: 0, kv_reads: 0, kv_deletes: 0, kv_lists: 0,
    }) };
    /// Rows read since the isolate started, whoever has written that down.
    static READ: Cell<u64> = const { Cell::new(0) };
}

/// Counts.
pub fn add(counts: Counts) {
    PENDING.set(PENDING.get().plus(counts));
}

/// What was counted since the last time, which is then somebody else's to keep.
pub fn take() -> Counts {
    PENDING.take()
}

/// What waits to be written down.
pub fn pending() -> Counts {
    PENDING.get()
}

/// The same as a header; nothing where nothing was counted.
pub fn handed_over() -> (Counts, Option<String>) {
    let counts = take();
    let text = (counts != Counts::default()).then(|| serde_json::to_string(&counts).unwrap_or_default());
    (counts, text)
}

/// Takes over what a Worker handed to an object.
pub fn taken_over(header: Option<&str>) {
    if let Some(counts) = header.and_then(|text| json::read::<Counts>(text).ok()) {
        add(counts);
    }
}

/// One request to the Worker.
pub fn request() {
    add(Counts { requests: 1, ..Counts::default() });
}

/// One request to an object, or one alarm of it.
pub fn object() {
    add(Counts { objects: 1, ..Counts::default() });
}

/// Rows of a database.
pub fn rows(read: usize, written: usize) {
    READ.set(READ.get().saturating_add(read as u64));
    add(Counts { rows_read: read as u64, rows_written: written as u64, ..Counts::default() });
}

/// Rows read by the objects of this isolate since it started: looked at, not found.
pub fn rows_read() -> u64 {
    READ.get()
}

/// Operations of KV, by the method that was called.
pub fn kv(method: &str, keys: usize) {
    let keys = keys as u64;
    add(match method {
        "get" => Counts { kv_reads: keys, ..Counts::default() },
        "put" => Counts { kv_writes: keys, ..Counts::default() },
        "delete" => Counts { kv_deletes: keys, ..Counts::default() },
        _ => Counts { kv_lists: keys, ..Counts::default() },
    });
}
