//! Signatures: those of Standard Webhooks 1.0, and of Feishu's robots.

use rapport_core::time::Timestamp;

use crate::command::hook::Secret;
use crate::digest::{base64, hmac, unbase64};

/// The headers of a delivery. Every secret that is good at `now` signs, so that a receiver can change over in its own time.
pub fn headers(secrets: &[Secret], id: &str, now: Timestamp, body: &str) -> [(&'static str, String); 3] {
    let seconds = now.0.div_euclid(1_000);
    let signed = format!("{id}.{seconds}.{body}");
    let good = secrets.iter().filter(|secret| secret.until.is_none_or(|until| until > now));
    let signatures: Vec<String> =
        good.map(|secret| format!("v1,{}", base64(&hmac(&key(&secret.value), signed.as_bytes())))).collect();
    [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}

/// What Feishu calls a signature: nothing, under a key made of the time and the secret.
pub fn feishu(secret: &str, now: Timestamp) -> String {
    base64(&hmac(format!("{}\n{secret}", now.0.div_euclid(1_000)).as_bytes(), &[]))
}

fn key(secret: &str) -> Vec<u8> {
    unbase64(secret.strip_prefix("whsec_").unwrap_or(secret)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_specification() {
        // The example of the Standard Webhooks libraries.
        let secret = |until| Secret { value: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(), until };
        let now = Timestamp(1_614_265_330_000);
        let body = r#"{"test": 2432232314}"#;
        let [id, timestamp, signature] = headers(&[secret(None)], "msg_p5jXN8AQM9LWM0D4loKWxJek", now, body);
        assert_eq!(id.1, "msg_p5jXN8AQM9LWM0D4loKWxJek");
        assert_eq!(timestamp.1, "1614265330");
        assert_eq!(signature.1, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both = headers(&[secret(None), secret(Some(now.plus_ms(1)))], "x", now, body);
        assert_eq!(both[2].1.matches("v1,").count(), 2);
        let one = headers(&[secret(None), secret(Some(now))], "x", now, body);
        assert_eq!(one[2].1.matches("v1,").count(), 1);
    }
}
