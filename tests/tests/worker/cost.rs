//! What a response costs: the budgets of the design, measured.

use std::time::Instant;

use rapport_tests::widgets;

use crate::own;
use crate::wire::{deliver, id, nps, settled};

/// Clock ticks a second of /proc, on every Linux that this runs on.
const TICKS: f64 = 100.0;

#[test]
fn one_kv_write_and_little_time_for_each_response() {
    own(async |product| {
        const ANSWERS: u32 = 300;
        let site = product.site(&[widgets::nps()]).await?;
        settled(&site).await?;
        // Warm: the first requests compile and create.
        for _ in 0..20 {
            deliver(&site, &nps(&id(), 9)).await?;
        }
        settled(&site).await?;
        product.cloud.kv.reset_counts();
        let rows = site.status().await?["rows_written"].as_u64().unwrap();
        let (cpu, start) = (ticks(product.cloud.workerd.pid()), Instant::now());
        for _ in 0..ANSWERS {
            deliver(&site, &nps(&id(), 9)).await?;
        }
        let wall = start.elapsed();
        settled(&site).await?;
        let cpu = (ticks(product.cloud.workerd.pid()) - cpu) / TICKS * 1_000.0 / f64::from(ANSWERS);
        let counts = product.cloud.kv.counts();
        let rows = site.status().await?["rows_written"].as_u64().unwrap() - rows;
        println!(
            "per response: {:.2} KV writes, {:.2} rows written, {cpu:.2} ms CPU (Worker, object and KV binding), {:.2} ms from send to receipt",
            counts.writes as f64 / f64::from(ANSWERS),
            rows as f64 / f64::from(ANSWERS),
            wall.as_secs_f64() * 1_000.0 / f64::from(ANSWERS),
        );
        assert_eq!(counts.writes, u64::from(ANSWERS));
        // 100,000 a day are free; alarms, which are a row each too, come on top.
        assert!(rows <= u64::from(ANSWERS) * 7, "{rows} rows");
        // The budget is 2 ms; what an unoptimised build or a busy machine adds must not fail a test.
        assert!(cpu < 10.0, "{cpu} ms");
        Ok(())
    });
}

/// User and system time of the runtime so far.
fn ticks(pid: Option<u32>) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.unwrap())).unwrap();
    // The second field may hold spaces and ends with the last bracket.
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()
}
