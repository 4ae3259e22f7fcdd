//! The only module that names KV.

use worker::{Env, Result};

/// Writes one key.
pub(crate) async fn write(env: &Env, key: &str, value: &str) -> Result<()> {
    Ok(env.kv("KV")?.put(key, value)?.execute().await?)
}
