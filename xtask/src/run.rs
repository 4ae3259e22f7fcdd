//! Running other programs.

use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Runs `command` with its output on the terminal; `purpose` completes the sentence
/// "could not …".
pub fn run(command: &mut Command, purpose: &str) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("could not {purpose}: `{program}` does not start"))?;
    let announced = announce(child.id());
    let status = child.wait()?;
    drop(announced);
    if !status.success() {
        bail!("could not {purpose}: `{program}` ended with {status}");
    }
    Ok(())
}

/// Runs `command` silently and returns what it printed; its error output is shown on failure.
pub fn capture(command: &mut Command, purpose: &str) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("could not {purpose}: `{program}` does not start"))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!("could not {purpose}: `{program}` ended with {}\n{}", output.status, complaint.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// While the result lives, `end_children` reaches the program.
pub fn announce(id: u32) -> Announced {
    running().push(id);
    Announced(id)
}

/// A program that somebody is waiting for.
pub struct Announced(u32);

impl Drop for Announced {
    fn drop(&mut self) {
        running().retain(|other| *other != self.0);
    }
}

/// Asks the programs that are being waited for to end.
pub fn end_children() {
    for id in running().drain(..) {
        // `kill` is part of every Unix; a program that is gone already needs no asking.
        let _ = Command::new("kill").arg(id.to_string()).stderr(Stdio::null()).status();
    }
}

fn running() -> MutexGuard<'static, Vec<u32>> {
    static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether `program --version` runs.
pub fn exists(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
