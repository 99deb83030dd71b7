//! Requests as JSON Lines: one outcome a line, in the order of the requests; a refused one does not stop the rest.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};

use super::post::{Outcome, Posted, Proof, Quoted};
use super::{Desk, DeskError, Pin};
use crate::domain::digest::Digest;
use crate::domain::ids::{CardNumber, CreditCode, DocumentNumber, RequestId, StaffNo};
use crate::domain::money::{Money, Quantity};
use crate::domain::request::{Envelope, Request};
use crate::domain::ruling::{self, Ruling};
use crate::text::Words;

/// What came of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LineOutcome {
    /// The line of the file, from 1.
    pub line: u64,
    /// The request's id, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// What became of it.
    #[serde(flatten)]
    pub result: LineResult,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum LineResult {
    /// Booked.
    Posted {
        /// The document's number.
        document: DocumentNumber,
        /// Whether it had been booked before under the same id.
        again: bool,
        /// Its totals.
        #[serde(flatten)]
        totals: Totals,
        /// The card it issued.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        card: Option<CardNumber>,
        /// The store credit it issued.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        credit: Option<CreditCode>,
    },
    /// Only quoted.
    Quoted {
        /// What all rulings come to.
        verdict: ruling::Outcome,
        /// What an approval must name.
        digest: Digest,
        /// Its totals.
        #[serde(flatten)]
        totals: Totals,
        /// Every ruling, with what to say.
        rulings: Vec<Said>,
    },
    /// Stopped by a rule, or waiting for a second person's word.
    Refused {
        /// What all rulings come to.
        verdict: ruling::Outcome,
        /// What an approval must name.
        digest: Digest,
        /// The rulings that stopped it, with what to say.
        rulings: Vec<Said>,
    },
    /// It could not be read or answered.
    Error {
        /// What happened, what it means for the money, what to do next.
        error: String,
    },
}

/// The sums of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Totals {
    /// Positive goes to the member.
    pub total: Money,
    /// What moves, cash rounding included.
    pub moved: Money,
    /// Tax in it.
    pub tax: Money,
    /// Its lines.
    pub lines: Vec<TotalLine>,
    /// What moves by which tender.
    pub payouts: Vec<TotalPayout>,
}

/// One line of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TotalLine {
    /// The item's code.
    pub item: String,
    /// How many.
    pub quantity: Quantity,
    /// Its amount, tax included.
    pub gross: Money,
    /// The bill's line, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// One payout of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TotalPayout {
    /// Its place, from 1.
    pub payout: u32,
    /// The tender.
    pub tender: crate::domain::bill::Tender,
    /// What moves.
    pub amount: Money,
    /// Whether the terminal has still to confirm it.
    pub due: bool,
}

/// A ruling with its sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Said {
    /// The rule's name.
    pub rule: String,
    /// What it decided.
    pub outcome: ruling::Outcome,
    /// The line it is about, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The message's id, the same in every language.
    pub message: String,
    /// What to say.
    pub say: String,
}

/// PINs of those who approve, by their number; from a file or a descriptor, never from the requests.
#[derive(Debug, Default)]
pub struct Pins(BTreeMap<StaffNo, Pin>);

/// A line of the PIN file that is not `number PIN`.
#[derive(Debug, thiserror::Error)]
#[error("line {line} of the PIN file is not a staff number, a space and a PIN; nothing was booked; mend it")]
pub struct BadPins {
    /// The line.
    pub line: usize,
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
            let bad = || BadPins { line: at + 1 };
            let (no, pin) = line.split_once(char::is_whitespace).ok_or_else(bad)?;
            pins.insert(StaffNo(no.parse().map_err(|_| bad())?), Pin::new(pin.trim()));
        }
        Ok(Self(pins))
    }
}

/// How a batch is run.
#[derive(Debug, Default)]
pub struct Options {
    /// Only quote; book nothing.
    pub quote_only: bool,
    /// PINs of those who approve.
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
#[error("the batch stopped after line {line}: {source}; what was booked stays booked; run the same file again")]
pub struct Stopped {
    /// The last line that was answered.
    pub line: u64,
    /// Why.
    pub source: std::io::Error,
}

/// Runs requests from `input`, writing one outcome a line to `output`.
pub fn run(
    desk: &mut Desk,
    words: &Words,
    options: &Options,
    mut input: impl BufRead,
    mut output: impl Write,
) -> Result<Tally, Stopped> {
    let mut tally = Tally::default();
    let mut line_no = 0;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes).map_err(|source| Stopped { line: line_no, source })? == 0 {
            break;
        }
        line_no += 1;
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let outcome = match std::str::from_utf8(&bytes) {
            Ok(text) => one(desk, words, options, line_no, text),
            Err(error) => {
                let column = error.valid_up_to() + 1;
                let error =
                    format!("column {column}: not UTF-8 text; nothing was booked for this line; mend it and run it again");
                LineOutcome { line: line_no, request: None, result: LineResult::Error { error } }
            }
        };
        *(if is_fine(&outcome.result) { &mut tally.done } else { &mut tally.refused }) += 1;
        let written = serde_json::to_writer(&mut output, &outcome).map_err(std::io::Error::from);
        written.and_then(|()| output.write_all(b"\n")).map_err(|source| Stopped { line: line_no, source })?;
    }
    output.flush().map_err(|source| Stopped { line: line_no, source })?;
    Ok(tally)
}

