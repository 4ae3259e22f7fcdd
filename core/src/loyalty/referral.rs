//! Members bring others. Who came is noted with whoever came, and what stands in the way of the credit is one of few rules,
//! each of which can be told to the person it stops. What the rules only suspect waits for the owner.

use serde::{Deserialize, Serialize};

use super::program::{Qualifies, Referral};
use crate::limits::CIRCLE;
use crate::time::{Day, Timestamp};

const DAY_MS: i64 = 86_400_000;
/// Whoever has been a member for longer than this was not brought by a link.
pub const NEW_MS: i64 = DAY_MS;
/// Without the signs that are taken for one another.
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How somebody came, and how far it has got.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Brought {
    /// The member whose link it was.
    pub by: String,
    pub at: Timestamp,
    /// Days on which they came, and the last of them.
    pub visits: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualified: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credited: Option<Timestamp>,
    /// The rule that it met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

/// A rule that suspects something. The owner decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Both came from one address on one day.
    Address,
    /// Who came did so on a device that acts for who brought them.
    Device,
    /// Both gave one e-mail address, as its provider reads it.
    Email,
    /// Who brought was brought, directly or not, by whom they bring.
    Circle,
    /// Too many in 24 hours.
    Velocity,
}

/// A rule that lets nothing through, as there is nothing to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Bar {
    /// There are no referrals here.
    Off,
    /// Nobody has this code.
    Unknown,
    /// Their own link.
    Own,
    /// Somebody else brought them before.
    Already,
    /// They were a member before they came by the link.
    NotNew,
}

/// What the owner made of a doubt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Verdict {
    pub approved: bool,
    pub why: String,
    pub at: Timestamp,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Step {
    /// For what qualifies.
    Waits,
    /// It took too long.
    Lapsed,
    /// For the owner.
    Look {
        doubt: Doubt,
    },
    /// Qualified, and credited after that.
    Held {
        until: Timestamp,
    },
    /// To be credited now.
    Due,
    Credited {
        at: Timestamp,
    },
    Refused,
}

/// Something that may qualify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    Purchase,
    Response,
    Visit,
}

/// What is known of a referral besides itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence<'a> {
    pub same_address: bool,
    pub same_device: bool,
    /// Of who came, and of who brought them; empty where unknown.
    pub emails: (&'a str, &'a str),
    pub circle: bool,
    /// Others whom the same member brought within the last 24 hours.
    pub recent: u32,
}

impl Brought {
    /// Somebody who has just come by a link.
    pub fn new(by: &str, now: Timestamp) -> Self {
        Self { by: by.to_owned(), at: now, ..Self::default() }
    }

    /// Where it stands.
    pub fn step(&self, rules: &Referral, now: Timestamp) -> Step {
        if let Some(at) = self.credited {
            return Step::Credited { at };
        }
        let approved = match &self.verdict {
            Some(verdict) if !verdict.approved => return Step::Refused,
            verdict => verdict.is_some(),
        };
        if let Some(doubt) = self.doubt.filter(|_| !approved) {
            return Step::Look { doubt };
        }
        match self.qualified {
            None if now > self.at.plus_ms(i64::from(rules.window) * DAY_MS) => Step::Lapsed,
            None => Step::Waits,
            Some(at) => match at.plus_ms(i64::from(rules.hold) * DAY_MS) {
                until if now < until => Step::Held { until },
                _ => Step::Due,
            },
        }
    }

    /// Notes what happened. True where it qualifies by it; only the first that does counts.
    pub fn note(&mut self, rules: &Referral, happened: Happened, now: Timestamp) -> bool {
        let late = now > self.at.plus_ms(i64::from(rules.window) * DAY_MS);
        if late || self.qualified.is_some() {
            return false;
        }
        if happened == Happened::Visit && self.seen != Some(now.day()) {
            self.seen = Some(now.day());
            self.visits = self.visits.saturating_add(1);
        }
        let qualifies = match rules.qualifies {
            Qualifies::Purchase => happened == Happened::Purchase,
            Qualifies::Response => happened == Happened::Response,
            Qualifies::Visits { n } => self.visits >= n,
        };
        if qualifies {
            self.qualified = Some(now);
        }
        qualifies
    }

