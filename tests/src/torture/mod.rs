//! `cargo xtask torture`: everything that may happen to the Worker, KV, the power and visitors' networks, drawn from seeds, and
//! what must hold nevertheless.
//!
//! The Worker is the shipped one, byte for byte. What is around it – clock, places, KV, power – is the test's.

pub mod around;
pub mod plan;
pub mod record;
pub mod world;
pub mod device;
pub mod ledger;
pub mod check;
pub mod seeds;
pub mod crash;
pub mod storms;
pub mod disk;
pub mod model;
pub mod mixed;
pub mod timing;

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::time::Instant;

/// Seeds that share a world.
const ABREAST: usize = 8;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The first seed.
    pub seed: u64,
    /// How many.
    pub seeds: u64,
    /// Ten times as much of everything.
    pub long: bool,
    /// Under which name to keep the disk of what is built now, instead of any trial.
    pub save: Option<String>,
    /// Where an older release is built.
    pub old: Option<PathBuf>,
    /// Only these trials; all of them if there is none.
    pub only: Vec<String>,
}

/// The trials by name.
const TRIALS: [&str; 6] = ["model", "seeds", "crash", "storms", "disks", "timing"];
/// Those that are run only if they are named.
const NAMED: [&str; 1] = ["mixed"];

impl Options {
    /// Reads the command line: trials, and `--seed N`, `--seeds N`, `--long`.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { seed: 1, seeds: 0, long: false, save: None, old: None, only: Vec::new() };
        let mut rest = arguments.iter();
        while let Some(name) = rest.next() {
            if name == "--save-disk" {
                options.save = Some(rest.next().context("--save-disk takes a name")?.clone());
                continue;
            }
            if name == "--old-build" {
                options.old = Some(rest.next().context("--old-build takes a folder")?.into());
                continue;
            }
            let mut number = || {
                let number = rest.next().and_then(|word| word.parse().ok());
                number.with_context(|| format!("{name} takes a number"))
            };
            match name.as_str() {
                "--seed" => options.seed = number()?,
                "--seeds" => options.seeds = number()?,
                "--long" => options.long = true,
                trial if TRIALS.contains(&trial) || NAMED.contains(&trial) => options.only.push(trial.to_owned()),
                other => bail!(
                    "there is no `{other}`: {}, {}, --seed N, --seeds N, --long",
                    TRIALS.join(", "),
                    NAMED.join(", ")
                ),
            }
        }
        // One seed is looked at because it failed.
        let named = arguments.iter().any(|argument| argument == "--seed" || argument == "--seeds");
        if named && options.only.is_empty() {
            options.only.push("seeds".to_owned());
        }
        if options.seeds == 0 {
            options.seeds = match (named, options.long) {
                (true, _) => 1,
                (false, false) => 96,
                (false, true) => 960,
            };
        }
        Ok(options)
    }

    fn wants(&self, trial: &str) -> bool {
        let all = self.only.is_empty() && TRIALS.contains(&trial);
        all || self.only.iter().any(|only| only == trial)
    }

    const fn times(&self, standard: u64) -> u64 {
        if self.long { standard * 10 } else { standard }
    }
}

/// Runs it all, and prints what came of it; false if something did not hold.
pub async fn all(options: &Options) -> Result<bool> {
    if let Some(name) = &options.save {
        println!("{}", disk::save(name).await?.display());
        return Ok(true);
    }
    let mut held = true;
    for trial in TRIALS.iter().chain(&NAMED).filter(|trial| options.wants(trial)) {
        let since = Instant::now();
        let outcome = match *trial {
            "model" => natively(options),
            "seeds" => from_seeds(options).await,
            "crash" => power_cuts(options).await,
            "disks" => disk::take_over().await.map(|disks| format!("{disks} disks of older releases taken over")),
            "timing" => clocked(options).await,
            "mixed" => releases(options).await,
            _ => weather(options).await,
        };
        match outcome {
            Ok(words) => println!("{trial}: {words}, in {} s", since.elapsed().as_secs()),
            Err(error) => {
                println!("{trial} FAILED: {error:#}");
                held = false;
            }
        }
    }
    Ok(held)
}

fn natively(options: &Options) -> Result<String> {
    let many = options.times(5_000);
    let answers = model::histories(options.seed, many)?;
    Ok(format!("{many} histories of the pure model held, with {answers} answers acknowledged"))
}

async fn from_seeds(options: &Options) -> Result<String> {
    let mut tally = seeds::Tally::default();
    let seeds: Vec<u64> = (options.seed..options.seed + options.seeds).collect();
    for some in seeds.chunks(ABREAST) {
        let world = seeds::world(some).await.with_context(|| format!("the world of seed {}", some[0]))?;
        println!("  from seed {}: {} held, {} failed", some[0], world.held, world.failed.len());
        for (seed, why) in &world.failed {
            println!("  seed {seed} FAILED: {why}\n  again: cargo xtask torture --seed {seed}");
        }
        tally.add(world);
    }
    anyhow::ensure!(tally.failed.is_empty(), "{} of {} seeds failed", tally.failed.len(), seeds.len());
    Ok(format!(
        "{} seeds held: {} answers acknowledged in {} requests ({} with an unknown end), {} acts of members, {} power cuts; \
         KV had everything {:.1} s after the last trouble at most",
        tally.held,
        tally.acknowledged,
        tally.requests,
        tally.unknown,
        tally.acts,
        tally.cuts,
        tally.slowest.as_secs_f64()
    ))
}

async fn power_cuts(options: &Options) -> Result<String> {
    let tables = crash::tables().await.context("while tables are made")?;
    let cuts = crash::matrix(options.seed, u32::try_from(options.times(216))?).await?;
    Ok(format!(
        "{} power cuts, {tables} while tables were made, the others at {:?}; {} answers and {} acts were acknowledged and found",
        tables + cuts.at.values().sum::<u32>(),
        cuts.at,
        cuts.answers,
        cuts.acts
    ))
}

async fn clocked(options: &Options) -> Result<String> {
    let medians = timing::refusals(options.seed).await?;
    for (what, there, absent) in &medians {
        println!("  {what}: {} µs, and {} µs where there is none", there.as_micros(), absent.as_micros());
    }
    Ok(format!("{} pairs of refusals take the same time", medians.len()))
}

async fn releases(options: &Options) -> Result<String> {
    let old = options.old.as_ref().context("`cargo xtask torture mixed --old COMMIT` says which release")?;
    let mixed::Mixed { changes, answers, acts } = mixed::mixed(options.seed, old).await?;
    Ok(format!(
        "{changes} changes of the release under load; {answers} answers and {acts} acts were acknowledged and found"
    ))
}

async fn weather(options: &Options) -> Result<String> {
    let (panics, harmed) = storms::panics(options.seed).await.context("the storm of panics")?;
    println!(
        "  panics: {panics} or more; {harmed} of 200 answers to the stormy object had no receipt at once, all of the calm one"
    );
    let (tried, took) = storms::outage().await.context("half an hour without KV")?;
    println!("  outage: {tried} writes tried in 35 minutes; KV had everything {} s after", took.as_secs());
    let vain = storms::quota().await.context("a day's quota")?;
    println!("  quota: {vain} writes tried in vain, and the rest at midnight");
    storms::poison().await.context("a value that KV never takes")?;
    println!("  poison: parked, told, and all others went on");
    let soak = storms::soak(options.times(3_000)).await.context("the soak")?;
    println!("  soak: {soak:?}");
    Ok("all of them held".to_owned())
}
