//! The last lines that a process printed.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// Enough to see what led to a failure.
const KEPT: usize = 500;

#[derive(Clone)]
pub(super) struct Log {
    lines: Arc<Mutex<VecDeque<String>>>,
    echo: bool,
}

impl Log {
    pub(super) fn new(echo: bool) -> Self {
        Self { lines: Arc::default(), echo }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(super) fn add(&self, line: String) {
        if self.echo {
            eprintln!("  workerd: {line}");
        }
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() >= KEPT {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    /// Keeps what `stream` prints until it ends.
    pub(super) fn follow(&self, stream: impl AsyncBufRead + Unpin + Send + 'static) {
        let log = self.clone();
        tokio::spawn(async move {
            let mut lines = stream.lines();
            while let Ok(Some(line)) = lines.next_line().await {
                log.add(line);
            }
        });
    }
}
