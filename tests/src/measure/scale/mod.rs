//! What many sites cost a month: a simulated day of each, in the units that Cloudflare counts, held against the counters of the
//! shipped Worker in workerd.

mod counters;
mod day;
mod model;
mod tally;

use super::ingest::{self, Cost};
use crate::{Product, widgets};
use anyhow::Result;
use counters::Counted;
use day::{DAY_MS, Event, Step};
use model::Site;
use std::fmt::Write;
use tally::{Counts, Kind, Taken};

/// What the tables mean.
const WORDS: &str = "A day of each site is simulated, visit by visit: a page asks for the script and tells of its view or of an answer, \
every other answer comes in two parts with words in the second, each visitor comes once, the owner looks once. The rules are the \
Worker's: which call writes which rows, when an object is made anew after a pause and sets its alarm again, when an alarm rings, when \
the meter is written down. The same days were lived by the shipped Worker in workerd, its clock moved from one event to the next, and \
counted; a test in CI fails where the two disagree (`tests/tests/worker/scale.rs`).\n";

/// What the months mean.
const MONTHS: &str = "Thirty such days: views of the sites fall as Zipf's law says, two in a hundred are answered, each at a moment \
drawn at random; of a busy site a part of the day is simulated and scaled. Processor time is what was measured above. Taken are 10 ms \
of an object's time for a call and 100 ms for an answer and an alarm, one place that serves the sites, and that no page has the script \
in its cache; prices are those of Cloudflare's paid plan, dollars a month. Nothing is sampled.\n";

/// Sites of the simulation. How busy they are falls as Zipf's law says: the n-th has an n-th of the first one's visitors.
const SITES: u32 = 10_000;
const DAYS: f64 = 30.0;
/// Answers for each visit.
const ANSWERS: f64 = 0.02;
/// Visits of a day that are simulated one by one; of more, that part of the day which has so many.
const MOST: f64 = 2_000.0;
/// Seconds for which an object works: for a call, and for an answer or an alarm, which take values to KV.
const SECONDS: (f64, f64) = (0.01, 0.1);
/// Gigabytes that an object's seconds are billed with.
const MEMORY: f64 = 0.128;
/// Days that are lived by the Worker, too: visits, and answers for each. The quiet ones are of the 10,000 sites, the last has more
/// answers than most.
const LIVED: [(u64, f64); 5] = [(1, ANSWERS), (11, ANSWERS), (34, ANSWERS), (227, ANSWERS), (60, 0.5)];

/// And one of points for a member.
const ACTS: u64 = 5;

/// A day as it was simulated and as it was counted.
pub struct Lived {
    what: String,
    simulated: Taken,
    counted: Taken,
}

impl Lived {
    /// What the two disagree about, in words: everything but rows read has to be the same in each step, those within a tenth for
    /// the day and a quarter for each sort of step.
    pub fn disagreements(&self) -> Vec<String> {
        let mut told = Vec::new();
        let what = &self.what;
        let (simulated, counted) = (&self.simulated.steps, &self.counted.steps);
        if simulated.len() != counted.len() {
            told.push(format!("{what}: {} steps simulated, {} counted", simulated.len(), counted.len()));
        }
        let differs =
            |(one, other): &(&(Kind, Counts), &(Kind, Counts))| one.0 != other.0 || one.1.exact() != other.1.exact();
        if let Some((at, (one, other))) = simulated.iter().zip(counted).enumerate().find(|(_, both)| differs(both)) {
            told.push(format!("{what}, step {at}: simulated {one:?}, counted {other:?}"));
        }
        let mut read = |part: &str, simulated: f64, counted: f64, within: f64| {
            if (simulated - counted).abs() > within * counted {
                told.push(format!("{what}, {part}: {simulated} rows read simulated, {counted} counted"));
            }
        };
        read("all", self.simulated.sum().read, self.counted.sum().read, 0.1);
        for (kind, (_, counts)) in &self.counted.kinds {
            let simulated = self.simulated.kinds.get(kind).map_or(0.0, |(_, counts)| counts.read);
            read(kind.words(), simulated, counts.read, 0.25);
        }
        told
    }
}

