//! Reading and writing small texts. The standard library does all of this too, but its searchers, parsers and formatting
//! machinery would make the part that rides in each visitor's browser half as large again.

/// The text before the first `sign`, and what follows it, if it is there at all. `sign` is ASCII.
pub fn cut(text: &str, sign: u8) -> (&str, Option<&str>) {
    for (at, byte) in text.bytes().enumerate() {
        if byte == sign {
            return (text.get(..at).unwrap_or_default(), text.get(at + 1..));
        }
    }
    (text, None)
}

/// Takes the next part off `rest`, which is nothing once the last was taken.
pub fn take<'a>(rest: &mut Option<&'a str>, sign: u8) -> Option<&'a str> {
    let (part, after) = cut((*rest)?, sign);
    *rest = after;
    Some(part)
}

/// Reads a whole number as [`digits`] writes it, in at most eighteen digits.
pub fn integer(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let (negative, bytes) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    let mut value = 0;
    for byte in bytes {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i64::from(byte - b'0');
    }
    Some(if negative { -value } else { value })
}

/// Reads a whole number that fits.
pub fn whole<T: TryFrom<i64>>(text: &str) -> Option<T> {
    T::try_from(integer(text)?).ok()
}

/// Writes a whole number.
pub fn digits(value: i64) -> String {
    let mut text = String::new();
    push_digits(&mut text, value, 1);
    text
}

/// Writes a whole number in at least `width` digits behind `text`.
pub fn push_digits(text: &mut String, value: i64, width: usize) {
    if value < 0 {
        text.push('-');
    }
    let mut rest = value.unsigned_abs();
    let mut digits = [b'0'; 20];
    let mut length = 0;
    for slot in digits.iter_mut().rev() {
        if rest == 0 && length >= width {
            break;
        }
        *slot = b'0' + (rest % 10) as u8;
        rest /= 10;
        length += 1;
    }
    for digit in digits.iter().skip(20 - length) {
        text.push(char::from(*digit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_are_cut() {
        assert_eq!(cut("a b c", b' '), ("a", Some("b c")));
        assert_eq!(cut("é=ü", b'='), ("é", Some("ü")));
        assert_eq!(cut("abc", b' '), ("abc", None));
        let mut rest = Some("a,,b");
        let parts: Vec<&str> = core::iter::from_fn(|| take(&mut rest, b',')).collect();
        assert_eq!(parts, ["a", "", "b"]);
    }

    #[test]
    fn numbers_are_read_and_written() {
        for text in ["", "-", "+1", "1 ", "1.0", "x", "1234567890123456789"] {
            assert_eq!(integer(text), None, "{text}");
        }
        assert_eq!(whole::<u8>("255"), Some(255));
        assert_eq!(whole::<u8>("256"), None);
        assert_eq!(whole::<u32>("-1"), None);
        let mut text = String::new();
        push_digits(&mut text, 7, 4);
        assert_eq!((text, digits(i64::MIN), digits(0)), ("0007".into(), i64::MIN.to_string(), "0".into()));
    }

    proptest! {
        #[test]
        fn reading_undoes_writing(value in -999_999_999_999_999_999..=999_999_999_999_999_999i64) {
            prop_assert_eq!(digits(value), value.to_string());
            prop_assert_eq!(integer(&digits(value)), Some(value));
        }
    }
}
