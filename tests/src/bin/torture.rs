//! `cargo xtask torture`: the product under everything that can go wrong, from seeds.

use rapport_tests::stage::run;
use rapport_tests::torture::{self, Options};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match Options::parse(&arguments).and_then(|options| run(torture::all(&options))) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("could not torture: {error:#}");
            ExitCode::FAILURE
        }
    }
}
