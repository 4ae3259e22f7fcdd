//! The ledger's tables. What can be derived from members and entries – accounts, acts, aliases, the agenda, stock, redemptions –
//! is here for speed, and made anew by a rebuild.

/// Of a site's object.
pub const TABLES: &[&str] = &[
    // The last line of defence: no balance below zero or beyond what JavaScript can count is ever committed.
    "CREATE TABLE IF NOT EXISTS member (
        id TEXT PRIMARY KEY, body TEXT NOT NULL, account TEXT NOT NULL,
        balance INTEGER NOT NULL CHECK (balance >= 0 AND balance < 9007199254740992), due INTEGER) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS entry (
        member TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (member, seq)) WITHOUT ROWID",
    // What was done under which id, and where it begins in the ledger: the second of two is an error of the database.
    "CREATE TABLE IF NOT EXISTS acted (id TEXT PRIMARY KEY, member TEXT NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID",
    // What members are found by; see `Member::aliases`.
    "CREATE TABLE IF NOT EXISTS alias (key TEXT PRIMARY KEY, member TEXT NOT NULL) WITHOUT ROWID",
    // Whose account time will change, and when: a lower bound, so that an act which puts it off writes no row.
    "CREATE TABLE IF NOT EXISTS agenda (
        at INTEGER NOT NULL, member TEXT NOT NULL, PRIMARY KEY (at, member)) WITHOUT ROWID",
    // `most` is the stock that the programme had when the last one was taken. `behind` is a code behind which the free ones are.
    "CREATE TABLE IF NOT EXISTS stock (
        reward TEXT PRIMARY KEY, taken INTEGER NOT NULL CHECK (taken >= 0), most INTEGER, codes INTEGER NOT NULL DEFAULT 0,
        given INTEGER NOT NULL DEFAULT 0, behind TEXT NOT NULL DEFAULT '', page INTEGER NOT NULL DEFAULT 0,
        CHECK (most IS NULL OR taken <= most)) WITHOUT ROWID",
    // `act` is the redemption that a code went to. Pages are KV's values.
    "CREATE TABLE IF NOT EXISTS code (
        reward TEXT NOT NULL, code TEXT NOT NULL, page INTEGER NOT NULL, act TEXT, PRIMARY KEY (reward, code)) WITHOUT ROWID",
    // By state, so that the few that wait for the owner are found among the many that are settled.
    "CREATE TABLE IF NOT EXISTS redemption (
        state INTEGER NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL, member TEXT NOT NULL, reward TEXT NOT NULL,
        points INTEGER NOT NULL, code TEXT NOT NULL, settled INTEGER, why TEXT NOT NULL,
        PRIMARY KEY (state, at, id)) WITHOUT ROWID",
    // What the owner has ticked off as handed over, or un-ticked.
    "CREATE TABLE IF NOT EXISTS handed (
        id TEXT PRIMARY KEY, done INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL) WITHOUT ROWID",
    // Ledgers with a line that does not follow from the one before, for the owner to see.
    "CREATE TABLE IF NOT EXISTS torn (member TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID",
];
