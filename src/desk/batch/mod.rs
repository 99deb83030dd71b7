//! Requests as JSON Lines: one outcome a line, in the order of the requests; a refused one does not stop the rest, books that are away
//! do.

mod outcome;

use std::collections::BTreeMap;
use std::io::{BufRead, Read as _, Write};

use super::people::SignedIn;
use super::post::{Outcome, Proof};
use super::{Desk, DeskError, Pin};
use crate::domain::ids::StaffNo;
use crate::domain::request::{Envelope, Request};
use crate::text::Words;

pub use outcome::{LineOutcome, LineResult, Said, TotalLine, TotalPayout, Totals};
use outcome::{booked, quoted, refused};

/// PINs of those who approve or answer for what they ask, by their number; from a file or a descriptor, never from the requests.
#[derive(Debug, Default)]
pub struct Pins(BTreeMap<StaffNo, Pin>);

/// A line of the PIN file that cannot be.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPins {
    /// It is not `number PIN`.
    #[error("line {line} of the PIN file is not a staff number, a space and a PIN; nothing was booked; mend it")]
    NotAPin {
        /// The line.
        line: usize,
    },
    /// The person had a line before.
    #[error("line {line} of the PIN file is the second one of person {no}; nothing was booked; leave one of them out")]
    Twice {
        /// The line.
        line: usize,
        /// The person.
        no: StaffNo,
    },
}

impl Pins {
    /// Reads `number PIN` lines; empty lines and those that begin with # are left out.
    pub fn read(text: &str) -> Result<Self, BadPins> {
        let mut pins = BTreeMap::new();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = || BadPins::NotAPin { line: at + 1 };
            let (no, pin) = line.split_once(char::is_whitespace).ok_or_else(bad)?;
            let no = StaffNo(no.parse().map_err(|_| bad())?);
            if pins.insert(no, Pin::new(pin.trim())).is_some() {
                return Err(BadPins::Twice { line: at + 1, no });
            }
        }
        Ok(Self(pins))
    }

    /// The PIN of a person.
    pub fn of(&self, no: StaffNo) -> Option<&Pin> {
        self.0.get(&no)
    }
}

/// How a batch is run.
#[derive(Debug, Default)]
pub struct Options {
    /// Only quote; book nothing.
    pub quote_only: bool,
    /// PINs of those who approve or answer for what they ask.
    pub pins: Pins,
}

/// How a batch went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Lines that were booked, or quoted when only quoting.
    pub done: u64,
    /// Lines that were refused or could not be answered.
    pub refused: u64,
}

/// Why a batch stopped before its end. What was booked stays booked; the same file may be run again.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The books are away, as the outcome of this line says.
    #[error("the batch stopped after line {0}, whose outcome says why; what was booked stays booked; run the same file again")]
    Away(u64),
    /// Nothing more can be read, or told.
    #[error("the batch stopped after line {line}: {source}; what was booked stays booked; run the same file again")]
    Cut {
        /// The last line that was answered.
        line: u64,
        /// Why.
        source: std::io::Error,
    },
}

/// Bytes that one line may take; the longest request brings in a policy.
const LONGEST_LINE: u64 = 1 << 20;

/// What some editors put before the first line; a reader of JSON may pass over it (RFC 8259, section 8.1).
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Runs requests from `input`, writing one outcome a line to `output`. Where the books are away it stops: each further line would
/// wait for them in vain.
pub fn run(
    desk: &mut Desk,
    words: &Words,
    options: &Options,
    mut input: impl BufRead,
    mut output: impl Write,
) -> Result<Tally, Stopped> {
    let mut tally = Tally::default();
    let mut line = 0;
    let mut bytes = Vec::new();
    while read_line(&mut input, &mut bytes).map_err(|source| Stopped::Cut { line, source })? {
        line += 1;
        // A line that is too long is told as that, mark and all.
        let may_be_marked = line == 1 && bytes.len() as u64 <= LONGEST_LINE;
        let bytes = if may_be_marked { bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes) } else { &bytes };
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let mut is_away = false;
        let outcome = match read(bytes) {
            Ok(envelope) => {
                let result = answer(desk, words, options, &envelope).unwrap_or_else(|error| {
                    is_away = error.is_away() || error.is_unknown();
                    LineResult::error(&error.to_string())
                });
                LineOutcome { line, request: Some(envelope.id), result }
            }
            Err(unreadable) => LineOutcome { line, request: None, result: LineResult::error(&unreadable.to_string()) },
        };
        *(if outcome.result.is_fine() { &mut tally.done } else { &mut tally.refused }) += 1;
        let written = serde_json::to_writer(&mut output, &outcome).map_err(std::io::Error::from);
        // What is booked is told at once: whoever asks line by line waits for it, and a kill loses no answer.
        let told = written.and_then(|()| output.write_all(b"\n")).and_then(|()| output.flush());
        told.map_err(|source| Stopped::Cut { line, source })?;
        if is_away {
            return Err(Stopped::Away(line));
        }
    }
    Ok(tally)
}

