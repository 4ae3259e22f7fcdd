//! Who takes part. A member is anonymous as long as only a device knows them: by a secret that was made there and of which the
//! site's object keeps the digest. They are identified once the owner's server has said who they are, by a signed token.

use serde::{Deserialize, Serialize};

use super::play::Play;
use super::profile::{Change, Profile};
use super::referral::NEW_MS;
use crate::time::Timestamp;

/// Devices that one member may use; the oldest is signed out by one more.
pub const DEVICES: usize = 10;
/// Characters of the owner's id of a customer.
pub const EXTERNAL_CHARS: usize = 100;
/// Characters of a device's secret: 32 random bytes in base64url without padding.
pub const SECRET_CHARS: usize = 43;

/// A member, as the object and KV keep them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// UUIDv7, made by the site's object.
    pub id: String,
    /// One more with every change.
    #[serde(default)]
    pub revision: u32,
    pub created: Timestamp,
    /// The owner's own id of this customer; empty as long as they are anonymous.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub external: String,
    /// The devices that may act for them, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<Device>,
    /// The digest of the recovery phrase, where there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phrase: String,
    #[serde(default)]
    pub profile: Profile,
    /// The owner's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When they left. What they had is gone, and their ledger stays without them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Timestamp>,
    /// Into whom they were merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<String>,
    /// Of their own link, by which they bring others; empty until they ask for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// How they came, and how their quizzes went.
    #[serde(default, skip_serializing_if = "Play::is_empty")]
    pub play: Play,
}

/// A device that may act for a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Device {
    /// SHA-256 of its secret, in lower-case hex.
    pub digest: String,
    pub at: Timestamp,
}

/// How somebody shows who they are. Both may be given: then what was collected on the device goes to whom the token names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Proof {
    /// The device's secret; empty where there is none yet.
    pub secret: String,
    /// What the owner's server signed; empty where nobody is signed in.
    pub token: String,
}

impl Member {
    /// A new member.
    pub fn new(id: String, now: Timestamp) -> Self {
        Self { id, created: now, ..Self::default() }
    }

    /// By what they are found: the owner's id, their devices, the recovery phrase, the code of their link.
    pub fn aliases(&self) -> Vec<String> {
        let named = |kind: char, value: &String| (!value.is_empty()).then(|| format!("{kind}:{value}"));
        let one = [named('x', &self.external), named('p', &self.phrase), named('r', &self.code)];
        one.into_iter().flatten().chain(self.devices.iter().map(|device| format!("s:{}", device.digest))).collect()
    }

    /// Whether the owner's server has not yet said who this is.
    pub const fn is_anonymous(&self) -> bool {
        self.external.is_empty()
    }

    /// Whether they take part: those who left or were merged into another do not.
    pub const fn is_active(&self) -> bool {
        self.left.is_none() && self.merged.is_none()
    }

    /// Lets a device act for them. Returns the digest of the one that had to give way, if any.
    pub fn admit(&mut self, digest: &str, now: Timestamp) -> Option<String> {
        if self.devices.iter().any(|device| device.digest == digest) {
            return None;
        }
        self.devices.push(Device { digest: digest.to_owned(), at: now });
        (self.devices.len() > DEVICES).then(|| self.devices.remove(0).digest)
    }

    /// Signs out all devices but the one with `digest`, and ends the recovery phrase. Returns the digests of the others.
    pub fn only(&mut self, digest: &str) -> Vec<String> {
        self.phrase.clear();
        let (kept, gone) = std::mem::take(&mut self.devices).into_iter().partition(|device| device.digest == digest);
        self.devices = kept;
        let gone: Vec<Device> = gone;
        gone.into_iter().map(|device| device.digest).collect()
    }

    /// Takes the member out: nothing of the person stays but that somebody was here, from when until when.
    pub fn leave(&mut self, now: Timestamp) {
        let Self { id, created, revision, .. } = std::mem::take(self);
        *self = Self { id, created, revision, left: Some(now), ..Self::default() };
    }