/// Simulates and counts each of the days.
pub async fn lived() -> Result<Vec<Lived>> {
    let mut random = 7;
    let mut lives: Vec<(String, Vec<Step>)> = Vec::new();
    for (visits, answered) in LIVED {
        let what = if visits == 1 { "one visit".to_owned() } else { format!("{visits} visits") };
        lives.push((what, day::visits(visits, answered, DAY_MS, &mut random)));
    }
    lives.push((format!("{ACTS} acts"), day::acts(ACTS)));
    let mut all = Vec::new();
    for (what, steps) in lives {
        let simulated = Site::default().live(&steps);
        // A product of its own: what an isolate remembers of other sites is none of this one's.
        let counted = Counted::start().await?.live(&steps).await?;
        all.push(Lived { what, simulated, counted });
    }
    Ok(all)
}

/// By itself, with what an answer and a view take measured first.
pub async fn alone() -> Result<String> {
    let product = Product::shared().await?;
    report(&ingest::measure(&product.site(&[widgets::nps()]).await?).await?).await
}

/// What events take, how well the simulation knows, and what months of many sites cost.
pub async fn report(cost: &Cost) -> Result<String> {
    let lived = lived().await?;
    let mut text = format!("## {SITES} sites\n\n{WORDS}\n");
    text += &events(&lived)?;
    writeln!(text)?;
    text += &days(&lived)?;
    for told in lived.iter().flat_map(Lived::disagreements) {
        writeln!(text, "\n**They disagree**: {told}")?;
    }
    writeln!(text, "\n## What a month costs\n\n{MONTHS}")?;
    text += &table(cost);
    Ok(text)
}

/// What each sort of event took, counted in workerd.
fn events(lived: &[Lived]) -> Result<String> {
    let (mut simulated, mut counted) = (Taken::default(), Taken::default());
    for day in lived {
        simulated.merge(&day.simulated);
        counted.merge(&day.counted);
    }
    let mut text = String::from("| each, counted in workerd | how many |");
    tally::NAMES.iter().skip(1).for_each(|name| text += &format!(" {name} |"));
    text += "\n|---|---|---|---|---|---|---|---|---|---|\n";
    for (kind, (n, sum)) in &counted.kinds {
        let model = simulated.kinds.get(kind).copied().unwrap_or_default().1;
        write!(text, "| {} | {n} |", kind.words())?;
        for (counted, model) in sum.all().into_iter().zip(model.all()).skip(1) {
            write!(text, " {:.2}{} |", counted / *n as f64, difference(model, counted))?;
        }
        writeln!(text)?;
    }
    Ok(text)
}

/// Whole days, simulated and counted.
fn days(lived: &[Lived]) -> Result<String> {
    let mut text = String::from("| a site's day | |");
    tally::NAMES.iter().for_each(|name| text += &format!(" {name} |"));
    text += "\n|---|---|---|---|---|---|---|---|---|---|---|\n";
    for day in lived {
        let (simulated, counted) = (day.simulated.sum().all(), day.counted.sum().all());
        for (what, counts) in [("simulated", simulated), ("counted", counted)] {
            write!(text, "| {} | {what} |", day.what)?;
            for (count, counted) in counts.into_iter().zip(counted) {
                write!(text, " {count:.0}{} |", difference(count, counted))?;
            }
            writeln!(text)?;
        }
    }
    Ok(text)
}

/// By how much the simulation differs, where it does.
fn difference(simulated: f64, counted: f64) -> String {
    if (simulated - counted).abs() < 0.5 {
        return String::new();
    }
    format!(" ({:+.0} %)", (simulated / counted - 1.0) * 100.0)
}

/// A month, in what is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Month {
    counts: Counts,
    cpu_ms: f64,
    seconds: f64,
}

/// What is counted, what of it the paid plan's five dollars include, and dollars for each further million.
const PRICES: [(&str, f64, f64); 9] = [
    ("requests of the Worker", 10e6, 0.30),
    ("its processor time, ms", 30e6, 0.02),
    ("requests and alarms of objects", 1e6, 0.15),
    ("their time, GB-s", 400e3, 12.50),
    ("rows written", 50e6, 1.00),
    ("rows read", 25e9, 0.001),
    ("KV writes", 1e6, 5.00),
    ("KV reads", 10e6, 0.50),
    ("KV lists", 1e6, 5.00),
];

impl Month {
    fn counts(&self) -> [f64; 9] {
        let Counts { requests, calls, rings, written, read, kv_writes, kv_reads, kv_lists, .. } = self.counts;
        [requests, self.cpu_ms, calls + rings, self.seconds * MEMORY, written, read, kv_writes, kv_reads, kv_lists]
    }

    fn dollars(&self) -> f64 {
        let each = self.counts().into_iter().zip(PRICES);
        5.0 + each.map(|(count, (_, included, price))| (count - included).max(0.0) / 1e6 * price).sum::<f64>()
    }

