//! Suites in a real browser, in one binary so that they share what is slow to start.

mod harness;
