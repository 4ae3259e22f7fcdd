//! Being asked to stop.

/// Returns at Ctrl-C, or when another program asks politely.
pub(super) async fn asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a way to listen there is only the hard way to end, which does not ask.
    let _ = tokio::signal::ctrl_c().await;
}
