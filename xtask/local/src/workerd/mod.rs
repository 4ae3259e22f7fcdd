//! The runtime, with the Worker in it.

mod config;
mod log;
mod process;

pub(crate) use config::CF_HEADER;

use anyhow::{Context, Result};
use log::Log;
use process::Process;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

/// What runs, and with what around it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The root of the repository: the built Worker and workerd itself are found below it.
    pub root: PathBuf,
    /// Where objects keep their data.
    pub objects: PathBuf,
    /// The KV service.
    pub kv: SocketAddr,
    /// Text bindings, secrets among them.
    pub texts: Vec<(String, String)>,
    /// The rate limits.
    pub limits: Vec<Limit>,
    /// Whether what the Worker logs is shown on the terminal as well.
    pub echo: bool,
    /// A proxy that answers whatever the Worker asks of the internet, instead of the internet.
    pub outside: Option<SocketAddr>,
    /// A module that runs in the Worker's place and hands everything on to it, `./index.js`: so tests move the clock and cut the
    /// power at points of their choice, while what runs is what is shipped.
    pub around: Option<String>,
    /// The KV services of further places that run the Worker, on the same objects.
    pub places: Vec<SocketAddr>,
    /// The repository whose build runs at the further places, where that is another one: as while a release is rolled out.
    pub elsewhere: Option<PathBuf>,
}

/// One rate-limit binding.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Limit {
    pub binding: &'static str,
    pub requests: u32,
    pub seconds: u32,
}

impl Settings {
    /// The Worker of the repository at `root`, with rates that no test or demo reaches by accident.
    pub fn new(root: &Path, objects: &Path, kv: SocketAddr) -> Self {
        Self {
            root: root.to_owned(),
            objects: objects.to_owned(),
            kv,
            texts: Vec::new(),
            limits: vec![
                Limit { binding: "RATE_VISITOR", requests: 100_000, seconds: 60 },
                Limit { binding: "RATE_SITE", requests: 1_000_000, seconds: 60 },
                Limit { binding: "RATE_OWNER", requests: 1_000_000, seconds: 60 },
            ],
            echo: false,
            outside: None,
            around: None,
            places: Vec::new(),
            elsewhere: None,
        }
    }

    /// Has the Worker's own requests answered by a proxy at `address`.
    #[must_use]
    pub fn outside(mut self, address: SocketAddr) -> Self {
        self.outside = Some(address);
        self
    }

    /// Adds a text binding.
    #[must_use]
    pub fn text(mut self, name: &str, text: &str) -> Self {
        self.texts.push((name.to_owned(), text.to_owned()));
        self
    }
}

/// A running workerd; it is killed when dropped, and its objects stay on disk.
pub struct Workerd {
    settings: Settings,
    process: Option<Process>,
    cron: Option<SocketAddr>,
    address: watch::Sender<Option<SocketAddr>>,
    places: Vec<watch::Sender<Option<SocketAddr>>>,
    log: Log,
}

impl Workerd {
    /// Not started yet; `launch` does that.
    pub fn new(settings: Settings) -> Self {
        let log = Log::new(settings.echo);
        let places = settings.places.iter().map(|_| watch::Sender::new(None)).collect();
        Self { settings, process: None, address: watch::Sender::new(None), places, cron: None, log }
    }

    /// Starts it and waits until it listens.
    pub async fn start(settings: Settings) -> Result<Self> {
        let mut workerd = Self::new(settings);
        workerd.launch().await?;
        Ok(workerd)
    }

