//! What all tests of a binary share: one runtime, and at most two browsers at a time.

use crate::Browser;
use crate::browser::Kind;
use anyhow::Result;
use std::fs;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

/// Two cores, two browsers: more would only make each other's waits longer.
static BROWSERS: Semaphore = Semaphore::const_new(2);

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime can be built")
});

/// Runs a test with a browser of its own. Fails too if the page complained on its console.
pub fn browse(test: impl AsyncFnOnce(&Browser) -> Result<()>) {
    browse_with(&[], test);
}

/// The same with flags for Chromium.
pub fn browse_with(flags: &[&str], test: impl AsyncFnOnce(&Browser) -> Result<()>) {
    let name = std::thread::current().name().unwrap_or("test").to_owned();
    if let Some(why) = Kind::chosen().lacks(&name) {
        println!("not tried in this browser: {why}");
        return;
    }
    let outcome = run(async {
        temporary()?;
        let _turn = BROWSERS.acquire().await?;
        let browser = Browser::start(flags).await?;
        let outcome = caught(async {
            test(&browser).await?;
            browser.assert_quiet().await
        })
        .await;
        if !matches!(outcome, Ok(Ok(()))) {
            let name = name.replace("::", "-");
            let _ = browser.picture(&format!("failed-{name}")).await;
            if let Ok(words) = browser.words().await {
                eprintln!("the page said: {words}");
            }
            if let Ok(complaints) = browser.complaints().await
                && !complaints.is_empty()
            {
                eprintln!("the page complained: {complaints:#?}");
            }
        }
        browser.close().await?;
        match outcome {
            Ok(outcome) => outcome,
            Err(panic) => resume_unwind(panic),
        }
    });
    if let Err(error) = outcome {
        panic!("{}", story(&error));
    }
}

/// The error and its causes, and the lines of the test that led to it: the rest of a backtrace is the same for every test.
fn story(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let words = cause.to_string();
        // chromedriver adds addresses of its own machine code.
        text += words.split("Stacktrace:").next().unwrap_or_default().trim_end();
        text += "\n  because: ";
    }
    text.truncate(text.len() - "  because: ".len());
    for line in error.backtrace().to_string().lines().map(str::trim) {
        if line.starts_with("at ./tests/") {
            text += &format!("  {line}\n");
        }
    }
    text
}

/// The folder for everything that this process writes. A static product is never dropped, so what a process left behind is
/// removed by the next one.
pub fn temporary() -> Result<&'static Path> {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    if let Some(folder) = FOLDER.get() {
        return Ok(folder);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tmp");
    fs::create_dir_all(&root)?;
    for entry in fs::read_dir(&root)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.strip_prefix("run-").is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            // Another process may be removing it too.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let folder = fs::canonicalize(root)?.join(format!("run-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let folder = FOLDER.get_or_init(|| folder);
    // Fails when it is already set, to the same folder.
    let _ = tempfile::env::override_temp_dir(folder);
    Ok(folder)
}

/// Runs `task` to its end, on this thread.
pub fn run<T>(task: impl Future<Output = T>) -> T {
    RUNTIME.block_on(task)
}

/// Runs `task` on a thread that lives as long as the process.
pub async fn on_runtime<T: Send + 'static>(task: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
    RUNTIME.spawn(task).await?
}

/// The result of `task`, or what it panicked with.
async fn caught<T>(task: impl Future<Output = T>) -> Result<T, Box<dyn std::any::Any + Send>> {
    let mut task = Box::pin(task);
    std::future::poll_fn(move |context| {
        match std::panic::catch_unwind(AssertUnwindSafe(|| task.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => std::task::Poll::Ready(Err(panic)),
        }
    })
    .await
}
