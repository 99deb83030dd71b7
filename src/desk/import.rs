//! Takes what tills wrote into the books: each batch in one transaction, together with the place to go on from.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Desk, DeskError};
use crate::domain::ids::{BillId, CardNumber, MemberId};
use crate::domain::member::Person;
use crate::domain::money::Currency;
use crate::domain::policy::Policy;
use crate::intake::{
    Batch, Counts, Format, IntakeError, Map, Mark, MembersMap, NewBill, NewMember, Opened, Outcome, Place, Progress, Rejects,
    RunError, Shop, Sink, Source, WhenUnknown, open_members, open_sales, run,
};
use crate::store::bill::{self, Put};
use crate::store::{Lost, Tx, import, member};

/// What is imported.
pub enum What {
    /// Sales, in a format and by a map where those are not to be recognised.
    Sales(Option<Format>, Option<Map>),
    /// Members.
    Members(Option<MembersMap>),
}

/// Why an import stopped. What was kept stays, and importing again goes on from it.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The books.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// Progress could not be noted.
    #[error("the import's place could not be noted: {0}; what was kept stays; import the file again")]
    Note(#[from] serde_json::Error),
}

/// What came of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Its figures, earlier runs of it included.
    pub counts: Counts,
    /// Whether it went on from an earlier run.
    pub went_on: bool,
    /// The file of rejects, when there are any.
    pub rejects: Option<std::path::PathBuf>,
}

/// How far an import came, as the store keeps it.
#[derive(Serialize, Deserialize)]
struct Note {
    place: Place,
    counts: Counts,
}

impl Desk {
    /// Imports a source. `watch` hears of the size in bytes, where it is known, and of every batch.
    pub fn import(
        &mut self,
        source: &Source,
        what: What,
        rejects: &Path,
        watch: &mut dyn FnMut(Option<u64>, Progress),
    ) -> Result<Imported, ImportError> {
        let name = name_of(source);
        let begun = self.noted(&name)?;
        let shop = Shop { day: self.day.clone(), currency: self.shop.currency };
        let Opened { mut incomings, mark, goes_on, bytes } = match what {
            What::Sales(format, map) => open_sales(source, format, map, &shop, begun)?,
            What::Members(map) => open_members(source, map, begun)?,
        };
        let mut rejects = if goes_on { Rejects::go_on(rejects, mark.place)? } else { Rejects::begin(rejects)? };
        let mut books = Books { name: &name, desk: self, codes: HashMap::new() };
        let counts = run(incomings.as_mut(), &mut books, mark, &mut rejects, &mut |progress| watch(bytes, progress));
        let counts = counts.map_err(|error| match error {
            RunError::Intake(error) => ImportError::Intake(error),
            RunError::Sink(error) => error,
        })?;
        Ok(Imported { counts, went_on: goes_on, rejects: rejects.path().map(Path::to_path_buf) })
    }

    /// Where an earlier import of a source stopped.
    fn noted(&mut self, name: &str) -> Result<Option<Mark>, ImportError> {
        self.store.read(|tx| noted(tx, name))
    }
}

/// How far the import of a source has come.
fn noted(tx: &mut Tx<'_>, name: &str) -> Result<Option<Mark>, ImportError> {
    let Some(kept) = import::progress(tx, name).map_err(DeskError::from)? else { return Ok(None) };
    let note: Note = serde_json::from_str(&kept.counts)?;
    Ok(Some(Mark { fingerprint: kept.fingerprint, place: note.place, done: kept.done, counts: note.counts }))
}

/// A file by its full path; standard input has no name to go on by.
fn name_of(source: &Source) -> String {
    match source {
        Source::File(path) => std::fs::canonicalize(path).unwrap_or_else(|_| path.clone()).display().to_string(),
        Source::Stdin => "-".to_owned(),
    }
}

/// The books of a desk, for one source.
struct Books<'a> {
    name: &'a str,
    desk: &'a mut Desk,
    codes: HashMap<String, MemberId>,
}

impl Sink for Books<'_> {
    type Error = ImportError;

    fn keep(&mut self, batch: &Batch, mark: &Mark) -> Result<Mark, ImportError> {
        let policy = self.desk.policy()?;
        let (currency, today) = (self.desk.shop.currency, self.desk.today()?);
        let Self { name, desk, codes } = self;
        let mut learned = Vec::new();
        let kept = desk.store.write_twice(|tx| {
            learned.clear();
            if let Some(known) = noted(tx, name)?
                && (known.fingerprint, known.place, known.done) == (mark.fingerprint, mark.place, mark.done)
            {
                // The answer to this very batch was lost.
                return Ok(known);
            }
            let mut outcomes = Vec::with_capacity(batch.bills.len() + batch.members.len());
            for bill in &batch.bills {
                outcomes.push(keep_bill(tx, name, bill, currency, (codes, &mut learned))?);
            }
            for member in &batch.members {
                outcomes.push(keep_member(tx, member, &policy, currency, today)?);
            }
            for aside in &batch.asides {
                bill::keep_aside(tx, &aside.key, &aside.source, &aside.reason, aside.difference, &aside.raw)
                    .map_err(DeskError::from)?;
            }
            let kept = mark.after(batch, &outcomes);
            let note = Note { place: kept.place, counts: kept.counts.clone() };
            let counts = serde_json::to_string(&note)?;
            let progress = import::Progress { fingerprint: kept.fingerprint, position: kept.place.byte, done: kept.done, counts };
            import::save(tx, name, &progress).map_err(DeskError::from)?;
            Ok::<_, ImportError>(kept)
        })?;
        codes.extend(learned);
        Ok(kept)
    }
}

