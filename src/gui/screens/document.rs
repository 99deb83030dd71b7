//! A posted document: what was done, who did it, and its receipt as it was printed. It can be printed again and, on the same
//! day, undone.

use crate::desk::{Answer, DocumentView, PayoutState, Worker};
use crate::domain::bill::Tender;
use crate::domain::document::{Document as Posted, Payout, Subject};
use crate::domain::ids::DocumentNumber;
use crate::domain::request::{Job, Request, Void};
use crate::domain::ruling::Outcome;
use crate::domain::say::Saying;
use crate::gui::draft::{self, Button, Draft, Stage};
use crate::gui::late::Late;
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::paper::{SIDE_SHEET_PX, receipt};
use crate::gui::widgets::rows::{self, Mark, amount, item, left, right};
use crate::gui::widgets::words::{body, caption, strong, title};
use crate::gui::widgets::{Element, button, card, frame};
use crate::receipt::text::{PreviewRow, preview};
use crate::text::Arg;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, row};
use iced::{Length, Task};

/// A document with its receipt, ready to be drawn.
#[derive(Debug, Clone)]
struct Shown {
    view: DocumentView,
    receipt: Vec<PreviewRow>,
}

/// The screen.
#[derive(Debug)]
pub struct Document {
    number: DocumentNumber,
    shown: Late<Shown>,
    /// Its undoing, while that is in the making.
    undoing: Option<Draft>,
    is_printing: bool,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The document was read.
    Read(Answer<Box<DocumentView>>),
    /// Prints it again.
    Print,
    /// It was handed to the printer, or not.
    Printed(Answer<()>),
    /// Begins to undo it.
    Void,
    /// It stays as it is.
    Keep,
    /// What the large button says about its undoing.
    Enter,
    /// Happens to its undoing.
    Draft(draft::Message),
    /// To the bill or the member it is about.
    Go(Place),
}

/// Outside work.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads the document and its receipt.
    Read(DocumentNumber),
    /// Prints a copy.
    Print(DocumentNumber),
    /// Works on its undoing.
    Draft(draft::Effect),
}

impl Effect {
    /// Asks the desk.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read(number) => Task::perform(worker.ask(move |desk| desk.document_view(number).map(Box::new)), Message::Read),
            Self::Print(number) => Task::perform(worker.ask(move |desk| desk.reprint(number)), Message::Printed),
            Self::Draft(effect) => effect.perform(worker).map(Message::Draft),
        }
    }
}

