//! Every bound in one table. Each is named in the error that reports it.

/// A request body to `/e/{site}`, in bytes.
pub const BODY_BYTES: usize = 32 * 1024;
/// Characters of a message in a conversation.
pub const MESSAGE_CHARS: u32 = 2_000;
/// Messages that a visitor may send before the owner writes again.
pub const MESSAGES_IN_A_ROW: usize = 5;
/// Responses of one device whose replies are asked for at once.
pub const TALKS: usize = 10;
/// Fields of one response, counting each chosen option and matrix row as one.
pub const FIELDS: usize = 200;
/// Questions of one widget.
pub const QUESTIONS: usize = 50;
/// Options of one choice, ranking or matrix axis.
pub const OPTIONS: usize = 30;
/// Characters of any text answer.
pub const TEXT_CHARS: u32 = 5_000;
/// Characters of an e-mail address (RFC 5321, 4.5.3.1.3).
pub const EMAIL_CHARS: u32 = 254;
/// Characters of a title, hint, label or button that the owner writes.
pub const LABEL_CHARS: u32 = 500;
/// Characters of a page address; longer ones are cut, not refused: the address is context, not an answer.
pub const PAGE_CHARS: usize = 1_000;
/// Characters of a show-if expression.
pub const EXPR_CHARS: usize = 500;
/// Nesting of a show-if expression.
pub const EXPR_DEPTH: usize = 16;
/// Widgets of one site.
pub const WIDGETS: usize = 50;
/// Kept versions of one widget.
pub const VERSIONS: usize = 100;
/// Variants of one widget.
pub const VARIANTS: usize = 8;
/// Languages of one text.
pub const LOCALES: usize = 40;
/// Origins of one site.
pub const ORIGINS: usize = 50;
/// Path patterns, traits and other lists of one targeting.
pub const GATES: usize = 20;
/// Traits that one visitor carries.
pub const TRAITS: usize = 20;
/// Characters of one trait's name or value, or of an event property.
pub const TRAIT_CHARS: usize = 100;
/// Widgets that one beacon may count.
pub const BEACON_WIDGETS: usize = 20;
/// Age past which an answer is refused, in milliseconds: 7 days. The table of seen ids need not look further back.
pub const OLDEST_MS: i64 = 7 * 24 * 60 * 60 * 1_000;
/// Age past which an answer that has arrived changes no more, in milliseconds: 14 days, the least for which answers are kept.
pub const LATEST_MS: i64 = 2 * OLDEST_MS;
/// How far ahead of the Worker's clock a device's may run, in milliseconds: 1 hour.
pub const AHEAD_MS: i64 = 60 * 60 * 1_000;
/// KV metadata of one key, in bytes.
pub const METADATA_BYTES: usize = 1_024;
/// Tokens of one owner.
pub const TOKENS: u32 = 50;
/// Characters of a token's name.
pub const TOKEN_NAME: u32 = 60;
/// Days after which responses may be deleted, least and most. Ids live for 7 days, and until then nothing may be final.
pub const RETENTION_DAYS: (u32, u32) = (14, 3_650);
/// Tags of one response, and characters of one of them.
pub const TAGS: usize = 20;
/// Characters of a tag.
pub const TAG_CHARS: usize = 40;
/// Characters of the owner's note on a response.
pub const NOTE_CHARS: usize = 5_000;
/// Messages of one thread.
pub const MESSAGES: usize = 100;
/// Entries of news that one response is linked to.
pub const NEWS_LINKS: usize = 20;
/// Views of the inbox that are kept.
pub const VIEWS: usize = 50;
/// Characters of what is searched for.
pub const SEARCH_CHARS: usize = 200;
/// Prizes of one draw.
pub const DRAW_PRIZES: usize = 20;
/// Prizes of one draw, counted by stock.
pub const DRAW_WINNERS: u32 = 1_000;
/// Tickets of one draw: its page lists them all.
pub const DRAW_TICKETS: u32 = 20_000;
/// The longest odds: one ticket in this many.
pub const ONE_IN: u32 = 1_000_000;
/// Links of a chain of referrals that are looked at for a circle.
pub const CIRCLE: usize = 16;
/// Rules of one loyalty programme.
pub const LOYALTY_RULES: usize = 30;
/// Its tiers.
pub const LOYALTY_TIERS: usize = 10;
/// Its rewards.
pub const LOYALTY_REWARDS: usize = 50;
/// Its draws.
pub const LOYALTY_DRAWS: usize = 20;
/// Streaks of one rule.
pub const LOYALTY_STREAKS: usize = 10;
/// Points and money in a ledger: what JavaScript's numbers hold exactly.
pub const POINTS: i64 = (1 << 53) - 1;
/// Characters of a note in a ledger: a code, an order's number, a reason.
pub const LINE_CHARS: usize = 300;
/// Days after which a reward that was not handed out is given back.
pub const HOLD_DAYS: i64 = 30;
/// Days that an account knows one by one; a tier's window is no longer.
pub const LADDER_DAYS: u32 = 731;
/// Days on which somebody was last active, kept to tell whether they are late.
pub const ACTIVE_DAYS: usize = 12;
/// Accounts that may go up in one.
pub const MERGES: u32 = 20;
/// Codes of one reward.
pub const POOL_CODES: u32 = 50_000;
/// Characters of a code.
pub const CODE_CHARS: usize = 64;
/// The most points that a rule gives, a reward costs or a prize brings at once.
pub const LOYALTY_POINTS: u32 = 10_000_000;
/// Characters of an address that a reward leads to.
pub const URL_CHARS: u32 = 1_000;
