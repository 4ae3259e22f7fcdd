//! What many sites cost a month: a simulated day of each, in the units that Cloudflare counts, with what an answer and a view were
//! just measured to take.

use super::ingest::Cost;
use std::fmt::Write;

/// What the table means.
pub const WORDS: &str = "A simulated day, thirty times: views of the sites fall as Zipf's law says, two in a hundred are answered, \
each at a moment drawn at random. What a view and an answer take is what was measured above, alarms are counted as the object sets \
them, at three rows each. Taken are 10 ms of an object's time for a view and 100 ms for an answer, and that no page has the script \
in its cache; prices are those of Cloudflare's paid plan, dollars a month. Nothing is sampled: every view is a row.\n";

/// Sites of the simulation. How busy they are falls as Zipf's law says: the n-th has an n-th of the first one's visitors.
const SITES: u32 = 10_000;
const DAYS: f64 = 30.0;
const DAY_MS: u64 = 86_400_000;
/// Answers for each view.
const ANSWERS: f64 = 0.02;
/// An answer's alarm is so far away; another answer within it sets none (`worker/src/object/alarm.rs`).
const SOON_MS: u64 = 15_000;
/// Rows of an alarm: what sets it, what it sets first, and the one after it.
const ALARM_ROWS: f64 = 3.0;
/// Seconds for which an object works: for a view, and for an answer, whose value it takes to KV.
const SECONDS: (f64, f64) = (0.01, 0.1);
/// Gigabytes that an object's seconds are billed with.
const MEMORY: f64 = 0.128;

/// A month, in what is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Month {
    requests: f64,
    cpu_ms: f64,
    objects: f64,
    seconds: f64,
    rows: f64,
    kv_writes: f64,
    kv_reads: f64,
}

/// What is counted, what of it the paid plan's five dollars include, and dollars for each further million.
const PRICES: [(&str, f64, f64); 7] = [
    ("requests of the Worker", 10e6, 0.30),
    ("its processor time, ms", 30e6, 0.02),
    ("requests and alarms of objects", 1e6, 0.15),
    ("their time, GB-s", 400e3, 12.50),
    ("rows written", 50e6, 1.00),
    ("KV writes", 1e6, 5.00),
    ("KV reads", 10e6, 0.50),
];

impl Month {
    fn counts(&self) -> [f64; 7] {
        let time = self.seconds * MEMORY;
        [self.requests, self.cpu_ms, self.objects, time, self.rows, self.kv_writes, self.kv_reads]
    }

    fn dollars(&self) -> f64 {
        let each = self.counts().into_iter().zip(PRICES);
        5.0 + each.map(|(count, (_, included, price))| (count - included).max(0.0) / 1e6 * price).sum::<f64>()
    }

    fn add(&mut self, views: f64, answers: f64, alarms: f64, cost: &Cost) {
        // Each view is a page that asks for the script and tells what was seen; an answer tells that itself.
        self.requests += 2.0 * views;
        self.cpu_ms += views * cost.script_ms + (views - answers) * cost.view_ms + answers * cost.response_ms;
        self.objects += views + alarms;
        self.seconds += (views - answers) * SECONDS.0 + (answers + alarms) * SECONDS.1;
        self.rows += (views - answers) * cost.view_rows + answers * cost.response_rows + alarms * ALARM_ROWS;
        // Views of a day are one value.
        self.kv_writes += answers * cost.response_writes + if views > 0.0 { 1.0 } else { 0.0 };
        // An isolate asks again after three seconds, so there is at most one for each request.
        self.kv_reads += (2.0 * views).min(DAY_MS as f64 / 3_000.0);
    }
}

/// The alarms of a day with so many answers, at moments drawn at random, and the one at midnight.
fn alarms(answers: u64, random: &mut u64) -> u64 {
    let mut moments: Vec<u64> = (0..answers).map(|_| next(random) % DAY_MS).collect();
    moments.sort_unstable();
    let (mut rung, mut until) = (1, 0);
    for moment in moments {
        if moment >= until {
            rung += 1;
            until = moment + SOON_MS;
        }
    }
    rung
}

/// A month of `views` over so many sites.
fn month(views: f64, sites: u32, cost: &Cost) -> Month {
    let harmonic: f64 = (1..=sites).map(|rank| 1.0 / f64::from(rank)).sum();
    let (mut total, mut random) = (Month::default(), 1);
    for rank in 1..=sites {
        let views = (views / DAYS / harmonic / f64::from(rank)).round();
        let answers = (views * ANSWERS).round();
        // Of more answers than there are such spans in a day, each span has some.
        let rung = alarms((answers as u64).min(200_000), &mut random);
        total.add(views, answers, rung as f64, cost);
    }
    let each = |count: f64| count * DAYS;
    Month {
        requests: each(total.requests),
        cpu_ms: each(total.cpu_ms),
        objects: each(total.objects),
        seconds: each(total.seconds),
        rows: each(total.rows),
        kv_writes: each(total.kv_writes),
        kv_reads: each(total.kv_reads),
    }
}

/// Some months as a table in Markdown.
pub fn table(cost: &Cost) -> String {
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

/// xorshift64: a simulation replays.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
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
        let month = month(3_000_000.0, 1, &COST);
        assert_eq!(month.requests, 6e6);
        assert_eq!(month.kv_writes, 60_000.0 + DAYS);
        // Answers, views and the alarms of at least one span each.
        let plain = 60_000.0 * 10.0 + 2_940_000.0;
        assert!(month.rows > plain && month.rows < plain + 60_000.0 * ALARM_ROWS + 100.0, "{}", month.rows);
        assert_eq!(month.dollars(), 5.0 + (month.objects - 1e6) / 1e6 * 0.15);
    }

    #[test]
    fn answers_that_come_together_share_an_alarm() {
        let mut random = 1;
        assert_eq!(alarms(0, &mut random), 1);
        assert_eq!(alarms(1, &mut random), 2);
        assert!(alarms(200_000, &mut random) <= 1 + DAY_MS / SOON_MS);
    }
}
