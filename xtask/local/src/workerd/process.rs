//! The child process: it never outlives its parent.

use super::log::Log;
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const START: Duration = Duration::from_secs(30);
const STOP: Duration = Duration::from_secs(5);
/// What the configuration always names.
const SOCKETS: [&str; 2] = ["http", "cron"];
/// Asks the kernel to kill workerd if this process dies without cleaning up; part of util-linux.
const REAPER: &str = "/usr/bin/setpriv";

pub(super) struct Process {
    child: Child,
    ports: HashMap<String, u16>,
    /// The configuration and the modules, removed with the process.
    _folder: TempDir,
}

impl Process {
    /// Starts workerd on a free port and waits until it tells which.
    pub(super) async fn start(binary: &Path, folder: TempDir, places: &[String], log: &Log) -> Result<Self> {
        let mut command = if Path::new(REAPER).exists() {
            let mut reaper = Command::new(REAPER);
            reaper.args(["--pdeathsig", "KILL", "--"]).arg(binary);
            reaper
        } else {
            Command::new(binary)
        };
        let sockets: Vec<&str> = SOCKETS.into_iter().chain(places.iter().map(String::as_str)).collect();
        let mut child = command
            .args(["serve", "--experimental", "--control-fd=1"])
            .args(sockets.iter().map(|name| format!("--socket-addr={name}=127.0.0.1:0")))
            .arg(folder.path().join("config.capnp"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("workerd does not start")?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        log.follow(BufReader::new(stderr.context("workerd has no error output")?));
        let mut lines = BufReader::new(stdout.context("workerd has no output")?).lines();
        let mut ports = HashMap::new();
        let listening = async {
            while ports.len() < sockets.len() {
                let line = lines.next_line().await?;
                let Some(line) = line else { bail!("workerd ended before it listened") };
                match listened(&line) {
                    Some((socket, port)) => _ = ports.insert(socket, port),
                    None => log.add(line),
                }
            }
            Ok(())
        };
        timeout(START, listening)
            .await
            .context("workerd does not listen")
            .flatten()
            .with_context(|| log.lines().join("\n"))?;
        log.follow(lines.into_inner());
        Ok(Self { child, ports, _folder: folder })
    }

    /// Where the named socket listens.
    pub(super) fn listens(&self, socket: &str) -> Result<SocketAddr> {
        let port = self.ports.get(socket);
        let port = port.with_context(|| format!("workerd opened no socket {socket}"))?;
        Ok(SocketAddr::from(([127, 0, 0, 1], *port)))
    }

    pub(super) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    pub(super) async fn kill(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    pub(super) async fn stop(mut self) -> Result<()> {
        let pid = self.child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?));
        // It may have ended by itself meanwhile.
        let asked = pid.is_some_and(|pid| kill_process(pid, Signal::TERM).is_ok());
        if !asked || timeout(STOP, self.child.wait()).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }
}

/// The socket and port in a message such as `{"event":"listen","socket":"http","port":8080}`.
fn listened(line: &str) -> Option<(String, u16)> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    let socket = message.get("socket")?.as_str()?.to_owned();
    let port = message.get("port")?.as_u64()?.try_into().ok()?;
    (message.get("event")?.as_str()? == "listen").then_some((socket, port))
}