    /// Takes what `other` had before it was merged into this one: its devices, and of its profile what is missing here.
    /// Returns the digests of devices that had to give way.
    pub fn absorb(&mut self, other: &mut Self) -> Vec<String> {
        let mut gone = Vec::new();
        for device in std::mem::take(&mut other.devices) {
            gone.extend(self.admit(&device.digest, device.at));
        }
        self.profile.fill(std::mem::take(&mut other.profile));
        let mut play = std::mem::take(&mut other.play);
        // Whoever was here long before was not brought by a link that another device of theirs has followed.
        play.brought = play.brought.filter(|brought| brought.at <= self.created.plus_ms(NEW_MS));
        self.play.absorb(play);
        other.phrase.clear();
        // Whoever has their link still brings others to them.
        if self.code.is_empty() {
            self.code = std::mem::take(&mut other.code);
        }
        other.code.clear();
        other.merged = Some(self.id.clone());
        gone
    }

    /// Changes the profile; true where that made a difference.
    pub fn change(&mut self, change: Change) -> bool {
        self.profile.change(change)
    }
}

/// Whether `text` could be a device's secret.
pub fn is_secret(text: &str) -> bool {
    text.len() == SECRET_CHARS && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Whether `text` can be the owner's id of a customer: 1 to 100 characters, none of them a control character or a blank at
/// either end.
pub fn is_external(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && text.chars().count() <= EXTERNAL_CHARS
        && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp(ms)
    }

    #[test]
    fn the_oldest_device_gives_way() {
        let mut member = Member::new("m".to_owned(), at(1));
        for n in 0..DEVICES {
            assert_eq!(member.admit(&format!("d{n}"), at(n as i64)), None);
            assert_eq!(member.admit(&format!("d{n}"), at(99)), None, "the same device twice");
        }
        assert_eq!(member.admit("one more", at(100)), Some("d0".to_owned()));
        assert_eq!(member.devices.len(), DEVICES);
        member.phrase = "p".to_owned();
        assert_eq!(member.only("one more").len(), DEVICES - 1);
        assert_eq!((member.devices.len(), member.phrase.as_str()), (1, ""));
        assert_eq!(member.only("unknown"), ["one more"]);
    }

    #[test]
    fn whoever_leaves_leaves_nothing_of_themselves() {
        let mut member = Member::new("m".to_owned(), at(1));
        member.external = "c-1".to_owned();
        member.note = "rang twice".to_owned();
        member.profile.name = "Ada".to_owned();
        member.admit("d", at(2));
        member.leave(at(3));
        let text = serde_json::to_string(&member).unwrap();
        for word in ["c-1", "Ada", "rang", "\"d\""] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        assert!(!member.is_active() && member.is_anonymous());
    }

    #[test]
    fn a_merge_moves_devices_and_fills_gaps() {
        let mut whole = Member::new("a".to_owned(), at(1));
        assert!(whole.aliases().is_empty());
        whole.external = "c-1".to_owned();
        whole.profile.name = "Ada".to_owned();
        let mut other = Member::new("b".to_owned(), at(2));
        other.admit("d", at(3));
        other.phrase = "p".to_owned();
        other.profile.name = "Someone".to_owned();
        other.profile.email = "ada@example.com".to_owned();
        assert!(whole.absorb(&mut other).is_empty());
        assert_eq!((whole.profile.name.as_str(), whole.profile.email.as_str()), ("Ada", "ada@example.com"));
        assert_eq!((whole.devices.len(), other.devices.len(), other.phrase.as_str()), (1, 0, ""));
        assert_eq!((whole.aliases().join(" ").as_str(), other.aliases().len()), ("x:c-1 s:d", 0));
        assert_eq!(other.merged.as_deref(), Some("a"));
        assert!(whole.is_active() && !other.is_active());
    }

    #[test]
    fn secrets_and_ids() {
        assert!(is_secret(&"aZ09-_x".repeat(7)[..43]));
        for bad in ["", "short", &"a".repeat(44), &format!("{}=", "a".repeat(42)), &format!("{}é", "a".repeat(41))] {
            assert!(!is_secret(bad), "{bad}");
        }
        for good in ["1", "gid://shopify/Customer/123", "顾客 7", &"x".repeat(100)] {
            assert!(is_external(good), "{good}");
        }
        for bad in ["", " 1", "1\n", "a\u{0}b", &"x".repeat(101)] {
            assert!(!is_external(bad), "{bad}");
        }
    }

    #[test]
    fn what_an_older_release_kept_is_read() {
        let member: Member = serde_json::from_str(r#"{"id":"m","created":5,"later":1}"#).unwrap();
        assert_eq!(member, Member::new("m".to_owned(), at(5)));
    }
}
