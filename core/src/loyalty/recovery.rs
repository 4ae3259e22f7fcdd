//! The recovery phrase, by which a member goes on on another device: 24 digits in six groups, because digits are on every
//! phone's keyboard, whatever its language, and can be read out to somebody. 22 of them are random (73 bits), and the last two
//! tell of a mistyped or a swapped one (ISO 7064, MOD 97-10, as in bank account numbers), so that hardly any typing error is
//! ever asked about.

/// Random digits.
const RANDOM: usize = 22;
/// All digits.
const DIGITS: usize = RANDOM + 2;
/// Digits that stand together.
const GROUP: usize = 4;

/// A new phrase, as it is shown. `random` must be drawn anew for each.
pub fn make(random: [u8; 16]) -> String {
    // 2^128 is 3·10^16 times as much as there are phrases, so none is likelier than another by more than that.
    let number = u128::from_be_bytes(random) % 10_u128.pow(RANDOM as u32);
    let check = 98 - number * 100 % 97;
    shown(&format!("{number:022}{check:02}"))
}

/// Reads a phrase as somebody typed it: digits of any script, with whatever between them.
pub fn parse(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(DIGITS);
    for c in text.chars() {
        match digit(c) {
            Some(digit) if digits.len() < DIGITS => digits.push(digit),
            Some(_) => return None,
            None if c.is_whitespace()
                || c.is_ascii_punctuation()
                || matches!(c, '\u{2010}'..='\u{2015}' | '\u{200e}' | '\u{200f}') => {}
            None => return None,
        }
    }
    let number: u128 = digits.parse().ok()?;
    (digits.len() == DIGITS && number % 97 == 1).then_some(digits)
}

/// Digits in groups.
pub fn shown(digits: &str) -> String {
    let mut text = String::with_capacity(DIGITS + DIGITS / GROUP);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % GROUP == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// The ASCII digit for one of the scripts that the visitors' languages write numbers with.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 7] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}'];
    ZEROS
        .iter()
        .find_map(|zero| char::from_digit((c as u32).checked_sub(*zero as u32).filter(|value| *value < 10)?, 10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_phrase_is_read_as_people_type_it() {
        let phrase = make([7; 16]);
        assert_eq!((phrase.len(), phrase.split(' ').count()), (29, 6));
        let bare = phrase.replace(' ', "");
        let arabic: String = bare.chars().map(|c| char::from_u32(0x660 + c as u32 - '0' as u32).unwrap()).collect();
        let wide: String = bare.chars().map(|c| char::from_u32(0xff10 + c as u32 - '0' as u32).unwrap()).collect();
        for typed in [
            &phrase,
            &bare,
            &phrase.replace(' ', "-"),
            &phrase.replace(' ', "\u{3000}"),
            &format!(" {bare}\n"),
            &arabic,
            &wide,
        ] {
            assert_eq!(parse(typed).as_deref(), Some(bare.as_str()), "{typed}");
        }
        for typed in ["", "1234", &format!("{bare}0"), &bare[1..], &format!("x{bare}"), &"9".repeat(500)] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_phrase_is_read_and_no_slip_of_the_finger(random in any::<[u8; 16]>(), at in 0..24_usize, other in 0..10_u32) {
            let bare = make(random).replace(' ', "");
            prop_assert_eq!(parse(&bare), Some(bare.clone()));
            let mut digits: Vec<char> = bare.chars().collect();
            digits[at] = char::from_digit(other, 10).unwrap();
            let wrong: String = digits.iter().collect();
            prop_assert_eq!(parse(&wrong).is_some(), wrong == bare);
            let mut digits: Vec<char> = bare.chars().collect();
            digits.swap(at, (at + 1) % 24);
            let swapped: String = digits.iter().collect();
            // Around the end it is no neighbour, so nothing is promised of it.
            prop_assert!(at == 23 || parse(&swapped).is_none() || swapped == bare);
        }

        #[test]
        fn nothing_makes_it_panic(text in "\\PC*") {
            let _ = parse(&text);
        }
    }
}
