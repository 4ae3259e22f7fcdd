//! What the member asked for, until there is a verdict on it: kept on the device, sent again under the same id, and so done
//! once. The policy is that of answers.

use rapport_core::id;
use rapport_core::outbox::{self, Entry, Verdict};
use rapport_core::scan::{digits, take, whole};
use rapport_core::time::Timestamp;

use crate::PART;

/// A new act as storage keeps it. Parts: the moment, ten random bytes separated by commas, the body without its `{"id":…,`.
pub fn make(text: &str) -> Option<String> {
    let mut rest = Some(text);
    let now = Timestamp(whole(take(&mut rest, PART)?)?);
    let mut bytes = take(&mut rest, PART);
    let mut random = [0; 10];
    for byte in &mut random {
        *byte = whole(take(&mut bytes, b',')?)?;
    }
    let id = id::make(now, random);
    let body = ["{\"id\":\"", &id, "\",", rest?].concat();
    Some(Entry::new(id, 1, body, now).to_text())
}

/// What the Worker's answer means. Parts: status, code, whether it was a receipt, the moment, a random number, the act as it is
/// kept. `+` where it was done, `-` where it never will be; else the act, to be kept and sent again.
pub fn judge(text: &str) -> Option<String> {
    let mut rest = Some(text);
    let mut part = || take(&mut rest, PART);
    let (status, code, receipt) = (whole::<u32>(part()?)?, part()?, part()? == "1");
    let (now, lot) = (Timestamp(whole(part()?)?), whole::<u32>(part()?)?);
    let mut entry = Entry::parse(rest?)?;
    Some(match outbox::verdict(status as u16, code, receipt, &entry) {
        Verdict::Delivered => "+".to_owned(),
        // Nothing hangs on the moment in the id of an act.
        Verdict::Refused | Verdict::Restamp => "-".to_owned(),
        Verdict::Retry => {
            entry.failed(now, lot, 0);
            entry.to_text()
        }
    })
}

/// How long to wait before it is sent, in milliseconds. Parts: the moment, the act. Nothing where it is too old for anybody.
pub fn wait(text: &str) -> Option<String> {
    let mut rest = Some(text);
    let now = Timestamp(whole(take(&mut rest, PART)?)?);
    let entry = Entry::parse(rest?)?;
    (!outbox::expired(&entry, now)).then(|| digits((entry.due.0 - now.0).max(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_kept_until_there_is_a_verdict() {
        let entry = make("1700000000000\u{1f}1,2,3,4,5,6,7,8,9,10\u{1f}\"act\":\"redeem\"}").unwrap_or_default();
        assert!(entry.contains("{\"id\":\"018bcfe5-6800-7") && entry.ends_with("\"act\":\"redeem\"}"), "{entry}");
        let say = |status: u32, code: &str, receipt: u8| {
            judge(&format!("{status}\u{1f}{code}\u{1f}{receipt}\u{1f}1700000000000\u{1f}5\u{1f}{entry}"))
                .unwrap_or_default()
        };
        assert_eq!(say(200, "", 1), "+");
        assert_eq!(say(409, "sold_out", 0), "-");
        let id = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
        for (status, code) in [(0, ""), (503, "busy"), (429, "slow"), (404, ""), (200, "")] {
            let again = say(status, code, 0);
            assert_eq!(id(&again), id(&entry), "{status}: the same id again");
            let ms: i64 = wait(&format!("1700000000000\u{1f}{again}")).and_then(|ms| ms.parse().ok()).unwrap_or(-1);
            assert!((1_000..=2_000).contains(&ms), "{ms}");
        }
        assert_eq!(wait(&format!("1800000000000\u{1f}{entry}")), None);
        assert_eq!((make(""), judge("200"), wait("1")), (None, None, None));
    }
}