/// Whether a line was done: booked, or quoted and not refused.
fn is_fine(result: &LineResult) -> bool {
    match result {
        LineResult::Posted { .. } => true,
        LineResult::Quoted { verdict, .. } => *verdict != ruling::Outcome::Refused,
        LineResult::Refused { .. } | LineResult::Error { .. } => false,
    }
}

fn one(desk: &mut Desk, words: &Words, options: &Options, line: u64, text: &str) -> LineOutcome {
    let envelope: Envelope = match serde_json::from_str(text) {
        Ok(envelope) => envelope,
        Err(error) => {
            let error = format!("column {}: {error}; nothing was booked for this line; mend it and run it again", error.column());
            return LineOutcome { line, request: None, result: LineResult::Error { error } };
        }
    };
    let result = answer(desk, words, options, &envelope).unwrap_or_else(|error| LineResult::Error { error: error.to_string() });
    LineOutcome { line, request: Some(envelope.id), result }
}

fn answer(desk: &mut Desk, words: &Words, options: &Options, envelope: &Envelope) -> Result<LineResult, DeskError> {
    if options.quote_only {
        let quoted = desk.quote(envelope)?;
        let rulings = said(words, &quoted.quote.rulings, |_| true);
        return Ok(LineResult::Quoted {
            verdict: quoted.quote.verdict(),
            digest: quoted.digest,
            totals: totals(&quoted.quote)?,
            rulings,
        });
    }
    let mut proof = Proof::default();
    if let Some(claim) = &envelope.approval {
        let pin = options.pins.0.get(&claim.by).ok_or(DeskError::WrongPin(claim.by))?;
        proof.approved = Some(desk.approve(claim.by, pin, claim.digest)?);
    }
    Ok(match desk.post(envelope, &proof)? {
        Outcome::Posted(posted) => {
            // A person who was hired gets their PIN from the PIN file, never from the request.
            if let Request::SetStaff(hired) = &envelope.request
                && let Some(pin) = options.pins.0.get(&hired.staff.no)
            {
                desk.give_pin(envelope.clerk, hired.staff.no, pin)?;
            }
            booked(&posted)?
        }
        Outcome::Stopped(quoted) | Outcome::Changed(quoted) => refused(words, &quoted),
    })
}

fn booked(posted: &Posted) -> Result<LineResult, DeskError> {
    let document = &posted.document;
    let totals = totals(&document.quote)?;
    Ok(LineResult::Posted {
        document: document.number,
        again: posted.again,
        totals,
        card: document.card,
        credit: document.credit,
    })
}

fn refused(words: &Words, quoted: &Quoted) -> LineResult {
    let rulings = said(words, &quoted.quote.rulings, |ruling| ruling.outcome != ruling::Outcome::Allowed);
    LineResult::Refused { verdict: quoted.quote.verdict(), digest: quoted.digest, rulings }
}

fn said(words: &Words, rulings: &[Ruling], wanted: impl Fn(&Ruling) -> bool) -> Vec<Said> {
    let said = |ruling: &Ruling| Said {
        rule: ruling.rule.clone(),
        outcome: ruling.outcome,
        line: ruling.line,
        message: ruling.say.id.clone(),
        say: words.saying(&ruling.say),
    };
    rulings.iter().filter(|ruling| wanted(ruling)).map(said).collect()
}

fn totals(quote: &crate::domain::document::Quote) -> Result<Totals, DeskError> {
    let lines = quote.lines.iter().map(|line| TotalLine {
        item: line.item.clone(),
        quantity: line.quantity,
        gross: line.share.gross,
        line: line.of.map(|(_, no)| no),
    });
    let payouts = quote.payouts.iter().map(|payout| TotalPayout {
        payout: payout.no,
        tender: payout.tender,
        amount: payout.amount,
        due: payout.due,
    });
    Ok(Totals {
        total: quote.total,
        moved: quote.moved()?,
        tax: Money::sum(quote.currency, quote.lines.iter().map(|line| line.share.tax))?,
        lines: lines.collect(),
        payouts: payouts.collect(),
    })
}
