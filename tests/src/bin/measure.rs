//! `cargo xtask measure`: what Rapport costs a visitor and the Worker, as a table in Markdown.

use rapport_tests::measure;
use rapport_tests::stage::run;
use std::process::ExitCode;

/// Everything; or with a number of responses, only what the owner waits for with so many.
fn main() -> ExitCode {
    let many = std::env::args().nth(1).and_then(|number| number.parse().ok());
    let report = async {
        match many {
            Some(responses) => measure::many(responses).await,
            None => measure::report().await,
        }
    };
    match run(report) {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("could not measure: {error:#}");
            ExitCode::FAILURE
        }
    }
}
