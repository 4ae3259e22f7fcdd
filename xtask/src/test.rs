//! `cargo xtask test`: everything that decides whether a change is good.

use crate::build::{self, Profile};
use crate::project::Project;
use crate::run::{announce, run};
use crate::setup::Browser;
use crate::{say, setup, size, tidy};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

/// What happens on a visitor's device, and so is tried in other browsers than Chromium, too.
const DEVICE: &[&str] = &[
    "harness::",
    "answer_anywhere::",
    "answer_each_kind::",
    "answer_in_frames::",
    "answer_on_bad_networks::",
    "answer_without_scripts::",
    "several_tabs::",
    "survive_a_crash::",
    "move_between_pages::",
    "resist_the_page::",
    "collect_and_redeem::",
    "keep_points_",
    "leave_the_page_alone::",
    "keep_clear_of_the_keyboard::",
    "speak_the_pages_language::",
    "show_when::",
    "tell_the_page::",
    "take_a_quiz::",
    "go_on_once::",
    "hear_from_the_owner::",
];

/// What is run, and in what.
struct Order {
    profile: Profile,
    browser: Browser,
    /// For `cargo test`; without any, everything.
    arguments: Vec<String>,
}

impl Order {
    /// `[--dev] [--browser NAME] [what cargo test understands]`
    fn read(arguments: &[String]) -> Result<Self> {
        let mut order = Self { profile: Profile::Release, browser: Browser::Chromium, arguments: Vec::new() };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--dev" if order.arguments.is_empty() => order.profile = Profile::Dev,
                "--browser" if order.arguments.is_empty() => {
                    order.browser = Browser::named(words.next().context("--browser needs a name")?)?;
                }
                _ => order.arguments.push(word.clone()),
            }
        }
        if order.profile == Profile::Dev && order.arguments.is_empty() && order.browser == Browser::Chromium {
            bail!("--dev is for suites that are named: everything is decided on what is shipped");
        }
        if order.browser != Browser::Chromium && order.arguments.is_empty() {
            let suites = ["--package", "rapport-tests", "--test", "browser", "--"].iter().chain(DEVICE);
            order.arguments = suites.map(|word| (*word).to_owned()).collect();
        }
        Ok(order)
    }
}

/// Runs all checks and suites; or, given `arguments`, only the suites, with the arguments handed to
/// `cargo test`. After `--dev` the suites meet the development build, which is there in seconds; after `--browser NAME` they
/// run in that browser, by themselves those that are about a visitor's device. The last line printed is `N passed, N failed`.
pub fn run_all(project: &Project, arguments: &[String]) -> Result<ExitCode> {
    let Order { profile, browser, arguments } = Order::read(arguments)?;
    let tools = setup::tools(project)?;
    setup::browser(project, browser)?;
    let mut tally = Tally::default();
    if arguments.is_empty() {
        style(project, &mut tally);
    }
    if arguments.is_empty() {
        // Native code only compiles beside what the build leaves for it before it comes to the Worker.
        build::all_beside(project, &tools, profile, || {
            lints(project, &mut tally);
            compile(project);
        })?;
        budgets(project, &mut tally);
    } else {
        build::all(project, &tools, profile)?;
    }
    suites(project, browser, &arguments, &mut tally)?;
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(if tally.failed == 0 && tally.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    fn count(&mut self, what: &str, outcome: Result<()>) {
        match outcome {
            Ok(()) => self.passed += 1,
            Err(error) => {
                self.failed += 1;
                say::failure(&error.context(what.to_owned()));
            }
        }
    }
}

fn style(project: &Project, tally: &mut Tally) {
    let step = say::step("format and conventions");
    let mut format = Command::new("cargo");
    format.args(["fmt", "--all", "--check"]).current_dir(project.root());
    tally.count("the code is not formatted: run `cargo fmt`", run(&mut format, "check the format"));
    for convention in tidy::CONVENTIONS {
        tally.count(convention.what, convention.hold(project));
    }
    step.done();
}

fn lints(project: &Project, tally: &mut Tally) {
    let step = say::step("lints");
    let mut clippy = Command::new("cargo");
    clippy
        .args(["clippy", "--quiet", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
        .current_dir(project.root());
    tally.count("clippy complains", run(&mut clippy, "lint"));
    step.done();
}

fn budgets(project: &Project, tally: &mut Tally) {
    let step = say::step("sizes");
    match size::measure(project) {
        Ok(verdicts) => {
            for verdict in verdicts {
                tally.count(verdict.what, verdict.kept().then_some(()).context("the budget is exceeded"));
            }
        }
        Err(error) => tally.count("not everything can be measured", Err(error)),
    }
    step.done();
}

/// Compiles the suites while there is time for it. What does not compile is told when they are run.
fn compile(project: &Project) {
    let step = say::step("suites, compiled");
    let mut command = Command::new("cargo");
    command.args(["test", "--quiet", "--workspace", "--locked", "--no-run"]).current_dir(project.root());
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    step.done();
}

/// How many tests run at once. Most of them wait for the object's alarms, so more than there are cores; browsers are limited by
/// the suite itself.
const AT_ONCE: &str = "6";

/// One `cargo test` for all, so that everything is compiled once.
fn suites(project: &Project, browser: Browser, arguments: &[String], tally: &mut Tally) -> Result<()> {
    let step = say::step("suites");
    let mut command = Command::new("cargo");
    command.env("RAPPORT_BROWSER", browser.name());
    command.env("RUST_TEST_THREADS", std::env::var("RUST_TEST_THREADS").as_deref().unwrap_or(AT_ONCE));
    command.args(["test", "--workspace", "--locked", "--no-fail-fast"]).args(arguments).current_dir(project.root());
    suite(&mut command, tally)?;
    step.done();
    Ok(())
}

/// Runs one `cargo test`, passing on what it prints and adding up what it counts.
fn suite(command: &mut Command, tally: &mut Tally) -> Result<()> {
    let failed_before = tally.failed;
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cargo does not start")?;
    let _announced = announce(child.id());
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.context("what cargo test prints is not text")?;
            if let Some((passed, failed)) = counts(&line) {
                tally.passed += passed;
                tally.failed += failed;
            }
            println!("{line}");
        }
    }
    let status = child.wait()?;
    // A suite that did not compile, or was killed, has no line that says so.
    if !status.success() && tally.failed == failed_before {
        tally.failed += 1;
    }
    Ok(())
}

/// The numbers in `test result: ok. 3 passed; 0 failed; …`.
fn counts(line: &str) -> Option<(u64, u64)> {
    let rest = line.trim().strip_prefix("test result: ")?;
    let number = |word: &str| -> Option<u64> {
        let before = rest.split_once(word)?.0.trim_end();
        before.rsplit([' ', '.']).next()?.parse().ok()
    };
    Some((number(" passed")?, number(" failed")?))
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn result_lines_are_added_up() {
        let ok = "test result: ok. 31 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.52s";
        assert_eq!(counts(ok), Some((31, 0)));
        let bad = "test result: FAILED. 2 passed; 10 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(counts(bad), Some((2, 10)));
        assert_eq!(counts("test result_of_a_vote ... ok"), None);
    }
}
