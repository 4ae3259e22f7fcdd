//! What a widget would send, made by hand.

use rapport_core::id;
use rapport_core::time::Timestamp;
use serde_json::{Value, json};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{SystemTime, UNIX_EPOCH};

/// A complete response under a fresh id.
pub fn response(widget: &str, answers: &[(&str, &str)]) -> Value {
    json!({
        "v": 1,
        "context": { "page": "https://shop.example/", "locale": "en", "device": "desktop" },
        "response": {
            "id": fresh_id(), "revision": 1, "widget": widget, "version": 1, "complete": true,
            "answers": answers, "moments": ["seen", "started"], "active_ms": 4000,
        },
    })
}

/// Moments of one impression that led to no response.
pub fn view(widget: &str, moments: &[&str]) -> Value {
    json!({
        "v": 1,
        "context": { "page": "https://shop.example/", "locale": "en", "device": "desktop" },
        "views": [{ "widget": widget, "version": 1, "moments": moments }],
    })
}

/// A new id of now.
pub fn fresh_id() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    id_at(u64::try_from(now.as_millis()).unwrap_or_default())
}

/// A new id of that moment, in milliseconds since 1970.
pub fn id_at(ms: u64) -> String {
    let (high, low) = (random().to_le_bytes(), random().to_le_bytes());
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&high);
    bytes[8..].copy_from_slice(&low[..2]);
    id::make(Timestamp(i64::try_from(ms).unwrap_or_default()), bytes)
}

/// The standard library's source of randomness, as a number.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
