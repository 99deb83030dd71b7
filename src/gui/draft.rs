//! A job in the making, as every job screen holds one: what is asked, what it would do, a second person's word, what came of
//! it, and its paper.
//!
//! A draft has one request id from its beginning to its document: asked again after a lost answer, it is booked once. Only a
//! quote that the clerk saw is posted, and an answer to an older question is dropped.

use super::screens::approval::{self, Approval};
use super::shared::Shared;
use super::theme::Tone;
use crate::desk::{Answer, Approved, DeskError, Heard};
use crate::domain::document::Quote;
use crate::domain::ids::{DocumentNumber, RequestId};
use crate::domain::request::{Envelope, Request};
use crate::domain::ruling::{self, Ruling};
use crate::domain::say::Saying;

mod view;
mod way;
mod work;

pub use view::{Button, card, headed, say, side};
pub use work::{Came, Done, Effect, Figure, Shown, shown};

/// How far a draft is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Nothing is asked yet.
    Empty,
    /// The desk works the question out.
    Quoting,
    /// The desk has answered.
    Quoted,
    /// A second person is asked.
    Approving(Approval),
    /// The desk books it.
    Posting {
        /// A second person's word.
        approved: Option<Approved>,
    },
    /// It is booked.
    Posted(Box<Done>),
    /// The desk could not answer; what was asked stays.
    Failed {
        /// What to tell the clerk.
        saying: Saying,
        /// The answer to a posting was lost: asking again posts under the same id.
        posting: bool,
        /// The word that was given before.
        approved: Option<Approved>,
    },
}

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    id: Option<RequestId>,
    request: Option<Request>,
    ticket: u64,
    shown: Option<Box<Shown>>,
    changed_from: Option<Figure>,
    /// A word that was given at another desk.
    granted: Option<Approved>,
    /// What was said there.
    heard: Option<Saying>,
    stage: Stage,
}

/// What happens to a draft.
#[derive(Debug, Clone)]
pub enum Message {
    /// The window made an id.
    Begun(RequestId),
    /// The desk answered a question.
    Quoted(u64, Answer<Box<Shown>>),
    /// Does what the primary button says.
    Enter,
    /// Happens on the approval card.
    Approval(approval::Message),
    /// A second person gave the PIN.
    Approved(u64, Answer<Approved>),
    /// The desk answered a posting.
    Came(u64, Answer<Came>),
    /// It waits at other desks, or cannot.
    Asked(u64, Answer<()>),
    /// Looks whether somebody decided there.
    Look,
    /// What was decided.
    Heard(u64, Answer<Heard>),
    /// Prints what is booked again.
    Print,
    /// It is printed again, or not.
    Printed(Answer<()>),
    /// Leaves it, unless somebody is being asked or the desk is booking.
    Leave,
}

/// What a draft asks of its screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Then {
    /// Nothing.
    Nothing,
    /// Outside work.
    Run(Effect),
    /// A line to show above the foot.
    Say(Tone, Saying),
    /// It is through, or put aside.
    Leave,
    /// A document is there: what the screen shows is old.
    Posted(DocumentNumber),
}

impl Default for Draft {
    fn default() -> Self {
        Self::new()
    }
}

impl Draft {
    /// A draft of nothing.
    #[must_use]
    pub fn new() -> Self {
        Self {
            id: None,
            request: None,
            ticket: 0,
            shown: None,
            changed_from: None,
            granted: None,
            heard: None,
            stage: Stage::Empty,
        }
    }

    /// How far it is.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The newest answer, while what is asked has one.
    #[must_use]
    pub fn shown(&self) -> Option<&Shown> {
        self.shown.as_deref()
    }

    /// The quote of the newest answer.
    #[must_use]
    pub fn quote(&self) -> Option<&Quote> {
        self.shown().map(|shown| &shown.quoted.quote)
    }