    /// Where it listens; `None` while it is down. Each start chooses another port.
    pub fn address(&self) -> Option<SocketAddr> {
        *self.address.borrow()
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> Result<String> {
        Ok(format!("http://{}", self.address().context("workerd is not running")?))
    }

    /// The address as it changes.
    pub fn watch(&self) -> watch::Receiver<Option<SocketAddr>> {
        self.address.subscribe()
    }

    /// The addresses of the further places as they change.
    pub fn watch_places(&self) -> Vec<watch::Receiver<Option<SocketAddr>>> {
        self.places.iter().map(watch::Sender::subscribe).collect()
    }

    /// What the next launch runs around the Worker.
    pub fn set_around(&mut self, module: Option<String>) {
        self.settings.around = module;
    }

    /// Which build of the Worker the next launch runs: that of the repository at `root`.
    pub fn set_root(&mut self, root: &Path) {
        root.clone_into(&mut self.settings.root);
    }

    /// Which build the further places run from the next launch on; without one, the same.
    pub fn set_elsewhere(&mut self, root: Option<&Path>) {
        self.settings.elsewhere = root.map(Path::to_owned);
    }

    /// The folder in which objects keep their data.
    pub fn objects(&self) -> &Path {
        &self.settings.objects
    }

    /// The process number, for measuring.
    pub fn pid(&self) -> Option<u32> {
        self.process.as_ref().and_then(Process::id)
    }

    /// The last lines that workerd and the Worker logged.
    pub fn log(&self) -> Vec<String> {
        self.log.lines()
    }

    /// Runs the Worker's scheduled handler now, and tells how it ended (`ok` when it returned).
    pub async fn cron(&self) -> Result<String> {
        let address = self.cron.context("workerd is not running")?;
        let mut stream = TcpStream::connect(address).await?;
        let request = b"GET / HTTP/1.1\r\nHost: cron\r\nConnection: close\r\n\r\n";
        stream.write_all(request).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let outcome = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
        outcome.context("workerd did not run the scheduled handler")
    }

    /// Ends it as a power cut would: nothing is finished, nothing is flushed.
    pub async fn kill(&mut self) -> Result<()> {
        self.gone();
        match self.process.take() {
            Some(process) => process.kill().await,
            None => Ok(()),
        }
    }

    /// Ends it politely, and by force if it takes longer than five seconds.
    pub async fn stop(&mut self) -> Result<()> {
        self.gone();
        match self.process.take() {
            Some(process) => process.stop().await,
            None => Ok(()),
        }
    }

    /// Starts it again after `kill` or `stop`, on the same data, with the Worker as it is now built.
    pub async fn launch(&mut self) -> Result<()> {
        let folder = self.prepare()?;
        let binary = binary(&self.settings.root)?;
        let places: Vec<String> = (0..self.places.len()).map(|index| format!("place-{index}")).collect();
        let process = Process::start(&binary, folder, &places, &self.log).await?;
        self.address.send_replace(Some(process.listens("http")?));
        for (name, place) in places.iter().zip(&self.places) {
            place.send_replace(Some(process.listens(name)?));
        }
        self.cron = Some(process.listens("cron")?);
        self.process = Some(process);
        Ok(())
    }

    fn gone(&mut self) {
        self.address.send_replace(None);
        for place in &self.places {
            place.send_replace(None);
        }
        self.cron = None;
    }

    /// Stops and launches.
    pub async fn restart(&mut self) -> Result<()> {
        self.stop().await?;
        self.launch().await
    }

    /// Copies the Worker beside its configuration, so that a build going on does not change what runs.
    fn prepare(&self) -> Result<TempDir> {
        let root = &self.settings.root;
        fs::create_dir_all(&self.settings.objects)?;
        let objects = fs::canonicalize(&self.settings.objects)?;
        let folder = tempfile::Builder::new().prefix("rapport-").tempdir()?;
        copy(root, folder.path())?;
        if let Some(other) = &self.settings.elsewhere {
            let aside = folder.path().join(config::ELSEWHERE);
            fs::create_dir(&aside)?;
            copy(other, &aside)?;
        }
        let wrangler = fs::read_to_string(root.join("wrangler.toml")).context("wrangler.toml is missing")?;
        if let Some(around) = &self.settings.around {
            fs::write(folder.path().join("around.js"), around)?;
        }
        let text = config::text(&self.settings, &wrangler, &objects)?;
        fs::write(folder.path().join("config.capnp"), text)?;
        Ok(folder)
    }
}

/// The Worker that is built in the repository at `root`.
fn copy(root: &Path, folder: &Path) -> Result<()> {
    for name in ["index.js", "index_bg.wasm"] {
        fs::copy(root.join("build").join(name), folder.join(name))
            .with_context(|| format!("{}/build/{name} is missing: run `cargo xtask build`", root.display()))?;
    }
    Ok(())
}

/// The executable that npm installed.
fn binary(root: &Path) -> Result<PathBuf> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("macos", "aarch64") => "darwin-arm64",
        ("macos", _) => "darwin-64",
        (_, "aarch64") => "linux-arm64",
        _ => "linux-64",
    };
    let path = root.join(format!("node_modules/@cloudflare/workerd-{platform}/bin/workerd"));
    fs::canonicalize(&path).with_context(|| format!("{} is missing: run `cargo xtask setup`", path.display()))
}
