//! Amounts as they are typed and read. They are kept in the currency's smallest unit, and how small that is differs.

/// Digits behind the point (ISO 4217).
pub fn digits(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND" | "VUV"
        | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// `1250` of `EUR` as `12.50`; whole amounts without their zeros.
pub fn plain(amount: i64, currency: &str) -> String {
    let digits = digits(currency);
    let unit = 10_u64.pow(digits);
    let (whole, rest) = (amount.unsigned_abs() / unit, amount.unsigned_abs() % unit);
    let sign = if amount < 0 { "−" } else { "" };
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0width$}", width = digits as usize) }
}

/// The same with its currency: `€12.50`, or `CHF 12.50` where no sign says for sure which one it is. `group` writes whole numbers.
pub fn shown(amount: i64, currency: &str, group: impl Fn(u64) -> String) -> String {
    let minus = if amount < 0 { "−" } else { "" };
    let text = plain(amount, currency);
    let whole = amount.unsigned_abs() / 10_u64.pow(digits(currency));
    let digits = group(whole) + text.find('.').map_or("", |at| &text[at..]);
    match sign(currency) {
        Some(sign) => format!("{minus}{sign}{digits}"),
        None => format!("{minus}{currency}\u{a0}{digits}"),
    }
}

/// Reads `12`, `12.5` and `12,50`; nothing that is less than the smallest unit, and no signs.
pub fn parse(text: &str, currency: &str) -> Option<u64> {
    let text = text.trim();
    let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = digits(currency) as usize;
    if whole.is_empty() || !plain(whole) || !plain(rest) || rest.len() > digits {
        return None;
    }
    format!("{whole}{rest:0<digits$}").parse().ok()
}

/// Whether it has the form of a code.
pub fn is_code(currency: &str) -> bool {
    currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What most sites in this language take, as a first guess.
pub fn usual(locale: &str) -> &'static str {
    let mut tags = locale.split('-');
    let language = tags.next().unwrap_or_default();
    let region = tags.find(|tag| tag.len() == 2).unwrap_or_default();
    match (language, region) {
        (_, "GB") => "GBP",
        (_, "CH" | "LI") => "CHF",
        (_, "CA") => "CAD",
        (_, "AU") => "AUD",
        (_, "NZ") => "NZD",
        (_, "BR") => "BRL",
        (_, "MX") => "MXN",
        (_, "TW") => "TWD",
        (_, "HK") => "HKD",
        (_, "IE") => "EUR",
        ("en", _) => "USD",
        ("zh", _) => "CNY",
        ("ja", _) => "JPY",
        ("ko", _) => "KRW",
        ("hi", _) => "INR",
        ("tr", _) => "TRY",
        ("ru", _) => "RUB",
        ("pl", _) => "PLN",
        ("sv", _) => "SEK",
        ("da", _) => "DKK",
        _ => "EUR",
    }
}

fn sign(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "CNY" => "¥",
        "JPY" => "JP¥",
        "KRW" => "₩",
        "INR" => "₹",
        "BRL" => "R$",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, currency, amount) in [
            ("12", "EUR", Some(1_200)),
            (" 12.5 ", "EUR", Some(1_250)),
            ("12,50", "CHF", Some(1_250)),
            ("0.01", "USD", Some(1)),
            ("100", "JPY", Some(100)),
            ("1.250", "KWD", Some(1_250)),
            ("12.505", "EUR", None),
            ("1.5", "JPY", None),
            ("-1", "EUR", None),
            ("1 000", "EUR", None),
            ("", "EUR", None),
            (".5", "EUR", None),
            ("99999999999999999999", "EUR", None),
        ] {
            assert_eq!(parse(text, currency), amount, "{text} {currency}");
        }
    }

    #[test]
    fn amounts_read_naturally() {
        let grouped = |whole: u64| {
            if whole < 1_000 { whole.to_string() } else { format!("{},{:03}", whole / 1_000, whole % 1_000) }
        };
        let shown = |amount, currency| shown(amount, currency, grouped);
        assert_eq!(shown(1_250, "EUR"), "€12.50");
        assert_eq!(shown(2_089_805, "GBP"), "£20,898.05");
        assert_eq!(shown(500, "CNY"), "¥5");
        assert_eq!(shown(-1_205, "CHF"), "−CHF\u{a0}12.05");
        assert_eq!(shown(500, "JPY"), "JP¥500");
        assert_eq!((usual("de"), usual("en-GB"), usual("zh-CN"), usual("zh-Hant-TW")), ("EUR", "GBP", "CNY", "TWD"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(amount in 0_u32.., currency in "EUR|JPY|KWD") {
            prop_assert_eq!(parse(&plain(i64::from(amount), &currency), &currency), Some(u64::from(amount)));
        }
    }
}
