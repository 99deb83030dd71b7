//! Rubbish by the thousand: good samples with bits turned, parts cut out, doubled and swapped, and words put for words. The same seed
//! makes the same rubbish; `COURTESY_SEED` names another one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use fastrand::Rng;

/// Longest input; beyond it only time is tried, and the cases by hand do that.
const LONGEST: usize = 20_000;

/// How long one input may take, on a slow machine that is busy.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is put for a word of a sample: the ends of what can be counted, and what is no number, day, text or name.
const WORDS: [&str; 64] = [
    "0",
    "-0",
    "-1",
    "1",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "-2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615",
    "9223372036854775.807",
    "-9223372036854775.808",
    "92233720368547758.07",
    "-92233720368547758.08",
    "79228162514264337593543950335",
    "0.001",
    "0.0001",
    "0.000001",
    "1e400",
    "NaN",
    "inf",
    "true",
    "null",
    "\"\"",
    "{}",
    "[]",
    "\0",
    "\\u0000",
    "\u{1b}",
    "\u{9b}",
    "\u{202e}",
    "\u{feff}",
    "é",
    "\u{301}",
    "🦀",
    "٤",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\"",
    "'",
    ",",
    ";",
    "<",
    ">",
    "&",
    "&#0;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "{\"a\":",
    "[[",
    "2026-02-29",
    "0001-01-01",
    "9999-12-31",
    "EUR",
    "4111111111111111",
];

/// The samples that rubbish is made of.
pub struct Samples(pub Vec<Vec<u8>>);

impl Samples {
    /// From texts.
    pub fn of<T: AsRef<[u8]>>(samples: impl IntoIterator<Item = T>) -> Self {
        Self(samples.into_iter().map(|sample| sample.as_ref().to_vec()).collect())
    }

    fn one<'a>(&'a self, rng: &mut Rng) -> &'a [u8] {
        &self.0[rng.usize(..self.0.len())]
    }

    /// A sample with up to six things done to it.
    fn mutated(&self, rng: &mut Rng) -> Vec<u8> {
        let mut bytes = self.one(rng).to_vec();
        for _ in 0..rng.u32(1..=6) {
            self.mutate(&mut bytes, rng);
        }
        bytes.truncate(LONGEST);
        bytes
    }

    fn mutate(&self, bytes: &mut Vec<u8>, rng: &mut Rng) {
        let at = rng.usize(..=bytes.len());
        let end = (at + rng.usize(1..=40)).min(bytes.len());
        match rng.u32(..12) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.u32(..8),
            1 if at < bytes.len() => bytes[at] = rng.u8(..),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let part = bytes[at..end].to_vec();
                for _ in 0..rng.u32(1..=4) {
                    bytes.splice(at..at, part.iter().copied());
                }
            }
            4 => {
                let other = self.one(rng);
                let from = rng.usize(..=other.len());
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
            5 => bytes.truncate(at),
            6 => drop(bytes.splice(at..at, word(rng))),
            _ => replace_word(bytes, rng),
        }
    }
}

fn word(rng: &mut Rng) -> Vec<u8> {
    WORDS[rng.usize(..WORDS.len())].as_bytes().to_vec()
}

/// Puts a word for a word, so that the form around it stays whole.
fn replace_word(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+:".contains(&byte) || byte >= 0x80;
    let starts: Vec<usize> = (0..bytes.len()).filter(|&at| is_word(bytes[at]) && (at == 0 || !is_word(bytes[at - 1]))).collect();
    if starts.is_empty() {
        return;
    }
    let start = starts[rng.usize(..starts.len())];
    let length = bytes[start..].iter().take_while(|byte| is_word(**byte)).count();
    let put = match rng.u32(..3) {
        // Another word of the sample stands there as lawfully as anything.
        0 => {
            let from = starts[rng.usize(..starts.len())];
            bytes[from..].iter().copied().take_while(|byte| is_word(*byte)).collect()
        }
        _ => word(rng),
    };
    bytes.splice(start..start + length, put);
}

/// What a parser is tried by: whether it took an input; it panics when anything about that is wrong.
pub type Property<'a> = &'a dyn Fn(&[u8]) -> bool;

/// What came of so much rubbish.
#[derive(Debug, PartialEq, Eq)]
pub struct Fuzzed {
    /// How many inputs were tried.
    pub tried: u64,
    /// How many of them were taken, and came back the same when they were written and read again.
    pub taken: u64,
}

/// Tries a parser on rubbish. `property` answers whether it took the input, and panics when anything about that is wrong.
///
/// # Errors
/// The first input that is answered by a panic, or too late.
pub fn fuzz(name: &str, samples: &Samples, count: u32, property: Property<'_>) -> Result<Fuzzed, String> {
    let seed = std::env::var("COURTESY_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_123);
    eprintln!("{name}: COURTESY_SEED={seed}");
    let mut rng = Rng::with_seed(seed);
    let mut fuzzed = Fuzzed { tried: 0, taken: 0 };
    let given = samples.0.iter().cloned().map(Some).chain(std::iter::repeat(None));
    for sample in given.take(count.max(u32::try_from(samples.0.len()).unwrap()) as usize) {
        let input = sample.unwrap_or_else(|| samples.mutated(&mut rng));
        let began = Instant::now();
        let taken = catch_unwind(AssertUnwindSafe(|| property(&input)));
        let wrong =
            |what: String| format!("{name}, COURTESY_SEED={seed}, input {}: {what}: {}", fuzzed.tried, input.escape_ascii());
        let taken = taken.map_err(|panic| {
            let said =
                panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
            wrong(said.unwrap_or_default())
        })?;
        if began.elapsed() > PATIENCE {
            return Err(wrong(format!("it took {:?}", began.elapsed())));
        }
        fuzzed.tried += 1;
        fuzzed.taken += u64::from(taken);
    }
    Ok(fuzzed)
}
