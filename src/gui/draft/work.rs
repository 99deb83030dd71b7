//! A draft's outside work: asking the desk what a request would do, who approves it, and booking it; and what comes of that,
//! ready to be shown.

use iced::Task;
use uuid::Uuid;

use super::Message;
use crate::desk::{Approved, Desk, DeskError, Outcome, Pin, Posted, Proof, Quoted, Worker};
use crate::domain::digest::Digest;
use crate::domain::document::Quote;
use crate::domain::ids::{DocumentNumber, RequestId, StaffNo};
use crate::domain::member::Person;
use crate::domain::money::Money;
use crate::domain::request::{Envelope, Request};
use crate::domain::say::Saying;
use crate::receipt::layout::{Filled, Paper, PersonPart, Slot};
use crate::receipt::text::{PreviewRow, preview};

/// What a request would do, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What the desk answered.
    pub quoted: Quoted,
    /// The receipt as it would print.
    pub rows: Vec<PreviewRow>,
    /// What moves.
    pub figure: Figure,
}

/// The money a quote is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// It goes to the member.
    Back(Money),
    /// The member pays it.
    Pay(Money),
}

impl Figure {
    fn of(quote: &Quote) -> Result<Self, DeskError> {
        let moved = quote.to_move()?;
        Ok(if moved.is_negative() { Self::Pay(moved.negated()?) } else { Self::Back(moved) })
    }
}

/// A posted document, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The document.
    pub posted: Posted,
    /// Its receipt as it printed.
    pub rows: Vec<PreviewRow>,
    /// What moved.
    pub figure: Figure,
    /// Why it is not printed yet, when it is not.
    pub unprinted: Option<Saying>,
}

/// What came of posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// It is booked.
    Done(Box<Done>),
    /// A rule stopped it.
    Stopped(Box<Shown>),
    /// The facts changed; nothing was booked.
    Changed(Box<Shown>),
}

/// A draft's outside work.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Makes a request id.
    Begin,
    /// Asks what a request would do.
    Quote {
        /// The question's number.
        ticket: u64,
        /// What is asked.
        envelope: Envelope,
    },
    /// Proves who approves.
    Approve {
        /// The question's number.
        ticket: u64,
        /// Who.
        no: StaffNo,
        /// The PIN as typed.
        pin: Pin,
        /// What is approved.
        digest: Digest,
    },
    /// Lets it wait for a second person at another desk.
    Ask {
        /// The question's number.
        ticket: u64,
        /// What is asked.
        envelope: Envelope,
        /// What the clerk saw.
        seen: Digest,
    },
    /// Asks what was decided there.
    Hear {
        /// The question's number.
        ticket: u64,
        /// The request that waits.
        id: RequestId,
    },
    /// Takes it back.
    Withdraw {
        /// The request that waits.
        id: RequestId,
    },
    /// Books.
    Post {
        /// The question's number.
        ticket: u64,
        /// What is asked.
        envelope: Envelope,
        /// What the clerk saw.
        seen: Digest,
        /// A second person's word.
        approved: Option<Approved>,
    },
    /// Prints a document again.
    Reprint(DocumentNumber),
}

impl Effect {
    /// Does it.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Begin => Task::done(Message::Begun(RequestId(Uuid::now_v7()))),
            Self::Quote { ticket, envelope } => {
                let answer = worker.ask(move |desk| {
                    let quoted = desk.quote(&envelope)?;
                    shown(desk, &envelope.request, quoted).map(Box::new)
                });
                Task::perform(answer, move |answer| Message::Quoted(ticket, answer))
            }
            Self::Approve { ticket, no, pin, digest } => {
                let answer = worker.ask(move |desk| desk.approve(no, &pin, digest));
                Task::perform(answer, move |answer| Message::Approved(ticket, answer))
            }
            Self::Ask { ticket, envelope, seen } => {
                let answer = worker.ask(move |desk| desk.ask_elsewhere(&envelope, seen));
                Task::perform(answer, move |answer| Message::Asked(ticket, answer))
            }
            Self::Hear { ticket, id } => {
                Task::perform(worker.ask(move |desk| desk.heard(id)), move |answer| Message::Heard(ticket, answer))
            }
            Self::Reprint(number) => Task::perform(worker.ask(move |desk| desk.reprint(number)), Message::Printed),
            Self::Withdraw { id } => Task::future(worker.ask(move |desk| desk.withdraw(id))).discard(),
            Self::Post { ticket, envelope, seen, approved } => {
                let answer = worker.ask(move |desk| post(desk, &envelope, &Proof { seen: Some(seen), approved }));
                Task::perform(answer, move |answer| Message::Came(ticket, answer))
            }
        }
    }
}

/// A quote, ready to be shown.
///
/// # Errors
/// When its receipt cannot be laid out.
pub fn shown(desk: &mut Desk, request: &Request, quoted: Quoted) -> Result<Shown, DeskError> {
    let figure = Figure::of(&quoted.quote)?;
    let filled = match request {
        Request::SignUp(asked) => fill(&quoted.paper, &asked.person),
        _ => desk.preview(&quoted.paper)?,
    };
    let rows = preview(&filled).map_err(|error| DeskError::Paper(error.to_string()))?;
    Ok(Shown { quoted, rows, figure })
}

/// Fills a receipt in for a person whom the books do not know yet.
fn fill(paper: &Paper, person: &Person) -> Filled {
    let part = |slot: Slot| match slot.part {
        PersonPart::Name => Some(person.name()),
        PersonPart::Address => Some(person.address.clone()),
        PersonPart::Email => Some(person.email.clone()),
        PersonPart::Phone => Some(person.phone.clone()),
        PersonPart::Card => Some(String::new()),
    };
    paper.fill(&part, "")
}

fn post(desk: &mut Desk, envelope: &Envelope, proof: &Proof) -> Result<Came, DeskError> {
    match desk.post_surely(envelope, proof)? {
        Outcome::Posted(posted) => {
            let unprinted = desk.print_pending().err().map(|error| error.saying());
            let (filled, _) = desk.filled(posted.document.number, 0)?;
            let rows = preview(&filled).map_err(|error| DeskError::Paper(error.to_string()))?;
            let figure = Figure::of(&posted.document.quote)?;
            Ok(Came::Done(Box::new(Done { posted: *posted, rows, figure, unprinted })))
        }
        Outcome::Stopped(quoted) => Ok(Came::Stopped(Box::new(shown(desk, &envelope.request, *quoted)?))),
        Outcome::Changed(quoted) => Ok(Came::Changed(Box::new(shown(desk, &envelope.request, *quoted)?))),
    }
}
