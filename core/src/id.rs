//! Ids of responses: UUIDv7 (RFC 9562, 5.7), made once on the device. The first 48 bits are the moment, so the id alone
//! tells the day that a response counts on.

use crate::time::Timestamp;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// A new id. `random` must be drawn anew for each; six of its bits give way to version and variant.
pub fn make(now: Timestamp, random: [u8; 10]) -> String {
    let [a, b, rest @ ..] = random;
    let [_, _, ms @ ..] = now.0.to_be_bytes();
    let mut id = String::with_capacity(36);
    let bytes = ms.into_iter().chain([0x70 | (a & 0x0f), b]).chain(rest);
    for (index, byte) in bytes.enumerate() {
        // The variant is the top two bits of byte 8.
        let byte = if index == 8 { 0x80 | (byte & 0x3f) } else { byte };
        if matches!(index, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        for nibble in [byte >> 4, byte & 0x0f] {
            id.push(char::from(DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0')));
        }
    }
    id
}

/// The moment in a well-formed id: 36 characters, lower case, version 7. Anything else is not an id of ours.
pub fn moment(id: &str) -> Option<Timestamp> {
    if id.len() != 36 {
        return None;
    }
    let mut ms: i64 = 0;
    for (index, byte) in id.bytes().enumerate() {
        if matches!(index, 8 | 13 | 18 | 23) {
            if byte != b'-' {
                return None;
            }
            continue;
        }
        let nibble = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            _ => return None,
        };
        match index {
            0..=12 => ms = ms << 4 | i64::from(nibble),
            14 if nibble != 7 => return None,
            19 if nibble & 0b1100 != 0b1000 => return None,
            _ => {}
        }
    }
    Some(Timestamp(ms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_example_of_rfc_9562() {
        // Appendix A.6.
        assert_eq!(moment("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"), Some(Timestamp(1_645_557_742_000)));
        let random = [0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f];
        assert_eq!(make(Timestamp(1_645_557_742_000), random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
            "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
            "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
            "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f",
            "017f22e2079b0-7cc3-98c4-dc0c0c07398f",
            "017f22e2-79b0-7cc3-98c4-dc0c0c0739é",
            "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn ids_tell_their_moment(ms in 0..1i64 << 48, random: [u8; 10]) {
            prop_assert_eq!(moment(&make(Timestamp(ms), random)), Some(Timestamp(ms)));
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = moment(&text);
        }
    }
}
