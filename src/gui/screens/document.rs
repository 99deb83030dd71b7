//! A posted document: what was done, who did it, and its receipt as it was printed. It can be printed again and, on the same
//! day, undone.

use crate::desk::{Answer, Desk, Outcome, Proof, Worker};
use crate::domain::document::Document as Posted;
use crate::domain::ids::{DocumentNumber, RequestId};
use crate::domain::request::{Envelope, Request, Void};
use crate::domain::say::Saying;
use crate::gui::late::Late;
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::sheet;
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::paper::{PaperRow, SIDE_SHEET_PX, paper};
use crate::gui::widgets::rows::{self, Mark, amount, item, left, right};
use crate::gui::widgets::words::{body, caption, strong, title};
use crate::gui::widgets::{Element, button, card, frame, modal, money::money};
use crate::receipt::layout::Filled;
use crate::text::Arg;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, row};
use iced::{Length, Task};
use uuid::Uuid;

/// A document with its receipt, ready to be drawn.
#[derive(Debug, Clone)]
struct Shown {
    posted: Posted,
    receipt: Vec<PaperRow>,
}

/// The screen.
#[derive(Debug)]
pub struct Document {
    number: DocumentNumber,
    shown: Late<Shown>,
    /// The id under which its undoing is asked for, once.
    void: RequestId,
    is_voiding: bool,
    is_busy: bool,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The document was read.
    Read(Answer<(Filled, Posted)>),
    /// Prints it again.
    Print,
    /// It was handed to the printer, or not.
    Printed(Answer<()>),
    /// Asks whether it shall be undone.
    Void,
    /// No, it stays.
    Keep,
    /// Yes, undo it.
    Confirm,
    /// What came of it.
    Voided(Answer<Outcome>),
    /// To the bill or the member it is about.
    Go(Place),
}

/// Outside work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Reads the document and its receipt.
    Read(DocumentNumber),
    /// Prints a copy.
    Print(DocumentNumber),
    /// Posts its undoing, and hands the receipt to the printer.
    Post(Box<Envelope>),
}

impl Effect {
    /// Asks the desk.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read(number) => Task::perform(worker.ask(move |desk| desk.filled(number, 0)), Message::Read),
            Self::Print(number) => Task::perform(worker.ask(move |desk| desk.reprint(number)), Message::Printed),
            Self::Post(envelope) => {
                let post = worker.ask(move |desk| desk.post(&envelope, &Proof::default()));
                let print = worker.ask(|desk: &mut Desk| desk.print_pending().map(|_| ()));
                Task::perform(post, Message::Voided).chain(Task::perform(print, Message::Printed))
            }
        }
    }
}

