//! Receipts on their way to paper: drawn from the stored layout, handed over so that none is lost and none comes twice.

use uuid::Uuid;

use super::post::read_paper;
use super::views::stored;
use super::{Desk, DeskError};
use crate::domain::document::Document;
use crate::domain::ids::{DocumentNumber, MemberId};
use crate::domain::member::Member;
use crate::receipt::layout::{Filled, Paper, PersonPart, Row, Slot};
use crate::receipt::mark::Mark;
use crate::receipt::pdf::{self, Imprint};
use crate::receipt::print::{Handed, Job};
use crate::receipt::text;
use crate::store::document::Posted as Stored;
use crate::store::print::{self, PrintJob};
use crate::store::{Tx, event, member};
use crate::text::{Arg, Words};

/// A receipt ready for paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The document's number.
    pub number: DocumentNumber,
    /// As PDF.
    pub pdf: Vec<u8>,
    /// As plain text.
    pub text: String,
}

impl Desk {
    /// A posted document's receipt; copy 0 is the original.
    pub fn draw(&mut self, number: DocumentNumber, copy: u32) -> Result<Drawn, DeskError> {
        let (filled, document) = self.filled(number, copy)?;
        let words = self.shop_words();
        let title = format!("{} {number}", words.named(&document.quote.job));
        let number_text = number.to_string();
        let imprint = Imprint { number: &number_text, title: &title, author: &self.shop.name, posted_at_us: document.at.at_us };
        let drawn = pdf::draw(&filled, &imprint).map_err(|error| DeskError::Paper(error.to_string()))?;
        Ok(Drawn { number, pdf: drawn.bytes, text: text::plain(&filled) })
    }

    /// A posted document's receipt as it prints, for the screen.
    pub fn filled(&mut self, number: DocumentNumber, copy: u32) -> Result<(Filled, Document), DeskError> {
        let words = self.shop_words();
        self.store.read(|tx| {
            let posted = stored(tx, number)?;
            let filled = fill(tx, &marked(&posted)?, &words)?;
            let filled = if copy == 0 {
                filled
            } else {
                filled.marked(&words.say("receipt-copy", &[("number", Arg::Count(i64::from(copy)))]))
            };
            Ok((filled, posted.document))
        })
    }

    /// Fills a receipt that is not posted yet, for the preview.
    pub fn preview(&mut self, paper: &Paper) -> Result<Filled, DeskError> {
        let words = self.shop_words();
        self.store.read(|tx| fill(tx, paper, &words))
    }

    /// Prints a document again at this desk; every reprint is a copy with a number of its own.
    pub fn reprint(&mut self, number: DocumentNumber) -> Result<(), DeskError> {
        self.may_write()?;
        let (desk, at_us) = (self.number, self.now().at_us);
        self.store.write(|tx| {
            let posted = stored(tx, number)?;
            event::add(tx, desk, None, "printed again", at_us, &number.to_string())?;
            Ok::<_, DeskError>(print::queue_at(tx, posted.document.id, number, desk, at_us)?)
        })?;
        self.print_pending().map(|_| ())
    }

    /// Hands over every receipt of this desk that still waits, and says how many were. What fails stays waiting; a receipt that
    /// cannot be drawn keeps no other one from the printer, and is told at the end.
    ///
    /// A job is first held by the printer, then noted as held, then released: killed in between, it is released once more
    /// under the same name, which prints once.
    pub fn print_pending(&mut self) -> Result<usize, DeskError> {
        self.may_write()?;
        let number = self.number;
        let waiting = self.store.read(|tx| print::pending(tx, number).map_err(DeskError::from))?;
        let mut printed = 0;
        let mut unprinted = None;
        for job in waiting {
            match self.print_one(&job) {
                Ok(()) => printed += 1,
                Err(error @ DeskError::Paper(_)) => unprinted = unprinted.or(Some(error)),
                Err(error) => return Err(error),
            }
        }
        unprinted.map_or(Ok(printed), Err)
    }

    fn print_one(&mut self, job: &PrintJob) -> Result<(), DeskError> {
        let handed: Handed = match &job.handed {
            Some(handed) => serde_json::from_str(handed).map_err(|error| DeskError::Paper(error.to_string()))?,
            None => {
                let drawn = self.draw(job.number, job.copy)?;
                let copy = (job.copy > 0).then_some(job.copy);
                let handed =
                    self.printer.hold(&Job { number: job.number.to_string(), copy, pdf: drawn.pdf, text: drawn.text })?;
                let note = serde_json::to_string(&handed).map_err(|error| DeskError::Paper(error.to_string()))?;
                self.store.write_twice(|tx| Ok::<_, DeskError>(print::held(tx, job.id, &note)?))?;
                handed
            }
        };
        self.printer.release(&handed)?;
        self.store.write_twice(|tx| Ok::<_, DeskError>(print::done(tx, job.id)?))
    }

    pub(super) fn shop_words(&self) -> Words {
        self.words.clone()
    }
}

/// The stored receipt with its QR code, which carries the sum of the document that carries the receipt.
fn marked(posted: &Stored) -> Result<Paper, DeskError> {
    let mut paper = read_paper(&posted.paper)?;
    paper.rows.push(Row::Qr { payload: Mark::of(&posted.document, posted.hash).to_string() });
    Ok(paper)
}

/// Fills in what belongs to people; who was erased prints as erased.
fn fill(tx: &mut Tx<'_>, paper: &Paper, words: &Words) -> Result<Filled, DeskError> {
    let mut people: Vec<(Uuid, Option<Member>)> = Vec::new();
    for slot in paper.slots() {
        if !people.iter().any(|(id, _)| *id == slot.person) {
            people.push((slot.person, member::load(tx, MemberId(slot.person))?));
        }
    }
    let person = |slot: Slot| part(people.iter().find(|(id, _)| *id == slot.person)?.1.as_ref()?, slot.part);
    Ok(paper.fill(&person, &words.plain("receipt-erased")))
}

fn part(member: &Member, part: PersonPart) -> Option<String> {
    let person = member.person.as_ref();
    match part {
        PersonPart::Name => person.map(|person| known(person.name())),
        PersonPart::Address => person.map(|person| person.address.clone()),
        PersonPart::Email => person.map(|person| person.email.clone()),
        PersonPart::Phone => person.map(|person| person.phone.clone()),
        PersonPart::Card => match member.cards.first() {
            Some(card) => Some(masked(&card.number.to_string())),
            None => person.map(|_| known(String::new())),
        },
    }
}

/// What is not known of somebody is a dash; only what was known once is erased.
fn known(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

/// A card number with all but its last figures hidden.
fn masked(number: &str) -> String {
    let shown = number.len().saturating_sub(4);
    format!("···{}", number.get(shown..).unwrap_or_default())
}