    /// Whether a visit would change anything: most do not, and cost no row.
    pub fn counts_visits(&self, rules: &Referral, now: Timestamp) -> bool {
        matches!(rules.qualifies, Qualifies::Visits { .. }) && self.qualified.is_none() && self.seen != Some(now.day())
    }
}

/// The rule that a referral meets, the clearest first.
pub fn doubt(rules: &Referral, evidence: &Evidence<'_>) -> Option<Doubt> {
    let (who, by) = evidence.emails;
    if !who.is_empty() && mailbox(who) == mailbox(by) {
        return Some(Doubt::Email);
    }
    if evidence.same_device {
        return Some(Doubt::Device);
    }
    if evidence.circle {
        return Some(Doubt::Circle);
    }
    if evidence.same_address {
        return Some(Doubt::Address);
    }
    (evidence.recent >= rules.velocity).then_some(Doubt::Velocity)
}

/// Whether `who` is among those by whom `by` was brought, or by whom those were, and so on. `brought_by` tells who brought a
/// member.
pub fn circle<E>(
    who: &str,
    by: &str,
    mut brought_by: impl FnMut(&str) -> Result<Option<String>, E>,
) -> Result<bool, E> {
    let mut link = by.to_owned();
    for _ in 0..CIRCLE {
        match brought_by(&link)? {
            Some(before) if before == who => return Ok(true),
            Some(before) => link = before,
            None => return Ok(false),
        }
    }
    Ok(false)
}

/// An e-mail address as its provider reads it: in lower case, without what follows a plus, and at Google without dots.
pub fn mailbox(email: &str) -> String {
    let email = email.trim().to_lowercase();
    let Some((local, domain)) = email.rsplit_once('@') else { return email };
    let local = local.split('+').next().unwrap_or_default();
    match domain {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
        _ => format!("{local}@{domain}"),
    }
}

/// A member's code: 40 random bits in eight signs.
pub fn code(random: [u8; 5]) -> String {
    let bits = random.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let sign = |place: u32| SIGNS.get((bits >> (35 - 5 * place) & 31) as usize).copied().map_or('0', char::from);
    (0..8).map(sign).collect()
}

/// A code as somebody may have typed it.
pub fn read_code(text: &str) -> Option<String> {
    let sign = |sign: char| match sign.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        'u' => 'v',
        other => other,
    };
    let code: String = text.trim().chars().take(9).map(sign).collect();
    (code.len() == 8 && code.bytes().all(|byte| SIGNS.contains(&byte))).then_some(code)
}

impl Doubt {
    /// Its word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Device => "device",
            Self::Email => "email",
            Self::Circle => "circle",
            Self::Velocity => "velocity",
        }
    }
}

impl Bar {
    /// Its word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Unknown => "unknown",
            Self::Own => "own",
            Self::Already => "already",
            Self::NotNew => "not_new",
        }
    }
}

impl Step {
    /// Its word in JSON and in the index.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Lapsed => "lapsed",
            Self::Look { .. } => "look",
            Self::Held { .. } => "held",
            Self::Due => "due",
            Self::Credited { .. } => "credited",
            Self::Refused => "refused",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULES: Referral = Referral { welcome: 50, window: 30, qualifies: Qualifies::Purchase, hold: 14, velocity: 3 };
    const START: Timestamp = Timestamp(1_760_000_000_000);

    fn days(n: i64) -> Timestamp {
        START.plus_ms(n * DAY_MS)
    }

    #[test]
    fn the_usual_way() {
        let mut brought = Brought::new("anna", START);
        assert_eq!(brought.step(&RULES, START), Step::Waits);
        assert!(!brought.note(&RULES, Happened::Visit, days(1)) && !brought.note(&RULES, Happened::Response, days(1)));
        assert!(
            brought.note(&RULES, Happened::Purchase, days(2)) && !brought.note(&RULES, Happened::Purchase, days(3))
        );
        assert_eq!(brought.step(&RULES, days(3)), Step::Held { until: days(16) });
        assert_eq!(brought.step(&RULES, days(16)), Step::Due);
        brought.credited = Some(days(16));
        assert_eq!(brought.step(&RULES, days(90)), Step::Credited { at: days(16) });
    }

