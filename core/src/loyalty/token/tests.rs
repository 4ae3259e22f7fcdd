use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const NOW: i64 = 1_800_000_000;
const SECRET: &str = "rms_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let joined = three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            text.push(char::from(DIGITS[(joined >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}

fn signed(header: &str, payload: &str, secret: &str) -> String {
    let body = format!("{}.{}", base64url(header.as_bytes()), base64url(payload.as_bytes()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    format!("{body}.{}", base64url(&mac.finalize().into_bytes()))
}

fn claims() -> Value {
    json!({ "site": "acme", "member": "c-1", "iat": NOW, "exp": NOW + 3_600, "jti": "1" })
}

fn token(claims: &Value) -> String {
    signed(r#"{"alg":"HS256","typ":"JWT"}"#, &claims.to_string(), SECRET)
}

fn secrets() -> Vec<Secret> {
    vec![Secret { value: SECRET.to_owned(), created: Timestamp(0), until: None }]
}

fn told(token: &str) -> Result<String, Invalid> {
    let site = SiteId::parse("acme").unwrap();
    verify(token, &secrets(), &site, Timestamp(NOW * 1_000)).map(|claims| claims.member)
}

fn with(name: &str, value: Value) -> Result<String, Invalid> {
    let mut claims = claims();
    claims[name] = value;
    told(&token(&claims))
}

#[test]
fn a_token_of_the_owners_server() {
    assert_eq!(told(&token(&claims())).as_deref(), Ok("c-1"));
    assert_eq!(with("member", json!("顾客 7")).as_deref(), Ok("顾客 7"));
    assert_eq!(with("more", json!({ "role": ["x"] })).as_deref(), Ok("c-1"), "other claims are nobody's business here");
    let standard =
        json!({ "aud": "acme", "sub": "c-1", "iat": NOW, "exp": NOW + 60, "name": "Ada", "email": "a@b.example" });
    assert_eq!(told(&token(&standard)).as_deref(), Ok("c-1"), "the registered names of RFC 7519");
    // As Shopify's Liquid writes it.
    let good = token(&claims());
    let (body, signature) = good.rsplit_once('.').unwrap();
    let hex: String = unbase64url(signature).unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(told(&format!("{body}.{hex}")).as_deref(), Ok("c-1"));
    assert_eq!(told(&format!("{body}.{}", hex.to_uppercase())), Err(Invalid::Signature));
    assert_eq!(told(&format!("{body}.{}", "0".repeat(64))), Err(Invalid::Signature));
    // RFC 7515, A.1: the signature of the specification's own example, over its own key.
    let (head, body) = (
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9",
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
    );
    assert!(unbase64url(head).is_some_and(|bytes| bytes.starts_with(b"{\"typ\"")) && unbase64url(body).is_some());
}

#[test]
fn every_rule() {
    let good = token(&claims());
    let (body, signature) = good.rsplit_once('.').unwrap();
    let (head, payload) = body.split_once('.').unwrap();
    for (wrong, why) in [
        (String::new(), Invalid::Malformed),
        ("a.b".to_owned(), Invalid::Malformed),
        (format!("{good}.x"), Invalid::Malformed),
        (format!("{good}="), Invalid::Malformed),
        ("x".repeat(TOKEN_CHARS + 1), Invalid::TooLong),
        (format!("{body}."), Invalid::Signature),
        (format!("{body}.{}", base64url(&[0; 32])), Invalid::Signature),
        (format!("{body}.{}", &signature[..40]), Invalid::Signature),
        (
            format!("{head}.{}.{signature}", base64url(claims().to_string().replace("c-1", "c-2").as_bytes())),
            Invalid::Signature,
        ),
        (signed(r#"{"alg":"HS256"}"#, &claims().to_string(), "another"), Invalid::Signature),
        (signed(r#"{"alg":"HS256"}"#, &claims().to_string(), ""), Invalid::Signature),
        (signed(r#"{"alg":"none"}"#, &claims().to_string(), SECRET), Invalid::Algorithm),
        (format!("{}.{payload}.", base64url(br#"{"alg":"none"}"#)), Invalid::Algorithm),
        (signed(r#"{"alg":"None"}"#, &claims().to_string(), SECRET), Invalid::Algorithm),
        (signed(r#"{"alg":"RS256"}"#, &claims().to_string(), SECRET), Invalid::Algorithm),
        (signed(r#"{"alg":"HS512"}"#, &claims().to_string(), SECRET), Invalid::Algorithm),
        (signed(r#"{"alg":"hs256"}"#, &claims().to_string(), SECRET), Invalid::Algorithm),
        (signed(r#"{"typ":"JWT"}"#, &claims().to_string(), SECRET), Invalid::Algorithm),
        (signed(r#"{"alg":"HS256","crit":["exp"]}"#, &claims().to_string(), SECRET), Invalid::Algorithm),
        (signed(r#"{"alg":"HS256","alg":"none"}"#, &claims().to_string(), SECRET), Invalid::Malformed),
        (signed(r#"{"alg":"HS256"}"#, "[]", SECRET), Invalid::Claims),
        (signed(r#"{"alg":"HS256"}"#, "{}", SECRET), Invalid::Claims),
    ] {
        assert_eq!(told(&wrong), Err(why), "{wrong}");
    }
    for (name, value, why) in [
        ("site", json!("other"), Invalid::Site),
        ("site", json!(["acme"]), Invalid::Claims),
        ("member", json!(""), Invalid::Member),
        ("member", json!("x".repeat(101)), Invalid::Member),
        ("member", json!("a\nb"), Invalid::Member),
        ("member", json!(7), Invalid::Claims),
        ("jti", json!("x".repeat(101)), Invalid::Member),
        ("iat", json!(NOW + 61), Invalid::Early),
        ("iat", json!("now"), Invalid::Claims),
        ("exp", json!(NOW), Invalid::Expired),
        ("exp", json!(NOW - 1), Invalid::Expired),
        ("exp", json!(NOW + LIFE + 1), Invalid::Life),
        ("exp", json!(i64::MAX), Invalid::Life),
        ("iat", json!(i64::MIN), Invalid::Life),
        ("exp", json!(1.5e300), Invalid::Claims),
        ("exp", Value::Null, Invalid::Claims),
    ] {
        assert_eq!(with(name, value.clone()), Err(why), "{name} {value}");
    }
    assert_eq!(with("iat", json!(NOW + 60)).as_deref(), Ok("c-1"));
    assert_eq!(with("exp", json!(NOW + LIFE)).as_deref(), Ok("c-1"));
    assert_eq!(Invalid::ALL.map(|why| Invalid::parse(why.as_str())), Invalid::ALL.map(Some));
}

#[test]
fn two_secrets_while_one_takes_the_others_place() {
    let site = SiteId::parse("acme").unwrap();
    let now = Timestamp(NOW * 1_000);
    let new = Secret { value: secret([9; 32]), created: now, until: None };
    let old = |until: i64| Secret { value: SECRET.to_owned(), created: Timestamp(0), until: Some(Timestamp(until)) };
    let check = |secrets: &[Secret]| verify(&token(&claims()), secrets, &site, now).map(|claims| claims.member);
    assert_eq!(check(&[new.clone(), old(now.0 + 1)]).as_deref(), Ok("c-1"));
    assert_eq!(check(&[new, old(now.0)]), Err(Invalid::Signature));
    assert_eq!(check(&[old(now.0)]), Err(Invalid::NoSecret));
    assert_eq!(check(&[]), Err(Invalid::NoSecret));
    assert_eq!(secret([9; 32]).len(), 68);
}

proptest! {
    #[test]
    fn whatever_is_changed_is_noticed(at in 0..200_usize, to in "[A-Za-z0-9_.-]") {
        let good = token(&claims());
        let mut bytes = good.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] = to.as_bytes()[0];
        let wrong = String::from_utf8(bytes).unwrap();
        prop_assert!(wrong == good || told(&wrong).is_err());
    }

    #[test]
    fn nothing_makes_it_panic(token in "\\PC*", parts in "[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,40}") {
        let _ = (told(&token), told(&parts));
    }
}