    /// Adds what was taken, so many times.
    fn add(&mut self, kind: Kind, (n, counts): (u64, Counts), times: f64, cost: &Cost) {
        let n = n as f64 * times;
        self.counts += counts * times;
        let calls = (counts.calls + counts.rings) * times;
        let (cpu, seconds) = match kind {
            Kind::Event(Event::Script) => (cost.script_ms, calls * SECONDS.0),
            Kind::Event(Event::Whole | Event::Partial | Event::Rest) => (cost.response_ms, calls * SECONDS.1),
            Kind::Event(_) => (cost.view_ms, calls * SECONDS.0),
            Kind::Alarm | Kind::Midnight => (0.0, calls * SECONDS.1),
        };
        self.cpu_ms += n * cpu;
        self.seconds += seconds;
    }
}

/// A month of `views` over so many sites.
fn month(views: f64, sites: u32, cost: &Cost) -> Month {
    let harmonic: f64 = (1..=sites).map(|rank| 1.0 / f64::from(rank)).sum();
    let (mut total, mut random) = (Month::default(), 1);
    for rank in 1..=sites {
        let views = (views / DAYS / harmonic / f64::from(rank)).round();
        if views < 1.0 {
            continue;
        }
        let part = (MOST / views).min(1.0);
        let steps = day::visits((views * part) as u64, ANSWERS, (DAY_MS as f64 * part) as u64, &mut random);
        for (kind, taken) in Site::default().live(&steps).kinds {
            // The owner looks once and midnight is once, however much of the day there is.
            let once = matches!(kind, Kind::Midnight | Kind::Event(Event::Overview));
            total.add(kind, taken, DAYS / if once { 1.0 } else { part }, cost);
        }
    }
    total
}

/// Some months as a table in Markdown.
fn table(cost: &Cost) -> String {
    let months = [(1e6, 1), (1e8, SITES), (1e9, SITES), (1e9, 1)];
    let all: Vec<Month> = months.iter().map(|(views, sites)| month(*views, *sites, cost)).collect();
    let mut text = String::from("| a month of |");
    let heads = months.map(|(views, sites)| format!(" {} M views, {sites} sites |", views / 1e6));
    text += &heads.concat().replace(" 1 sites", " one site");
    text += "\n|---|---|---|---|---|\n";
    for (index, (what, _, _)) in PRICES.iter().enumerate() {
        let counts: String = all.iter().map(|month| format!(" {} |", short(month.counts()[index]))).collect();
        let _ = writeln!(text, "| {what} |{counts}");
    }
    let dollars: String = all.iter().map(|month| format!(" {:.0} |", month.dollars())).collect();
    let _ = writeln!(text, "| dollars, paid plan |{dollars}");
    text
}

fn short(count: f64) -> String {
    match count {
        1e9.. => format!("{:.2} G", count / 1e9),
        1e6.. => format!("{:.1} M", count / 1e6),
        1e3.. => format!("{:.0} k", count / 1e3),
        _ => format!("{count:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COST: Cost = Cost {
        response_ms: 2.0,
        view_ms: 1.0,
        script_ms: 0.5,
        response_writes: 1.0,
        view_writes: 0.0,
        response_rows: 10.0,
        view_rows: 1.0,
    };

    #[test]
    fn a_month_is_added_up() {
        let month = month(30_000.0, 1, &COST);
        // A script and a delivery each, the second part of every other answer, the owner.
        assert_eq!(month.counts.requests, 2.0 * 30_000.0 + 300.0 + 30.0);
        // One for each answer, and the day's views.
        assert_eq!(month.counts.kv_writes, 600.0 + 30.0);
        assert_eq!(month.counts.kv_lists, 30.0);
        assert!(month.counts.written > 30_000.0 + 600.0 * 9.0, "{month:?}");
        assert_eq!(month.dollars(), 5.0);
    }

    #[test]
    fn a_busy_site_is_a_quiet_one_many_times() {
        let (part, whole) = (month(60_000.0, 1, &COST), month(6_000_000.0, 1, &COST));
        assert!((whole.counts.requests / part.counts.requests - 100.0).abs() < 1.0, "{part:?} {whole:?}");
        // Its object stays awake, answers share their alarms, and the meter is written down for many calls at once.
        assert!(whole.counts.written < 75.0 * part.counts.written, "{part:?} {whole:?}");
        assert!(whole.counts.written > 6_000_000.0);
    }

    #[test]
    fn a_site_that_nobody_visits_costs_nothing() {
        assert_eq!(month(0.0, 1, &COST), Month::default());
    }
}
