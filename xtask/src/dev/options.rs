//! The arguments of `cargo xtask dev`.

use anyhow::{Context, Result, bail};

const PORT: u16 = 8787;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Options {
    /// Start over: forget what earlier runs stored.
    pub(super) fresh: bool,
    /// Without the demo history.
    pub(super) empty: bool,
    /// Of the Worker; the demo sites get the next one.
    pub(super) port: u16,
}

impl Options {
    pub(super) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { fresh: false, empty: false, port: PORT };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--fresh" => options.fresh = true,
                "--empty" => options.empty = true,
                "--port" => {
                    let port = arguments.next().context("--port needs a number")?;
                    options.port = match port.parse() {
                        Ok(port @ 1..=65_534) => port,
                        _ => bail!("--port needs a number from 1 to 65534, not {port}"),
                    };
                }
                other => bail!("`cargo xtask dev` knows --fresh, --empty and --port N, and not {other}"),
            }
        }
        Ok(options)
    }

    pub(super) fn demo_port(&self) -> u16 {
        self.port.saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    fn parse(line: &str) -> anyhow::Result<Options> {
        let words: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&words)
    }

    #[test]
    fn flags_in_any_order() {
        let expected = Options { fresh: true, empty: true, port: 9000 };
        assert_eq!(parse("--port 9000 --empty --fresh").unwrap(), expected);
        assert_eq!(parse("").unwrap(), Options { fresh: false, empty: false, port: 8787 });
    }

    #[test]
    fn nonsense_is_named() {
        for line in ["--port", "--port x", "--port 65535", "--prot 1"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
