//! The disk of an older release: what its objects and KV held, to be taken over by the Worker of today.

use super::ledger;
use super::record::{Outcome, Record};
use super::storms;
use super::world;
use crate::product::{OWNER_KEY, root};
use crate::{Product, eventually, stage};
use anyhow::{Context, Result, ensure};
use rapport_core::id;
use rapport_core::time::Timestamp;
use rapport_local::{Clock, Plan};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where disks of releases are kept.
const FOLDER: &str = "tests/fixtures/disks";

/// A disk, and what was on it in the owner's eyes.
#[derive(Serialize, Deserialize)]
struct Disk {
    site: String,
    /// When it was written.
    at: i64,
    counts: Value,
    responses: Value,
    /// Members' lines.
    ledgers: BTreeMap<String, Value>,
    /// The id and revision of an answer that was there.
    known: String,
    /// Files, in hexadecimal digits.
    files: BTreeMap<String, String>,
}

/// Writes the disk of the Worker as it is built now, under a name.
pub async fn save(name: &str) -> Result<PathBuf> {
    stage::temporary()?;
    let folder = tempfile::tempdir()?;
    let mut product = start(folder.path()).await?;
    let ground = world::one_place(&product, Clock::default()).await?;
    ledger::publish(&product, &ground.site).await?;
    storms::answers(&ground, 1, 12).await;
    let known = ground.record().kept.keys().next().context("no answer")?.clone();
    // A second revision, one that is half done, one that is erased, and what the owner made of another.
    let mark = ground.record().sent[&known].1.clone();
    storms::answer(&ground, &known, &mark, 2, 4).await;
    let ids: Vec<String> = ground.record().kept.keys().cloned().collect();
    let site = format!("sites/{}", ground.site);
    product
        .api(Method::POST, &format!("{site}/responses/erase"), Some(&json!({ "ids": [ids[3]], "at_once": true })))
        .await?;
    for number in 0..6 {
        let act = if number % 3 == 2 { super::plan::Act::Mug } else { super::plan::Act::Adjust(20) };
        ledger::act(Arc::clone(&ground), std::time::Duration::ZERO, number % 2, number as usize, act).await;
    }
    super::check::settled(&product, &ground).await?;
    let (counts, responses, ledgers) = seen(&product, &ground.site, Clock::default().now()).await?;
    product.cloud.workerd.stop().await?;
    let mut files = BTreeMap::new();
    for path in walk(folder.path())? {
        let name = path.strip_prefix(folder.path())?.to_string_lossy().into_owned();
        let bytes = fs::read(&path)?;
        files.insert(name, bytes.iter().map(|byte| format!("{byte:02x}")).collect());
    }
    let disk = Disk { site: ground.site.clone(), at: Clock::default().now(), counts, responses, ledgers, known, files };
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 24).write_all(&serde_json::to_vec(&disk)?)?;
    let to = root().join(FOLDER).join(format!("{name}.br"));
    fs::create_dir_all(root().join(FOLDER))?;
    fs::write(&to, packed)?;
    Ok(to)
}

/// Has today's Worker take over each disk there is; how many there are.
pub async fn take_over() -> Result<u32> {
    let mut disks = 0;
    for entry in fs::read_dir(root().join(FOLDER)).context("there are no disks")? {
        let path = entry?.path();
        one(&path).await.with_context(|| format!("the disk {}", path.display()))?;
        disks += 1;
    }
    Ok(disks)
}

async fn one(path: &Path) -> Result<()> {
    stage::temporary()?;
    let mut text = Vec::new();
    brotli::Decompressor::new(fs::File::open(path)?, 1 << 16).read_to_end(&mut text)?;
    let disk: Disk = serde_json::from_slice(&text)?;
    let folder = tempfile::tempdir()?;
    for (name, digits) in &disk.files {
        let to = folder.path().join(name);
        fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
        let bytes: Result<Vec<u8>, _> =
            (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16)).collect();
        fs::write(to, bytes?)?;
    }
    let product = start(folder.path()).await?;
    let (counts, responses, ledgers) = seen(&product, &disk.site, disk.at).await?;
    ensure!(
        counts == disk.counts && responses == disk.responses,
        "{responses} responses, {counts}\nand were {}",
        disk.counts
    );
    ensure!(ledgers == disk.ledgers, "ledgers are {ledgers:?}\nand were {:?}", disk.ledgers);
    // What the older release had taken is known, where its id is still young enough; and new answers are taken.
    let ground = world::known(&product, &disk.site, Clock::default())?;
    let young = ground.now() - disk.at < 6 * 86_400_000;
    if young {
        let again = storms::answer(&ground, &disk.known, "x", 1, 1).await;
        ensure!(
            matches!(again, Outcome::Kept { duplicate: true, revision: 2 }),
            "{again:?} for an answer of the older release"
        );
    }
    let name = id::make(Timestamp(ground.now()), [5; 10]);
    let new = storms::answer(&ground, &name, "new", 1, 1).await;
    ensure!(matches!(new, Outcome::Kept { duplicate: false, .. }), "{new:?} for a new answer");
    super::check::settled(&product, &ground).await?;
    ledger::act(Arc::clone(&ground), std::time::Duration::ZERO, 0, 99, super::plan::Act::Adjust(1)).await;
    let record: Record = ground.record();
    ensure!(matches!(record.acts["act:99"].2, Outcome::Kept { duplicate: false, .. }), "{:?}", record.acts);
    // And all of it can be made anew from the older release's KV.
    let (counts, responses, ledgers) = seen(&product, &disk.site, disk.at).await?;
    product.api(Method::POST, &format!("sites/{}/rebuild", disk.site), None).await?;
    eventually("the end of the rebuild", async || {
        Ok(product.known_site(&disk.site).status().await?["rebuilding"].is_null())
    })
    .await?;
    ensure!((counts, responses, ledgers) == seen(&product, &disk.site, disk.at).await?, "a rebuild changed something");
    Ok(())
}

async fn start(folder: &Path) -> Result<Product> {
    let at = folder.to_owned();
    Product::start_as(|plan| Plan { folder: Some(at), owner_key: OWNER_KEY.to_owned(), ..plan }, |settings| settings)
        .await
}

/// What the owner sees: counts, responses, members' lines.
async fn seen(product: &Product, site: &str, at: i64) -> Result<(Value, Value, BTreeMap<String, Value>)> {
    let today = Timestamp(at).day();
    let path = format!("sites/{site}/overview?from={}&to={}", today.plus(-12), today.plus(1));
    let overview = product.api(Method::GET, &path, None).await?;
    let responses = product.known_site(site).status().await?["responses"].clone();
    let mut ledgers = BTreeMap::new();
    for member in ["m0", "m1"] {
        let path = format!("sites/{site}/members/{member}/ledger?limit=200");
        ledgers.insert(member.to_owned(), product.api(Method::GET, &path, None).await?["entries"].clone());
    }
    Ok((overview["counts"].clone(), responses, ledgers))
}

fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files.extend(walk(&path)?) } else { files.push(path) }
    }
    Ok(files)
}