/// Reads the next line, of one that is too long only so much that this shows; false at the end.
fn read_line(input: &mut impl BufRead, bytes: &mut Vec<u8>) -> std::io::Result<bool> {
    bytes.clear();
    let read = input.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', bytes)?;
    if bytes.len() as u64 > LONGEST_LINE && !bytes.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(read > 0)
}

/// A line that is no request.
#[derive(Debug, thiserror::Error)]
#[error("{place}{fault}; nothing was booked for this line; mend it and run it again (courtesy schema shows the form)")]
struct Unreadable {
    place: String,
    fault: String,
}

fn read(bytes: &[u8]) -> Result<Envelope, Unreadable> {
    let whole = |fault: String| Unreadable { place: String::new(), fault };
    if bytes.len() as u64 > LONGEST_LINE {
        return Err(whole(format!("the line is longer than {LONGEST_LINE} bytes")));
    }
    let at = |column: usize, fault: String| Unreadable { place: format!("column {column}: "), fault };
    let text = std::str::from_utf8(bytes).map_err(|error| at(error.valid_up_to() + 1, "not UTF-8 text".to_owned()))?;
    let text = text.trim_end();
    if !text.trim_start().starts_with('{') {
        return Err(at(1, "a request is a JSON object".to_owned()));
    }
    serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        // The line is known; the place in it stands before.
        let fault = said.split(" at line 1 column").next().unwrap_or(&said);
        at(error.column(), fault.split("; nothing was ").next().unwrap_or(fault).to_owned())
    })
}

fn answer(desk: &mut Desk, words: &Words, options: &Options, envelope: &Envelope) -> Result<LineResult, DeskError> {
    if options.quote_only {
        return quoted(words, &desk.quote(envelope)?);
    }
    let hired = first_pin(desk, options, &envelope.request)?;
    if let Some((_, pin)) = hired {
        pin.check()?;
    }
    let mut proof = Proof::default();
    let mut second = None;
    if let Some(claim) = &envelope.approval {
        let pin = options.pins.of(claim.by).ok_or(DeskError::NoPin(claim.by))?;
        proof.approved = Some(desk.approve(claim.by, pin, claim.digest)?);
        second = hired.map(|_| shown(desk, options, claim.by)).transpose()?;
    }
    let clerk = if shows_clerk(envelope) { Some(shown(desk, options, envelope.clerk)?) } else { None };
    Ok(match desk.post(envelope, &proof)? {
        Outcome::Posted(posted) => {
            let giver = if posted.document.approval.is_some() { second } else { clerk };
            if let Some((by, (no, pin))) = giver.zip(hired) {
                desk.set_pin_with(posted.document.number, &by, no, pin)?;
            }
            booked(&posted)?
        }
        Outcome::Stopped(quoted) | Outcome::Changed(quoted) => refused(words, &quoted),
    })
}

/// Whether the clerk whom a line names must be shown by their own PIN: for what lets others do more or cannot be taken back (a change of
/// staff or of the rules, another key, a restore, a person erased), and beside a second person's word, which would else be a word for
/// oneself under another's name.
fn shows_clerk(envelope: &Envelope) -> bool {
    envelope.approval.is_some()
        || matches!(
            envelope.request,
            Request::SetStaff(_)
                | Request::AdoptPolicy(_)
                | Request::RotateKey(_)
                | Request::ReAnchor(_)
                | Request::ErasePerson(_)
        )
}

/// A person, shown by the PIN that the PIN file has of them.
fn shown(desk: &mut Desk, options: &Options, no: StaffNo) -> Result<SignedIn, DeskError> {
    let pin = options.pins.of(no).ok_or(DeskError::NoPin(no))?;
    desk.sign_in(no, pin)
}

/// A person who is hired gets their PIN from the PIN file, never from the request; one that somebody has already stays.
fn first_pin<'a>(desk: &mut Desk, options: &'a Options, request: &Request) -> Result<Option<(StaffNo, &'a Pin)>, DeskError> {
    let Request::SetStaff(hired) = request else { return Ok(None) };
    let no = hired.staff.no;
    match options.pins.of(no) {
        Some(pin) if !desk.has_pin(no)? => Ok(Some((no, pin))),
        _ => Ok(None),
    }
}