impl Lost for ImportError {
    fn answer_lost(&self) -> bool {
        matches!(self, Self::Desk(error) if error.answer_lost())
    }

    fn server_away(&self) -> bool {
        matches!(self, Self::Desk(error) if error.server_away())
    }
}

impl From<crate::store::StoreError> for ImportError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Desk(error.into())
    }
}

/// Keeps a bill under its member; an unknown member is made, missed, or left out, as the map says.
fn keep_bill(
    tx: &mut Tx<'_>,
    source: &str,
    new: &NewBill,
    currency: Currency,
    (known, learned): (&HashMap<String, MemberId>, &mut Vec<(String, MemberId)>),
) -> Result<Outcome, ImportError> {
    if new.bill().currency != currency {
        let reason = format!("it is in {}, the shop in {currency}; import it in a shop of its currency", new.bill().currency);
        return set_aside(tx, source, new, reason);
    }
    let member = match &new.member_code {
        None => None,
        Some(code) => match member_of(tx, code, known, learned)? {
            Some(id) => Some(id),
            None => match new.when_unknown {
                WhenUnknown::Ignore => None,
                WhenUnknown::Create => {
                    let id = MemberId(Uuid::now_v7());
                    member::put(tx, id, &Person::default(), Some(code), new.bill().business_date)?;
                    learned.push((code.clone(), id));
                    Some(id)
                }
                WhenUnknown::KeepAside => {
                    let reason = format!("no member has the number {code}; import the members first, then these sales again");
                    return set_aside(tx, source, new, reason);
                }
            },
        },
    };
    let bill = new.clone().into_bill(BillId(Uuid::now_v7()), member);
    Ok(match bill::put(tx, &bill)? {
        Put::New => Outcome::New,
        Put::Same => Outcome::Same,
        Put::Changed { was, now } => Outcome::Changed { was, now },
    })
}

/// Keeps a bill aside for a reason that only the books know.
fn set_aside(tx: &mut Tx<'_>, source: &str, new: &NewBill, reason: String) -> Result<Outcome, ImportError> {
    let aside = new.keep_aside(source, &reason)?;
    bill::keep_aside(tx, &aside.key, &aside.source, &aside.reason, aside.difference, &aside.raw)?;
    Ok(Outcome::Aside { reason })
}

fn member_of(
    tx: &mut Tx<'_>,
    code: &str,
    known: &HashMap<String, MemberId>,
    learned: &mut Vec<(String, MemberId)>,
) -> Result<Option<MemberId>, ImportError> {
    if let Some(id) = known.get(code) {
        return Ok(Some(*id));
    }
    if let Some((_, id)) = learned.iter().find(|(known, _)| known == code) {
        return Ok(Some(*id));
    }
    let found = member::by_code(tx, code)?;
    if let Some(id) = found {
        learned.push((code.to_owned(), id));
    }
    Ok(found)
}

/// Keeps a member: a new one gets a card, a known one what is new about the person, and a paid term once.
fn keep_member(
    tx: &mut Tx<'_>,
    new: &NewMember,
    policy: &Policy,
    currency: Currency,
    today: jiff::civil::Date,
) -> Result<Outcome, ImportError> {
    let plan = match &new.plan {
        None => None,
        Some(code) => match policy.plan(code, currency).map_err(DeskError::from)? {
            Some(plan) => Some(plan),
            None => {
                return Ok(Outcome::Aside {
                    reason: format!("the policy has no plan {code}; bring in a policy that has it, then import again"),
                });
            }
        },
    };
    let term = match plan.as_ref().map(|plan| new.term(plan)).transpose() {
        Ok(term) => term,
        Err(fault) => return Ok(Outcome::Aside { reason: fault.to_string() }),
    };
    let known = match &new.code {
        Some(code) => member::by_code(tx, code)?.map(|id| member::load(tx, id)).transpose()?.flatten(),
        None => None,
    };
    let Some(known) = known else {
        let id = MemberId(Uuid::now_v7());
        member::put(tx, id, &new.person, new.code.as_deref(), new.since.unwrap_or(today))?;
        let serial = member::next_card_serial(tx)?;
        member::issue_card(tx, id, CardNumber::from_serial(serial).map_err(DeskError::from)?)?;
        if let Some(term) = &term {
            member::import_term(tx, id, term)?;
        }
        return Ok(Outcome::New);
    };
    let was = known.person.clone().unwrap_or_default();
    let has_term = term.as_ref().is_none_or(|term| known.terms.iter().any(|old| old.start == term.start && old.end == term.end));
    if was == new.person && has_term {
        return Ok(Outcome::Same);
    }
    member::put(tx, known.id, &new.person, new.code.as_deref(), known.since)?;
    if let (Some(term), false) = (&term, has_term) {
        member::import_term(tx, known.id, term)?;
    }
    Ok(Outcome::Changed { was: was.name(), now: new.person.name() })
}
