//! The whole bench, part by part: each in a process of its own with a time limit, so that one that fails or hangs is named and
//! takes no other's tables with it.

use anyhow::{Context, Result, bail};
use std::env::current_exe;
use std::fmt::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::process::Command;
use tokio::time::timeout;

/// A part: its name at the command line, its heading where it failed, and how many minutes it may take. On two quiet cores none takes
/// more than half of that.
struct Part {
    name: &'static str,
    heading: &'static str,
    minutes: u64,
}

const PARTS: [Part; 6] = [
    Part { name: "widgets", heading: "A score can be given", minutes: 10 },
    Part { name: "lighthouse", heading: "Lighthouse on the demo's pages", minutes: 6 },
    Part { name: "worker", heading: "The Worker", minutes: 4 },
    Part { name: "service", heading: "The Worker beside the same service in TypeScript", minutes: 5 },
    Part { name: "busy", heading: "One busy site", minutes: 5 },
    Part { name: "owner", heading: "What the owner waits for", minutes: 8 },
];

/// All tables, and the parts that failed.
pub async fn all() -> Result<(String, Vec<String>)> {
    let (mut text, mut failed) = (String::new(), Vec::new());
    for part in PARTS {
        eprintln!("· {}", part.name);
        let began = Instant::now();
        match tables(&part).await {
            Ok(tables) => {
                text += tables.trim_end();
                eprintln!("✓ {} ({:.0} s)", part.name, began.elapsed().as_secs_f64());
            }
            Err(error) => {
                let why = format!("{error:#}");
                eprintln!("✗ {}: {why}", part.name);
                write!(text, "## {}\n\n**Not measured in this run**: {}", part.heading, first_line(&why))?;
                failed.push(format!("{}: {why}", part.name));
            }
        }
        text += "\n\n";
    }
    Ok((text, failed))
}

/// What the part prints. Its browsers and workerds end with it.
async fn tables(part: &Part) -> Result<String> {
    let mut command = Command::new(current_exe()?);
    command.arg(part.name).stdin(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    let limit = Duration::from_secs(60 * part.minutes);
    let ended = timeout(limit, command.output()).await;
    let output = ended.ok().with_context(|| format!("took more than {} minutes", part.minutes))??;
    let said = String::from_utf8_lossy(&output.stderr);
    eprint!("{said}");
    if !output.status.success() {
        bail!("{}, {}", output.status, said.lines().last().unwrap_or("without a word"));
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