    #[test]
    fn too_late() {
        let mut brought = Brought::new("anna", START);
        assert!(!brought.note(&RULES, Happened::Purchase, days(31)));
        assert_eq!(brought.step(&RULES, days(31)), Step::Lapsed);
    }

    #[test]
    fn visits_count_by_the_day() {
        let rules = Referral { qualifies: Qualifies::Visits { n: 3 }, hold: 0, ..RULES };
        let mut brought = Brought::new("anna", START);
        assert!(!brought.note(&rules, Happened::Visit, START) && !brought.counts_visits(&rules, START));
        assert!(!brought.note(&rules, Happened::Visit, START) && brought.counts_visits(&rules, days(1)));
        assert!(!brought.note(&rules, Happened::Visit, days(1)) && brought.note(&rules, Happened::Visit, days(2)));
        assert_eq!(brought.step(&rules, days(2)), Step::Due);
    }

    #[test]
    fn a_doubt_waits_for_the_owner() {
        let mut brought = Brought { doubt: Some(Doubt::Circle), ..Brought::new("anna", START) };
        assert!(brought.note(&RULES, Happened::Purchase, days(1)));
        assert_eq!(brought.step(&RULES, days(60)), Step::Look { doubt: Doubt::Circle });
        brought.verdict = Some(Verdict { approved: true, ..Verdict::default() });
        assert_eq!(brought.step(&RULES, days(60)), Step::Due);
        brought.verdict = Some(Verdict { approved: false, why: "twins".to_owned(), at: days(2) });
        assert_eq!(brought.step(&RULES, days(60)), Step::Refused);
    }

    #[test]
    fn which_rule() {
        let told = |evidence: Evidence<'_>| doubt(&RULES, &evidence).map(Doubt::as_str);
        assert_eq!(told(Evidence::default()), None);
        assert_eq!(told(Evidence { recent: 2, ..Evidence::default() }), None);
        assert_eq!(told(Evidence { recent: 3, ..Evidence::default() }), Some("velocity"));
        assert_eq!(told(Evidence { same_device: true, circle: true, ..Evidence::default() }), Some("device"));
        assert_eq!(told(Evidence { same_address: true, recent: 9, ..Evidence::default() }), Some("address"));
        assert_eq!(
            told(Evidence { emails: ("A.nna+x@GoogleMail.com", "anna@gmail.com"), ..Evidence::default() }),
            Some("email")
        );
        assert_eq!(told(Evidence { emails: ("an.na@firm.example", "anna@firm.example"), ..Evidence::default() }), None);
        assert_eq!(
            told(Evidence { emails: ("anna+1@firm.example", "Anna@firm.example"), ..Evidence::default() }),
            Some("email")
        );
    }

    #[test]
    fn circles() {
        let links = [("anna", "ben"), ("ben", "cleo"), ("cleo", "dora")];
        let by =
            |who: &str| Ok::<_, ()>(links.iter().find(|(member, _)| *member == who).map(|(_, by)| (*by).to_owned()));
        assert_eq!(circle("cleo", "anna", by), Ok(true));
        assert_eq!(circle("eve", "anna", by), Ok(false));
        // A ring that was there before anybody looked does not go on for ever.
        assert_eq!(circle("eve", "anna", |_| Ok::<_, ()>(Some("anna".to_owned()))), Ok(false));
    }

    #[test]
    fn codes() {
        assert_eq!(code([0; 5]), "00000000");
        assert_eq!(code([255; 5]), "zzzzzzzz");
        assert_eq!(read_code(" OIL0abcd "), Some("0110abcd".to_owned()));
        for wrong in ["", "abc", "abcdefgh9", "abcdefg!", "ábcdefgh"] {
            assert_eq!(read_code(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn codes_are_read_as_they_are_made(random: [u8; 5]) {
            prop_assert_eq!(read_code(&code(random)), Some(code(random)));
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = (mailbox(&text), read_code(&text));
        }
    }
}