impl Document {
    /// Opens the screen of a document.
    #[must_use]
    pub fn open(number: DocumentNumber) -> (Self, Action<Effect>) {
        let screen = Self { number, shown: Late::Waiting, undoing: None, is_printing: false };
        (screen, Action::Run(vec![Effect::Read(number)]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Read(Ok(view)) => match preview(&view.receipt) {
                Ok(receipt) => self.shown = Late::There(Shown { view: *view, receipt }),
                Err(error) => self.shown = Late::Failed(Saying::new("error-other").with("error", error.to_string())),
            },
            Message::Read(Err(error)) => self.shown = Late::Failed(error.saying()),
            Message::Print if !self.is_printing => {
                self.is_printing = true;
                return Action::Run(vec![Effect::Print(self.number)]);
            }
            Message::Print => {}
            Message::Printed(answer) => return self.printed(answer),
            Message::Void => {
                let request = Request::Void(Void { document: self.number });
                return self.undoing.insert(Draft::new()).ask(Some(request), shared).act(Effect::Draft);
            }
            Message::Keep => return self.keep(),
            Message::Enter => match &mut self.undoing {
                Some(draft) if draft.done().is_some() => return self.keep(),
                Some(draft) => return draft.update(draft::Message::Enter, shared).act(Effect::Draft),
                None => {}
            },
            Message::Draft(message) => {
                let draft = self.undoing.as_mut();
                return draft.map_or(Action::None, |draft| draft.update(message, shared).act(Effect::Draft));
            }
            Message::Go(place) => return Action::Go(place),
        }
        Action::None
    }

    /// Leaves the undoing: before it is booked the document stays, after it the document that undid it is shown.
    fn keep(&mut self) -> Action<Effect> {
        let Some(draft) = self.undoing.take_if(|draft| !draft.is_held()) else { return Action::None };
        draft.done().map_or(Action::None, |done| Action::Go(Place::Document(done.posted.document.number)))
    }

    fn printed(&mut self, answer: Answer<()>) -> Action<Effect> {
        self.is_printing = false;
        match answer {
            Ok(()) => Action::Notice(Tone::Allowed, Saying::new("document-printing").with("number", self.number.to_string())),
            Err(error) => Action::Notice(Tone::Refused, error.saying()),
        }
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        if let Some(draft) = &self.undoing {
            return draft.key(key, modifiers, Message::Draft, || match key.as_ref() {
                Key::Named(Named::Enter) => Some(Message::Enter),
                Key::Named(Named::Escape) => Some(Message::Keep),
                _ => None,
            });
        }
        match key.as_ref() {
            _ if modifiers.command() => None,
            Key::Character("p" | "P") => Some(Message::Print),
            Key::Character("m" | "M") => self.member().map(Message::Go),
            Key::Character("b" | "B") => self.bill().map(Message::Go),
            Key::Named(Named::F8) => self.subject()?.member.map(|id| Message::Go(Place::Renew(id))),
            Key::Character("v" | "V") if self.shown.get().is_some() => Some(Message::Void),
            _ => None,
        }
    }

    fn subject(&self) -> Option<&Subject> {
        self.shown.get().map(|shown| &shown.view.document.quote.subject)
    }

    fn member(&self) -> Option<Place> {
        self.subject()?.member.map(Place::Member)
    }

    /// The first of the bills it is about.
    fn bill(&self) -> Option<Place> {
        self.subject()?.bills.first().map(|bill| Place::Bill(bill.id))
    }

    /// Draws it.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        let words = &shared.words;
        let about = self.shown.show(shared, |shown| about(&shown.view, shared));
        let name = words.say("document-title", &[("number", Arg::text(self.number.to_string()))]);
        let side = match &self.undoing {
            Some(draft) => Some(self.undoing_side(draft, shared)),
            None => self.shown.get().map(|shown| self.side(shown, shared)),
        };
        let say = self.undoing.as_ref().and_then(|draft| draft::say(draft, shared));
        let over = self.undoing.as_ref().and_then(|draft| draft::card(draft, shared, Message::Draft));
        let keys = if self.undoing.is_some() {
            vec![
                (words.plain("key-enter"), words.plain("key-does-void")),
                (words.plain("key-escape"), words.plain("key-does-aside")),
            ]
        } else {
            vec![
                (String::from("P"), words.plain("key-does-print")),
                (String::from("V"), words.plain("key-does-void")),
                (words.plain("key-escape"), words.plain("key-does-back")),
            ]
        };
        let cards = [Some(title(name).into()), say, Some(about)];
        Parts { body: frame::body(cards.into_iter().flatten()), side, over, keys }
    }

    fn side<'a>(&'a self, shown: &'a Shown, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let sheet = column![caption(words.plain("document-receipt")), receipt(&shown.receipt, SIDE_SHEET_PX)];
        let print = (!self.is_printing).then_some(Message::Print);
        let done = column![
            button::primary(words.plain("button-print-again"), Some("P"), print),
            button::secondary(words.plain("button-void"), Some("V"), Some(Message::Void)),
        ]
        .spacing(space::S);
        frame::side(sheet.spacing(space::S), done)
    }

    fn undoing_side<'a>(&'a self, draft: &'a Draft, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let (word, is_on) = draft.primary(words, None);
        let is_allowed = draft.quote().is_some_and(|quote| quote.verdict() == Outcome::Allowed);
        let word = if is_allowed && *draft.stage() == Stage::Quoted { words.plain("button-void") } else { word };
        let keep = if draft.done().is_some() { words.plain("button-back") } else { words.plain("button-keep") };
        let keep = Button::new(keep, (!draft.is_busy()).then_some(Message::Keep));
        draft::side(draft, shared, Button::new(word, is_on.then_some(Message::Enter)), keep)
    }
}

