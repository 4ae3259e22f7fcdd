//! `cargo xtask measure`: what Rapport costs a visitor and the Worker, as a table in Markdown.

use rapport_tests::measure;
use rapport_tests::stage::run;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(measure::report()) {
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
