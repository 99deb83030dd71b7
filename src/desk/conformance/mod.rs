//! Whether a server can be trusted with a shop's books: desks race for one line, one credit, one approval, one limit, one
//! counter, the same request comes twice, and answers are lost. All of it happens in a schema of its own, which goes afterwards.

mod ground;
mod lost;
mod proxy;
mod race;

use serde::Serialize;

use super::DeskError;
use crate::store::{Address, StoreError};
use ground::Ground;

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// How many desks work at once.
    pub desks: u16,
    /// How often each race is run.
    pub rounds: u32,
    /// How many answers are lost.
    pub losses: u32,
    /// Switches the guards off, to see that the races notice.
    #[cfg(debug_assertions)]
    pub unguarded: bool,
}

impl Trial {
    /// So many races and losses with eight desks.
    pub fn of(rounds: u32, losses: u32) -> Self {
        Self {
            desks: 8,
            rounds,
            losses,
            #[cfg(debug_assertions)]
            unguarded: false,
        }
    }
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Every desk gives the same piece back.
    Line,
    /// Every desk spends the same store credit.
    Credit,
    /// Every desk posts on the same approval.
    Approval,
    /// Desks together stay within one clerk's limit.
    Limit,
    /// Desks with one number share its counter.
    Counter,
    /// The same request comes from every desk.
    Request,
    /// The link breaks before, while or after the server commits.
    Answer,
    /// The books after all of it.
    Books,
}

impl What {
    /// The message that says it.
    pub fn message(self) -> &'static str {
        match self {
            Self::Line => "cli-conformance-line",
            Self::Credit => "cli-conformance-credit",
            Self::Approval => "cli-conformance-approval",
            Self::Limit => "cli-conformance-limit",
            Self::Counter => "cli-conformance-counter",
            Self::Request => "cli-conformance-request",
            Self::Answer => "cli-conformance-answer",
            Self::Books => "cli-conformance-books",
        }
    }
}

/// What was seen of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub what: What,
    /// How often it was tried.
    pub tried: u32,
    /// What went wrong, each in a sentence.
    pub wrong: Vec<String>,
}

impl Check {
    fn of(what: What) -> Self {
        Self { what, tried: 0, wrong: Vec::new() }
    }
}

/// Tries a server; `told` hears of each thing when it is done.
///
/// # Errors
/// When the server cannot be reached or used at all.
pub fn run(address: &Address, trial: Trial, told: &mut dyn FnMut(&Check)) -> Result<Vec<Check>, DeskError> {
    let ground = Ground::make(address, trial)?;
    let tried = all(&ground, trial, told);
    let cleared = ground.clear();
    let checks = tried?;
    cleared?;
    Ok(checks)
}

fn all(ground: &Ground, trial: Trial, told: &mut dyn FnMut(&Check)) -> Result<Vec<Check>, DeskError> {
    let mut checks = Vec::new();
    let mut desks = ground.desks(trial.desks)?;
    for what in [What::Line, What::Credit, What::Approval, What::Limit, What::Request] {
        let mut check = Check::of(what);
        for _ in 0..trial.rounds {
            check.tried += 1;
            check.wrong.extend(race::round(what, ground, &mut desks)?);
        }
        told(&check);
        checks.push(check);
    }
    drop(desks);
    for check in [race::counter(ground, trial)?, lost::answers(ground, trial)?, ground.verified()?] {
        told(&check);
        checks.push(check);
    }
    Ok(checks)
}

/// What a clerk must never see: an error of the database in place of a plain answer.
fn unplain(error: &DeskError) -> Option<String> {
    match error {
        DeskError::Store(StoreError::ApprovalUsed | StoreError::CreditRefused { .. }) => None,
        DeskError::Store(error) => Some(error.to_string()),
        _ => None,
    }
}