/// What became of a payout; of what an undoing takes back, whether it moved at all.
fn became(payout: &Payout, state: Option<&PayoutState>, job: Job, shared: &Shared) -> String {
    let words = &shared.words;
    if job == Job::Void {
        let moves = payout.due || !matches!(payout.tender, Tender::Card | Tender::StoreCredit);
        return words.plain(if moves { "payout-taken-back" } else { "payout-nothing" });
    }
    match state {
        Some(PayoutState::Due) => words.plain("payout-due"),
        Some(PayoutState::Failed) => words.plain("payout-failed"),
        Some(PayoutState::Voided) => words.plain("payout-voided"),
        Some(PayoutState::Paid(reference)) => format!("{} · {reference}", words.plain("payout-paid")),
        Some(PayoutState::Moved) | None => words.plain("payout-paid"),
    }
}

fn about<'a>(view: &'a DocumentView, shared: &'a Shared) -> Element<'a, Message> {
    let (posted, words) = (&view.document, &shared.words);
    let person =
        |no| shared.people.iter().find(|person| person.no == no).map_or_else(|| no.to_string(), |person| person.name.clone());
    let when = posted.at.local().map(|at| words.formats().date_time(at)).unwrap_or_default();
    let mut facts = vec![
        rows::fact(words.plain("fact-job"), strong(words.named(&posted.quote.job)), true),
        rows::fact(words.plain("fact-when"), body(when), false),
        rows::fact(words.plain("fact-clerk"), body(person(posted.quote.clerk)), false),
    ];
    if let Some(approval) = &posted.approval {
        facts.push(rows::fact(words.plain("fact-approved-by"), body(person(approval.by)), false));
    }
    if let Some(reason) = &posted.quote.reason {
        facts.push(rows::fact(words.plain("fact-reason"), body(shared.text(reason)), false));
    }
    if posted.note.is_some() {
        let note = view.note.clone().unwrap_or_else(|| words.plain("fact-note-erased"));
        facts.push(rows::fact(words.plain("fact-note"), body(note), false));
    }
    if let Some(number) = view.undone_by {
        facts.push(rows::fact(words.plain("fact-undone-by"), strong(number.to_string()), false));
    }
    facts.extend(posted.quote.payouts.iter().enumerate().map(|(place, payout)| {
        let state = became(payout, view.payouts.get(place), posted.quote.job, shared);
        let name = format!("{} · {state}", words.named(&payout.tender));
        rows::fact(name, body(super::home::moved(payout.amount, shared)), false)
    }));
    let subject = &posted.quote.subject;
    let bills = subject.bills.iter().enumerate().map(|(index, bill)| {
        let name = words.say("bill-title", &[("number", Arg::text(&bill.number))]);
        button::secondary_inline(name, (index == 0).then_some("B"), Some(Message::Go(Place::Bill(bill.id)))).into()
    });
    let member = subject.member.map(|member| {
        button::secondary_inline(words.plain("document-to-member"), Some("M"), Some(Message::Go(Place::Member(member)))).into()
    });
    let ways: Vec<Element<'a, Message>> = bills.take(4).chain(member).collect();
    column![card::bare_card(column(facts))].push(lines(posted, shared)).push(row(ways).spacing(space::S)).spacing(space::M).into()
}

fn lines<'a>(posted: &'a Posted, shared: &'a Shared) -> Option<Element<'a, Message>> {
    let words = &shared.words;
    let all = &posted.quote.lines;
    let columns = [left(Length::Fill), right(size::COLUMN), right(size::COLUMN)];
    let names = ["column-item", "column-quantity", "column-amount"].map(|name| words.plain(name));
    let lines = all.iter().enumerate().map(|(index, line)| {
        let mark = Mark { is_last: index + 1 == all.len(), ..Mark::default() };
        let cells = vec![
            item(line.text.as_str(), line.item.as_str(), false),
            body(words.formats().quantity(line.quantity)).into(),
            amount(words.formats().money(line.share.gross), true),
        ];
        rows::line(format!("line {index}"), &columns, cells, mark, None)
    });
    (!all.is_empty()).then(|| card::bare_card(column![rows::head(&columns, names.to_vec())].extend(lines)))
}
