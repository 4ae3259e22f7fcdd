use super::*;
use rapport_core::history::rng::Rng;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What makes parsers take other turns.
const WORDS: [&str; 24] = [
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\n",
    "\r\n",
    "'",
    "=",
    "<script>",
    "\u{202e}",
    "\0",
    "9999999999999999999",
    "-0",
    "1e999",
    "null",
    "true",
    "__proto__",
    "%00",
    "..",
    "é",
];

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "the corpus of {name} is empty");
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

/// One step away from `data`, or from a mixture of it and `other`.
fn mutated(rng: &mut Rng, data: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = data.to_vec();
    for _ in 0..1 + rng.below(4) {
        let at = rng.below(bytes.len() as u32 + 1) as usize;
        let until = at + rng.below((bytes.len() - at).min(16) as u32 + 1) as usize;
        match rng.below(6) {
            0 => drop(bytes.drain(at..until)),
            1 => drop(bytes.splice(at..until, WORDS[rng.below(24) as usize].bytes())),
            2 if at < bytes.len() => bytes[at] ^= 1 << rng.below(8),
            3 => {
                let copy = bytes[at..until].to_vec();
                drop(bytes.splice(at..at, copy));
            }
            4 => {
                let from = rng.below(other.len() as u32 + 1) as usize;
                drop(bytes.splice(at.., other[from..].iter().copied()));
            }
            _ if at < bytes.len() => bytes[at] = rng.below(256) as u8,
            _ => {}
        }
    }
    bytes
}

#[test]
fn the_corpus_and_what_is_near_it_keeps_the_promises() {
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        corpus.iter().for_each(|data| target(data));
        let (mut rng, end, mut runs) = (Rng::new(7), Instant::now() + Duration::from_secs(1), 0);
        while Instant::now() < end && runs < 20_000 {
            let (one, other) = (rng.pick(&corpus).unwrap().clone(), rng.pick(&corpus).unwrap().clone());
            let data = mutated(&mut rng, &one, &other);
            let outcome = std::panic::catch_unwind(|| target(&data));
            assert!(outcome.is_ok(), "{name} after {runs}: {:?}", String::from_utf8_lossy(&data));
            runs += 1;
        }
        assert!(runs > 50, "{name} is slow: {runs} in a second");
    }
}
