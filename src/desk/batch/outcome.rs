//! What came of each line of a batch, as data that any program can read.

use serde::{Deserialize, Serialize};

use super::super::DeskError;
use super::super::post::{Posted, Quoted};
use crate::domain::digest::Digest;
use crate::domain::document::Quote;
use crate::domain::ids::{CardNumber, CreditCode, DocumentNumber, RequestId};
use crate::domain::money::{Money, Quantity};
use crate::domain::payment_card;
use crate::domain::plain::shown;
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

impl LineResult {
    /// A line that could not be read or answered.
    pub(super) fn error(sentence: &str) -> Self {
        Self::Error { error: shown(&payment_card::mask(sentence)) }
    }

    /// Whether the line was done: booked, or quoted and not refused.
    pub fn is_fine(&self) -> bool {
        match self {
            Self::Posted { .. } => true,
            Self::Quoted { verdict, .. } => *verdict != ruling::Outcome::Refused,
            Self::Refused { .. } | Self::Error { .. } => false,
        }
    }
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

/// A line that was booked.
pub(super) fn booked(posted: &Posted) -> Result<LineResult, DeskError> {
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

/// A line that was stopped, with the rulings that stopped it.
pub(super) fn refused(words: &Words, quoted: &Quoted) -> LineResult {
    let rulings = said(words, &quoted.quote.rulings, |ruling| ruling.outcome != ruling::Outcome::Allowed);
    LineResult::Refused { verdict: quoted.quote.verdict(), digest: quoted.digest, rulings }
}

/// A line that was only quoted, with every ruling.
pub(super) fn quoted(words: &Words, quoted: &Quoted) -> Result<LineResult, DeskError> {
    let rulings = said(words, &quoted.quote.rulings, |_| true);
    let totals = totals(&quoted.quote)?;
    Ok(LineResult::Quoted { verdict: quoted.quote.verdict(), digest: quoted.digest, totals, rulings })
}

fn said(words: &Words, rulings: &[Ruling], wanted: impl Fn(&Ruling) -> bool) -> Vec<Said> {
    let said = |ruling: &Ruling| Said {
        rule: ruling.rule.clone(),
        outcome: ruling.outcome,
        line: ruling.line,
        message: ruling.say.id.clone(),
        say: payment_card::mask(&words.saying(&ruling.say)),
    };
    rulings.iter().filter(|ruling| wanted(ruling)).map(said).collect()
}

fn totals(quote: &Quote) -> Result<Totals, DeskError> {
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
