//! Waiting for conditions.

use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// Long enough for a busy machine; nobody waits for it unless something is wrong.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Asks `attempt` until it yields a value, and fails with `what` after [`PATIENCE`]. An error of the
/// last attempt is told as the reason.
pub async fn wait_for<T>(what: &str, attempt: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    wait_within(PATIENCE, what, attempt).await
}

/// The same with a deadline of the caller's choice.
pub async fn wait_within<T>(
    patience: Duration,
    what: &str,
    mut attempt: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(5);
    loop {
        let outcome = attempt().await;
        if let Ok(Some(value)) = outcome {
            return Ok(value);
        }
        if start.elapsed() > patience {
            let message = format!("waited {} s in vain: {what}", patience.as_secs());
            return match outcome {
                Err(error) => Err(error).context(message),
                Ok(_) => anyhow::bail!(message),
            };
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}

/// Waits until `condition` holds.
pub async fn eventually(what: &str, mut condition: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    wait_for(what, async || Ok(condition().await?.then_some(()))).await
}

/// Lets time pass. For people and networks that take their time, never to wait for a condition.
pub async fn linger(time: Duration) {
    tokio::time::sleep(time).await;
}

/// Looks every other millisecond whether something is still so, and stops looking after `most`.
pub async fn while_so(most: Duration, mut so: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + most;
    while Instant::now() < end && so().await {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
