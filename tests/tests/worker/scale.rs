//! The simulation of many sites says what the Worker really asks for: the same days, counted.

use rapport_tests::{measure, stage};

use crate::finish;

#[test]
fn a_simulated_day_takes_what_the_worker_takes() {
    finish(stage::run(async {
        let told: Vec<String> = measure::lived().await?.iter().flat_map(measure::Lived::disagreements).collect();
        anyhow::ensure!(told.is_empty(), "{}", told.join("\n"));
        Ok(())
    }));
}
