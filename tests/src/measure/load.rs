//! Load on this machine: so many requests, so many at once, with the time of each.

use anyhow::{Result, ensure};
use reqwest::{Client, Request};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// What a load showed.
#[derive(Clone, Debug, Default)]
pub struct Load {
    /// Times of the requests.
    pub times: Vec<Duration>,
    /// From the first request to the last answer.
    pub took: Duration,
}

impl Load {
    /// Requests a second.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }
}

/// Sends `count` requests, `at_once` of them at any moment. Anything but 2xx and 304 ends it.
pub async fn load(
    client: &Client,
    count: usize,
    at_once: usize,
    make: impl Fn() -> Result<Request> + Send + Sync + 'static,
) -> Result<Load> {
    let (make, next, times) = (Arc::new(make), Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
    let began = Instant::now();
    let hands: Vec<_> = (0..at_once)
        .map(|_| {
            let (client, make, next, times) =
                (client.clone(), Arc::clone(&make), Arc::clone(&next), Arc::clone(&times));
            tokio::spawn(async move {
                let mut own = Vec::new();
                while next.fetch_add(1, Ordering::Relaxed) < count {
                    let request = make()?;
                    let began = Instant::now();
                    let response = client.execute(request).await?;
                    let status = response.status();
                    let body = response.bytes().await?;
                    own.push(began.elapsed());
                    let fine = status.is_success() || status == 304;
                    ensure!(fine, "answered {status}: {}", String::from_utf8_lossy(&body));
                }
                times.lock().await.append(&mut own);
                Ok(())
            })
        })
        .collect();
    for hand in hands {
        hand.await??;
    }
    let took = began.elapsed();
    Ok(Load { times: std::mem::take(&mut *times.lock().await), took })
}

/// The time below which `share` of them lie, in milliseconds.
pub fn quantile(times: &[Duration], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let index = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
    sorted.get(index).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

/// Processor time of a process so far, in milliseconds: what its threads have spent, to the nanosecond.
pub fn spent_ms(pid: u32) -> Result<f64> {
    let mut spent = 0.0;
    for task in fs::read_dir(format!("/proc/{pid}/task"))? {
        // A thread may have ended meanwhile.
        let Ok(text) = fs::read_to_string(task?.path().join("schedstat")) else { continue };
        spent += text.split_whitespace().next().unwrap_or_default().parse::<f64>().unwrap_or(0.0);
    }
    Ok(spent / 1e6)
}
