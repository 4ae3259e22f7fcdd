//! The conventions of ARCHITECTURE.md, as checks.

mod boundaries;
mod habits;
mod source;

use crate::project::Project;
use anyhow::{Result, bail};
use source::{Source, sources};

/// Something that always holds.
pub struct Convention {
    pub what: &'static str,
    /// The places where it does not.
    breaches: fn(&[Source]) -> Vec<String>,
}

/// All of them.
pub const CONVENTIONS: [Convention; 11] = [
    Convention {
        what: "core depends on nothing that has a clock, randomness or I/O",
        breaches: boundaries::core_is_pure,
    },
    Convention { what: "core names no clock, randomness or I/O", breaches: boundaries::core_names_nothing_impure },
    Convention { what: "only worker/src/store.rs names KV", breaches: boundaries::one_module_names_kv },
    Convention { what: "one module opens transactions", breaches: boundaries::one_module_opens_transactions },
    Convention { what: "lints for panics are only relaxed in tests", breaches: habits::panics_stay_denied },
    Convention { what: "files have at most 400 lines", breaches: habits::files_are_short },
    Convention { what: "tests wait for conditions and never sleep", breaches: habits::tests_do_not_sleep },
    Convention { what: "nothing is left to be done", breaches: habits::nothing_is_left },
    Convention { what: "no file names a package registry or a machine", breaches: habits::nothing_local_is_named },
    Convention { what: "package-lock.json names no place", breaches: habits::the_npm_lock_names_no_place },
    Convention { what: "each README has at most 150 lines", breaches: habits::readmes_are_short },
];

impl Convention {
    /// Checks it over every file that git knows.
    pub fn hold(&self, project: &Project) -> Result<()> {
        let breaches = (self.breaches)(&sources(project)?);
        if !breaches.is_empty() {
            bail!("{}", breaches.join("\n  "));
        }
        Ok(())
    }
}

/// Checks them all.
pub fn check(project: &Project) -> Result<()> {
    let mut broken = 0_usize;
    for convention in CONVENTIONS {
        match convention.hold(project) {
            Ok(()) => println!("✓ {}", convention.what),
            Err(error) => {
                broken += 1;
                println!("✗ {}\n  {error}", convention.what);
            }
        }
    }
    if broken > 0 {
        bail!("{broken} of {} conventions are broken", CONVENTIONS.len());
    }
    Ok(())
}
