//! The line between a browser and everything else, for browsers that cannot be told to have a bad one: a proxy for plain
//! HTTP that is as slow, as selective or as dead as it is told, and puts scripts in front of a page's own. It has one request
//! on each connection, and no other hosts than this machine.

use super::Line;
use anyhow::{Context, Result};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A running proxy.
pub(super) struct Wire {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Clone)]
struct State {
    line: Line,
    blocked: Vec<String>,
    before: String,
}

/// More than any head that browsers send.
const HEAD: usize = 64 * 1024;

impl Wire {
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no free port for a proxy")?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(Mutex::new(State { line: Line::Fast, blocked: Vec::new(), before: String::new() }));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                tokio::spawn(async move {
                    // Whatever breaks off is what the browser gets to see.
                    let _ = serve(client, &state).await;
                });
            }
        });
        Ok(Self { port, state })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn line(&self, line: Line) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).line = line;
    }

    /// From now on addresses that contain the parts of a pattern, in their order, are not reached; `*` stands between parts.
    pub fn block(&self, patterns: &[String]) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).blocked = patterns.to_vec();
    }

    /// Puts a script in front of those of every page that has no policy about scripts.
    pub fn before(&self, script: &str) {
        let script = format!("<script>{{{script}}}</script>");
        self.state.lock().unwrap_or_else(PoisonError::into_inner).before += &script;
    }
}

async fn serve(mut client: TcpStream, state: &Mutex<State>) -> Result<()> {
    let mut read = Vec::new();
    let end = loop {
        if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        anyhow::ensure!(read.len() < HEAD && client.read_buf(&mut read).await? > 0, "no request");
    };
    let State { line, blocked, before } = state.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    let (first, fields) = head.split_once("\r\n").context("no request")?;
    let (method, address) = first.split_once(' ').context("no method")?;
    let address = address.split_once(' ').context("no address")?.0;
    let (host, path) =
        address.strip_prefix("http://").and_then(|rest| rest.split_once('/')).context("not plain HTTP")?;
    let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
    let here = ["127.0.0.1", "localhost"].contains(&name);
    if line == Line::Dead || !here || blocked.iter().any(|pattern| matches(pattern, address)) {
        return Ok(());
    }
    let mut request = format!("{method} /{path} HTTP/1.1\r\n");
    for field in fields.lines().filter(|field| !field.is_empty()) {
        let name = field.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let plain = !before.is_empty() && name == "accept-encoding";
        if !plain && !["connection", "proxy-connection", "keep-alive"].contains(&name.as_str()) {
            request += &format!("{field}\r\n");
        }
    }
    request += "connection: close\r\n\r\n";
    pause(line, Duration::from_millis(150)).await;
    let mut server = TcpStream::connect(("127.0.0.1", port.parse::<u16>()?)).await?;
    server.write_all(request.as_bytes()).await?;
    server.write_all(&read[end..]).await?;
    let (mut from_server, mut to_server) = server.split();
    let (mut from_client, mut to_client) = client.split();
    let up = async {
        let mut bytes = vec![0; 8 * 1024];
        loop {
            let count = from_client.read(&mut bytes).await?;
            if count == 0 {
                // Gone: a page that is left gives up its requests.
                return Ok::<(), std::io::Error>(());
            }
            pause(line, Duration::from_secs_f64(count as f64 / 93_750.0)).await;
            to_server.write_all(&bytes[..count]).await?;
        }
    };
    let down = async {
        let mut bytes = vec![0; 64 * 1024];
        let count = from_server.read(&mut bytes).await?;
        let first = with_script(&bytes[..count], &before);
        to_client.write_all(first.as_deref().unwrap_or(&bytes[..count])).await?;
        loop {
            let count = from_server.read(&mut bytes).await?;
            if count == 0 {
                return Ok::<(), std::io::Error>(());
            }
            pause(line, Duration::from_secs_f64(count as f64 / 200_000.0)).await;
            to_client.write_all(&bytes[..count]).await?;
        }
    };
    tokio::select! { ended = up => ended?, ended = down => ended? }
    Ok(())
}

async fn pause(line: Line, time: Duration) {
    if line == Line::Slow4g {
        crate::wait::linger(time).await;
    }
}

/// The beginning of a page with the scripts behind its doctype, and a length that is right again.
fn with_script(bytes: &[u8], script: &str) -> Option<Vec<u8>> {
    let (head, body) = std::str::from_utf8(bytes).ok()?.split_once("\r\n\r\n")?;
    let lower = head.to_ascii_lowercase();
    if script.is_empty() || !lower.contains("content-type: text/html") || lower.contains("content-security-policy:") {
        return None;
    }
    let length: usize = lower.split_once("content-length: ")?.1.lines().next()?.trim().parse().ok()?;
    let doctype = if body.get(..9)?.eq_ignore_ascii_case("<!doctype") { body.find('>')? + 1 } else { 0 };
    let mut out: String = head
        .lines()
        .filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"))
        .map(|line| format!("{line}\r\n"))
        .collect();
    out +=
        &format!("content-length: {}\r\n\r\n{}{script}{}", length + script.len(), &body[..doctype], &body[doctype..]);
    Some(out.into_bytes())
}

fn matches(pattern: &str, address: &str) -> bool {
    let mut rest = address;
    pattern.split('*').all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}
