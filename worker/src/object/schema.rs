//! The tables, and why each has the shape it has: every row written counts against a daily quota, index entries
//! included, so tables have hardly any secondary index and no row number beside their key.

use worker::Result;

use super::transaction::Write;

/// Of every object: what was counted on a day.
const USAGE: &str =
    "CREATE TABLE IF NOT EXISTS usage (day INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL)";

/// Of a site's object.
const SITE: &[&str] = &[
    // The configuration is one value: it is read and replaced as a whole.
    "CREATE TABLE IF NOT EXISTS config (
        one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL, body TEXT NOT NULL)",
    // Ids are UUIDv7, so the key is in order of time and a day is a range of ids: no index on the day is needed. The
    // body is the value that KV keeps: with it either side can repair the other, and the outbox need not hold it.
    "CREATE TABLE IF NOT EXISTS response (
        id TEXT PRIMARY KEY, widget TEXT NOT NULL, revision INTEGER NOT NULL, complete INTEGER NOT NULL, body TEXT NOT NULL)
        WITHOUT ROWID",
    // How many there are of a day, where that was counted and nothing has changed since.
    "CREATE TABLE IF NOT EXISTS held (day INTEGER PRIMARY KEY, responses INTEGER NOT NULL)",
    // All counts of a version and day are one JSON object: one row written for a response, however many answers it has.
    // An absent variant is '' because a key column cannot be NULL.
    "CREATE TABLE IF NOT EXISTS count (
        widget TEXT NOT NULL, day INTEGER NOT NULL, version INTEGER NOT NULL, variant TEXT NOT NULL, keys TEXT NOT NULL,
        PRIMARY KEY (widget, day, version, variant)) WITHOUT ROWID",
    // All view counts of a day are one value: one row written for a beacon, and the value that goes to KV.
    "CREATE TABLE IF NOT EXISTS view (day INTEGER PRIMARY KEY, body TEXT NOT NULL, closed INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE IF NOT EXISTS tally (
        day INTEGER NOT NULL, outcome TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (day, outcome)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS active (
        day INTEGER NOT NULL, visitor TEXT NOT NULL, responses INTEGER NOT NULL, PRIMARY KEY (day, visitor)) WITHOUT ROWID",
    // Of those, how many on a day had been there so many days before: what an audience is counted by.
    "CREATE TABLE IF NOT EXISTS reach (
        day INTEGER NOT NULL, gap INTEGER NOT NULL, visitors INTEGER NOT NULL, PRIMARY KEY (day, gap)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS salt (day INTEGER PRIMARY KEY, value BLOB NOT NULL)",
    // What KV lacks: `kind` and `ref` say which value, the value itself is looked up when it is sent. `stamp` rises with
    // every change, so that a change during sending is not taken for sent. A row without `due` is parked.
    "CREATE TABLE IF NOT EXISTS outbox (
        kind TEXT NOT NULL, ref TEXT NOT NULL, due INTEGER, stamp INTEGER NOT NULL, attempts INTEGER NOT NULL, fault TEXT,
        PRIMARY KEY (kind, ref)) WITHOUT ROWID",
    // Costs nothing but for what is parked, and finds that in a long queue.
    "CREATE INDEX IF NOT EXISTS outbox_parked ON outbox (kind) WHERE due IS NULL",
    // The inbox: what filters ask for of each response, with the owner's status, tags and mark beside it. `seq` is made of the
    // response's moment. The one index there is leads to what is new, however much there is that was handled long ago.
    "CREATE TABLE IF NOT EXISTS inbox (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL, widget TEXT NOT NULL, complete INTEGER NOT NULL, mood TEXT NOT NULL,
        page TEXT NOT NULL, locale TEXT NOT NULL, country TEXT NOT NULL, device TEXT NOT NULL, traits TEXT NOT NULL,
        doubts TEXT NOT NULL, visitor TEXT NOT NULL, status TEXT NOT NULL, tags TEXT NOT NULL, test INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS inbox_status ON inbox (status, seq)",
    // Terms as `core::inbox` cuts them: no positions are needed, and the texts are in the responses.
    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
        terms, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii')",
    // Responses whose words are not in the index yet.
    "CREATE TABLE IF NOT EXISTS unindexed (seq INTEGER PRIMARY KEY)",
    // What the owner made of responses; of those that nobody has touched there is no row.
    "CREATE TABLE IF NOT EXISTS handled (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS undo (token TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS desk (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS blocked (visitor TEXT PRIMARY KEY) WITHOUT ROWID",
    // KV is left alone until then after it failed.
    "CREATE TABLE IF NOT EXISTS hold (one INTEGER PRIMARY KEY CHECK (one = 1), until INTEGER NOT NULL, strikes INTEGER NOT NULL)",
    // `failing` is since when nothing gets through, `struck` until when digests have been queued.
    "CREATE TABLE IF NOT EXISTS hook (
        id TEXT PRIMARY KEY, body TEXT NOT NULL, failing INTEGER, struck INTEGER NOT NULL) WITHOUT ROWID",
    // Queue and log in one: a row without `due` is settled. What was sent is not kept, only what it was about.
    "CREATE TABLE IF NOT EXISTS delivery (
        hook TEXT NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL, about TEXT NOT NULL, at INTEGER NOT NULL, due INTEGER,
        attempts INTEGER NOT NULL, ok INTEGER, status INTEGER, ms INTEGER, why TEXT, told TEXT,
        PRIMARY KEY (hook, id)) WITHOUT ROWID",
    // Tombstones: nothing brings an erased response back. `due` is when KV has to forget it, NULL once it has; the body is
    // there for as long as the erasure can be taken back; `at` is when it was erased, then when KV forgot it.
    "CREATE TABLE IF NOT EXISTS erased (
        id TEXT PRIMARY KEY, at INTEGER NOT NULL, due INTEGER, body TEXT) WITHOUT ROWID",
    // Ids that were refused for their time, and until when another copy might be in time: its device has stamped the answer anew.
    "CREATE TABLE IF NOT EXISTS late (id TEXT PRIMARY KEY, reason TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID",
    // Days whose responses are no longer kept: their counts for good, how far KV has been swept of the values, and whether to
    // the end.
    "CREATE TABLE IF NOT EXISTS folded (
        day INTEGER PRIMARY KEY, body TEXT NOT NULL, cursor TEXT, swept INTEGER NOT NULL DEFAULT 0)",
    // Deletions are left alone until then: they have a quota of their own.
    "CREATE TABLE IF NOT EXISTS erasing (one INTEGER PRIMARY KEY CHECK (one = 1), until INTEGER NOT NULL)",
    // The site was deleted, and its day is over. `clean` is since when KV's lists have nothing of it.
    "CREATE TABLE IF NOT EXISTS ending (one INTEGER PRIMARY KEY CHECK (one = 1), clean INTEGER)",
    "CREATE TABLE IF NOT EXISTS rebuild (
        one INTEGER PRIMARY KEY CHECK (one = 1), phase TEXT NOT NULL, cursor TEXT, replayed INTEGER NOT NULL)",
    // What the programme needs besides its members; see `loyalty::kept`. Refused tokens are for the owner to look into.
    "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
    // Who tried recovery phrases that there are not.
    "CREATE TABLE IF NOT EXISTS throttle (
        source TEXT PRIMARY KEY, wrong INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS refused_token (why TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS sighting (origin TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID",
];

/// Of the registry.
const REGISTRY: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS site (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID",
    // The token itself is only in the owner's cookie.
    "CREATE TABLE IF NOT EXISTS session (
        hash TEXT PRIMARY KEY, csrf TEXT NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID",
    // As with sessions. `scopes` and `sites` are words with spaces between them; no site means all of them.
    "CREATE TABLE IF NOT EXISTS token (
        hash TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, sites TEXT NOT NULL, created INTEGER NOT NULL,
        expires INTEGER, used INTEGER) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS throttle (
        source TEXT PRIMARY KEY, wrong INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS browser (session TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID",
    // A key that was made on the dashboard, and the deployment's secret that it took the place of.
    "CREATE TABLE IF NOT EXISTS key (
        one INTEGER PRIMARY KEY CHECK (one = 1), digest TEXT NOT NULL, over TEXT NOT NULL, at INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS note (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL)",
];

/// Creates what a site's object lacks.
pub fn site(write: &Write<'_>) -> Result<()> {
    write.run(USAGE, Vec::new())?;
    let loyalty = super::loyalty::schema::TABLES.iter().chain(super::loyalty::people::TABLES);
    let tables = SITE.iter().chain(loyalty).chain(super::play::TABLES);
    tables.into_iter().try_for_each(|table| write.run(table, Vec::new()).map(drop))?;
    super::visitor::prepare(write)
}

/// Creates what the registry lacks.
pub fn registry(write: &Write<'_>) -> Result<()> {
    write.run(USAGE, Vec::new())?;
    REGISTRY.iter().try_for_each(|table| write.run(table, Vec::new()).map(drop))
}