impl Document {
    /// Opens the screen of a document.
    #[must_use]
    pub fn open(number: DocumentNumber) -> (Self, Action<Effect>) {
        let screen = Self { number, shown: Late::Waiting, void: RequestId(Uuid::now_v7()), is_voiding: false, is_busy: false };
        (screen, Action::Run(vec![Effect::Read(number)]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Read(Ok((filled, posted))) => match sheet::rows(&filled) {
                Ok(receipt) => self.shown = Late::There(Shown { posted, receipt }),
                Err(saying) => self.shown = Late::Failed(saying),
            },
            Message::Read(Err(error)) => self.shown = Late::Failed(error.saying()),
            Message::Print if !self.is_busy => {
                self.is_busy = true;
                return Action::Run(vec![Effect::Print(self.number)]);
            }
            Message::Print => {}
            Message::Printed(answer) => return self.printed(answer),
            Message::Void => self.is_voiding = self.shown.get().is_some(),
            Message::Keep => self.is_voiding = false,
            Message::Confirm if !self.is_busy => {
                let request = Request::Void(Void { document: self.number });
                (self.is_voiding, self.is_busy) = (false, true);
                return Action::Run(vec![Effect::Post(Box::new(shared.envelope(self.void, request)))]);
            }
            Message::Confirm => {}
            Message::Voided(answer) => return self.voided(answer),
            Message::Go(place) => return Action::Go(place),
        }
        Action::None
    }

    fn printed(&mut self, answer: Answer<()>) -> Action<Effect> {
        let asked_here = std::mem::take(&mut self.is_busy);
        match answer {
            Ok(()) if asked_here => {
                Action::Notice(Tone::Allowed, Saying::new("document-printing").with("number", self.number.to_string()))
            }
            Ok(()) => Action::None,
            Err(error) => Action::Notice(Tone::Refused, error.saying()),
        }
    }

    fn voided(&mut self, answer: Answer<Outcome>) -> Action<Effect> {
        self.is_busy = false;
        match answer {
            Ok(Outcome::Posted(posted)) => {
                let done = Saying::new("document-void-done")
                    .with("number", posted.document.number.to_string())
                    .with("undone", self.number.to_string());
                Action::All(vec![Action::Go(Place::Document(posted.document.number)), Action::Notice(Tone::Allowed, done)])
            }
            Ok(Outcome::Stopped(quoted) | Outcome::Changed(quoted)) => {
                let why = super::heaviest(&quoted.quote.rulings).unwrap_or_else(|| Saying::new("document-void-stopped"));
                Action::Notice(Tone::Refused, why)
            }
            Err(error) => Action::Notice(Tone::Refused, error.saying()),
        }
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        if self.is_voiding {
            return match key.as_ref() {
                Key::Named(Named::Enter) => Some(Message::Confirm),
                Key::Named(Named::Escape) => Some(Message::Keep),
                _ => None,
            };
        }
        match key.as_ref() {
            _ if modifiers.command() => None,
            Key::Character("p" | "P") => Some(Message::Print),
            Key::Character("v" | "V") => Some(Message::Void),
            _ => None,
        }
    }

    /// Draws it.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        let words = &shared.words;
        let about = self.shown.show(shared, |shown| about(&shown.posted, shared));
        let name = words.say("document-title", &[("number", Arg::text(self.number.to_string()))]);
        let side = self.shown.get().map(|shown| self.side(shown, shared));
        let keys = vec![
            (String::from("P"), words.plain("key-does-print")),
            (String::from("V"), words.plain("key-does-void")),
            (words.plain("key-escape"), words.plain("key-does-back")),
        ];
        Parts { body: frame::body([title(name).into(), about]), side, over: self.is_voiding.then(|| self.question(shared)), keys }
    }

    fn side<'a>(&'a self, shown: &'a Shown, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let sheet = column![caption(words.plain("document-receipt")), paper(&shown.receipt, sheet::columns(), SIDE_SHEET_PX)];
        let done = column![
            money(words.named(&shown.posted.quote.job), words.formats().money(shown.posted.quote.total)),
            button::primary(words.plain("button-print-again"), Some("P"), (!self.is_busy).then_some(Message::Print)),
            button::danger(words.plain("button-void"), Some("V"), (!self.is_busy).then_some(Message::Void)),
        ]
        .spacing(space::S);
        frame::side(sheet.spacing(space::S), done)
    }

    fn question<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let buttons = row![
            button::secondary_inline(words.plain("button-keep"), Some("Esc"), Some(Message::Keep)),
            iced::widget::space().width(Length::Fill),
            button::primary_inline(words.plain("button-void"), Some("Enter"), Some(Message::Confirm)),
        ];
        let content = column![
            title(words.say("document-void-title", &[("number", Arg::text(self.number.to_string()))])),
            body(words.plain("document-void-about")),
            buttons
        ];
        modal::dialog(content.spacing(space::L), size::DIALOG_NARROW)
    }
}

fn about<'a>(posted: &'a Posted, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
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
        facts.push(rows::fact(words.plain("fact-reason"), body(reason.as_str()), false));
    }
    facts.extend(posted.quote.payouts.iter().map(|payout| {
        let state = if payout.due { words.plain("payout-due") } else { words.plain("payout-paid") };
        let name = format!("{} · {state}", words.named(&payout.tender));
        rows::fact(name, body(words.formats().money(payout.amount)), false)
    }));
    let subject = &posted.quote.subject;
    let bills = subject.bills.iter().map(|bill| {
        let name = words.say("bill-title", &[("number", Arg::text(&bill.number))]);
        button::secondary_inline(name, None, Some(Message::Go(Place::Bill(bill.id)))).into()
    });
    let member = subject.member.map(|member| {
        button::secondary_inline(words.plain("document-to-member"), None, Some(Message::Go(Place::Member(member)))).into()
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