    /// What is asked.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        self.request.as_ref()
    }

    /// What is booked, once it is.
    #[must_use]
    pub fn done(&self) -> Option<&Done> {
        match &self.stage {
            Stage::Posted(done) => Some(done),
            _ => None,
        }
    }

    /// Whether somebody is being asked or the desk is booking: the screen stays as it is.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.stage, Stage::Posting { .. } | Stage::Approving(_))
    }

    /// Whether what is asked must not change: it is busy, or it may be booked already although its answer was lost.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.is_busy() || self.is_lost()
    }

    /// Whether the answer to a posting was lost.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        matches!(self.stage, Stage::Failed { posting: true, .. })
    }

    /// The approval card, when somebody is being asked.
    #[must_use]
    pub fn approving(&self) -> Option<&Approval> {
        match &self.stage {
            Stage::Approving(approval) => Some(approval),
            _ => None,
        }
    }

    /// What the rulings about a line say, the heaviest one.
    #[must_use]
    pub fn ruling_of(&self, line: u32) -> Option<&Ruling> {
        let about = self.quote()?.rulings.iter().filter(|ruling| ruling.line == Some(line));
        about.rev().max_by_key(|ruling| weight(ruling.outcome))
    }

    /// Asks something else than before. What is booked already stays booked: this is then another request.
    pub fn ask(&mut self, request: Option<Request>, shared: &Shared) -> Then {
        let is_same = request == self.request && self.done().is_none();
        if is_same { Then::Nothing } else { self.ask_anew(request, shared) }
    }

    fn ask_anew(&mut self, request: Option<Request>, shared: &Shared) -> Then {
        if self.is_held() {
            return Then::Nothing;
        }
        if matches!(self.stage, Stage::Posted(_)) {
            self.id = None;
            self.shown = None;
        }
        self.changed_from = None;
        (self.granted, self.heard) = (None, None);
        self.ticket += 1;
        self.request = request;
        if self.request.is_none() {
            self.shown = None;
            self.stage = Stage::Empty;
            return Then::Nothing;
        }
        self.stage = Stage::Quoting;
        if self.id.is_some() { self.quote_now(shared) } else { Then::Run(Effect::Begin) }
    }

    /// Asks the same anew: the facts may be others by now.
    pub fn ask_again(&mut self, shared: &Shared) -> Then {
        let request = self.request.clone();
        if request.is_none() { Then::Nothing } else { self.ask_anew(request, shared) }
    }

    fn envelope(&self, shared: &Shared) -> Option<Envelope> {
        Some(shared.envelope(self.id?, self.request.clone()?))
    }

    fn quote_now(&mut self, shared: &Shared) -> Then {
        self.envelope(shared).map_or(Then::Nothing, |envelope| Then::Run(Effect::Quote { ticket: self.ticket, envelope }))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Then {
        match message {
            Message::Begun(id) if self.id.is_none() => {
                self.id = Some(id);
                self.quote_now(shared)
            }
            Message::Begun(_) => Then::Nothing,
            Message::Quoted(ticket, _) | Message::Approved(ticket, _) | Message::Came(ticket, _) if ticket != self.ticket => {
                Then::Nothing
            }
            Message::Asked(ticket, _) | Message::Heard(ticket, _) if ticket != self.ticket => Then::Nothing,
            Message::Asked(_, answer) => self.asked(answer),
            Message::Look => self.look(),
            Message::Heard(_, answer) => self.hear(answer, shared),
            Message::Quoted(_, answer) => self.quoted(answer),
            Message::Enter => self.enter(shared),
            Message::Approval(message) => self.on_card(message, shared),
            Message::Approved(_, answer) => self.approved(answer, shared),
            Message::Came(_, answer) => self.came(answer),
            Message::Print => self.done().map_or(Then::Nothing, |done| Then::Run(Effect::Reprint(done.posted.document.number))),
            Message::Printed(Ok(())) => Then::Say(Tone::Allowed, Saying::new("notice-printed-again")),
            Message::Printed(Err(error)) => Then::Say(Tone::Refused, error.saying()),
            Message::Leave if self.is_busy() => Then::Nothing,
            Message::Leave => Then::Leave,
        }
    }

    fn quoted(&mut self, answer: Answer<Box<Shown>>) -> Then {
        match answer {
            Ok(shown) => {
                self.shown = Some(shown);
                self.stage = Stage::Quoted;
            }
            Err(error) => {
                self.shown = None;
                self.stage = Stage::Failed { saying: error.saying(), posting: false, approved: None };
            }
        }
        Then::Nothing
    }

    fn enter(&mut self, shared: &Shared) -> Then {
        match &self.stage {
            Stage::Quoted => match self.quote().map(Quote::verdict) {
                Some(ruling::Outcome::Allowed) => self.post(None, shared),
                Some(ruling::Outcome::NeedsApproval(_) | ruling::Outcome::RefusedUnless(_)) if self.granted.is_some() => {
                    let granted = self.granted.take();
                    self.post(granted, shared)
                }
                Some(ruling::Outcome::NeedsApproval(role) | ruling::Outcome::RefusedUnless(role)) => {
                    self.stage = Stage::Approving(Approval::new(role, shared));
                    Then::Nothing
                }
                Some(ruling::Outcome::Refused) | None => Then::Nothing,
            },
            Stage::Failed { posting: true, approved, .. } => {
                let approved = approved.clone();
                self.post(approved, shared)
            }
            Stage::Failed { posting: false, .. } => {
                self.ticket += 1;
                self.stage = Stage::Quoting;
                self.quote_now(shared)
            }
            Stage::Posted(_) => Then::Leave,
            Stage::Empty | Stage::Quoting | Stage::Approving(_) | Stage::Posting { .. } => Then::Nothing,
        }
    }

    fn post(&mut self, approved: Option<Approved>, shared: &Shared) -> Then {
        let (Some(envelope), Some(shown)) = (self.envelope(shared), self.shown()) else { return Then::Nothing };
        let seen = shown.quoted.digest;
        self.ticket += 1;
        self.heard = None;
        self.stage = Stage::Posting { approved: approved.clone() };
        Then::Run(Effect::Post { ticket: self.ticket, envelope, seen, approved })
    }

    fn on_card(&mut self, message: approval::Message, shared: &Shared) -> Then {
        let Some(digest) = self.shown().map(|shown| shown.quoted.digest) else { return Then::Nothing };
        let Stage::Approving(approval) = &mut self.stage else { return Then::Nothing };
        match approval.update(message) {
            approval::Then::Nothing => Then::Nothing,
            approval::Then::Close => {
                let id = self.id.filter(|_| approval.waits());
                self.ticket += 1;
                self.stage = Stage::Quoted;
                id.map_or(Then::Nothing, |id| Then::Run(Effect::Withdraw { id }))
            }
            approval::Then::Wait => {
                let Some(envelope) = self.envelope(shared).filter(|asked| asked.request.job().may_wait()) else {
                    return Then::Nothing;
                };
                self.ticket += 1;
                Then::Run(Effect::Ask { ticket: self.ticket, envelope, seen: digest })
            }
            approval::Then::Prove(no, pin) => {
                self.ticket += 1;
                Then::Run(Effect::Approve { ticket: self.ticket, no, pin, digest })
            }
        }
    }

    fn approved(&mut self, answer: Answer<Approved>, shared: &Shared) -> Then {
        let Stage::Approving(approval) = &mut self.stage else { return Then::Nothing };
        match answer {
            Ok(approved) => self.post(Some(approved), shared),
            Err(error) => {
                approval.wrong(error.saying());
                Then::Nothing
            }
        }
    }

    fn asked(&mut self, answer: Answer<()>) -> Then {
        if let Stage::Approving(approval) = &mut self.stage {
            approval.wait(answer.err().map(|error| error.saying()));
        }
        Then::Nothing
    }

    fn look(&self) -> Then {
        let waits = self.approving().is_some_and(Approval::waits);
        self.id.filter(|_| waits).map_or(Then::Nothing, |id| Then::Run(Effect::Hear { ticket: self.ticket, id }))
    }

    /// What was decided at another desk; the clerk, who has goods and money in hand, posts.
    fn hear(&mut self, answer: Answer<Heard>, shared: &Shared) -> Then {
        let Stage::Approving(approval) = &mut self.stage else { return Then::Nothing };
        let name = |no| shared.people.iter().find(|person| person.no == no).map_or("", |person| person.name.as_str());
        match answer {
            Ok(Heard::Waiting) => {}
            Ok(Heard::Approved(word)) => {
                self.heard = Some(Saying::new("draft-granted").with("name", name(word.by())));
                self.granted = Some(word);
                self.stage = Stage::Quoted;
            }
            Ok(Heard::Refused { by, reason }) => {
                self.heard = Some(Saying::new("draft-denied").with("name", name(by)).with("reason", reason));
                self.stage = Stage::Quoted;
            }
            Ok(Heard::Expired) => approval.wait(Some(Saying::new("approval-waited"))),
            Err(error) => approval.wait(Some(error.saying())),
        }
        Then::Nothing
    }

    fn came(&mut self, answer: Answer<Came>) -> Then {
        let approved = match &self.stage {
            Stage::Posting { approved } => approved.clone(),
            _ => None,
        };
        match answer {
            Ok(Came::Done(done)) => {
                let number = done.posted.document.number;
                self.stage = Stage::Posted(done);
                return Then::Posted(number);
            }
            Ok(Came::Stopped(shown)) => {
                self.shown = Some(shown);
                self.stage = Stage::Quoted;
            }
            Ok(Came::Changed(shown)) => {
                self.changed_from = self.shown().map(|before| before.figure);
                self.shown = Some(shown);
                self.stage = Stage::Quoted;
            }
            Err(error) if is_answer(&error) => {
                self.stage = Stage::Failed { saying: error.saying(), posting: false, approved: None };
            }
            Err(error) => self.stage = Stage::Failed { saying: error.saying(), posting: true, approved },
        }
        Then::Nothing
    }
}

/// Whether the desk decided, so that asking the same again would not help; else its answer may be lost.
fn is_answer(error: &DeskError) -> bool {
    matches!(
        error,
        DeskError::ApprovalStale | DeskError::MayNotApprove(_) | DeskError::OwnInterest(_) | DeskError::RequestReused(_)
    )
}

/// How heavy an outcome is, whatever role it asks for.
pub(in crate::gui) fn weight(outcome: ruling::Outcome) -> u8 {
    match outcome {
        ruling::Outcome::Allowed => 0,
        ruling::Outcome::NeedsApproval(_) => 1,
        ruling::Outcome::RefusedUnless(_) => 2,
        ruling::Outcome::Refused => 3,
    }
}

/// The rulings that decide: those of the heaviest outcome, in their order.
fn deciding(quote: &Quote) -> Vec<&Ruling> {
    let heaviest = quote.rulings.iter().map(|ruling| weight(ruling.outcome)).max().unwrap_or(0);
    quote.rulings.iter().filter(|ruling| weight(ruling.outcome) == heaviest).collect()
}
