//! Card payouts that are due: the terminal has paid, its reference is typed here; or it refused.

use crate::desk::{Answer, Desk, DueView, Outcome, Proof, Worker};
use crate::domain::document::Effect as Recorded;
use crate::domain::ids::RequestId;
use crate::domain::request::{Envelope, PayoutOutcome, RecordPayout, Request};
use crate::domain::say::Saying;
use crate::gui::keys::Act;
use crate::gui::list::{self, List, Press, Table};
use crate::gui::shared::{Action, Parts, Shared};
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::rows::{amount, item, left, right};
use crate::gui::widgets::words::{body, help, title};
use crate::gui::widgets::{Element, button, empty::empty, field::field, focus, frame, money::money};
use crate::text::Arg;
use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::column;
use iced::{Length, Task};
use uuid::Uuid;

/// The name of the field for the terminal's reference.
const REFERENCE: &str = "due reference";

/// The screen.
#[derive(Debug)]
pub struct Due {
    /// The id of the next request; a new one after each that was posted.
    id: RequestId,
    due: List<DueView>,
    reference: String,
    wrong: Option<Saying>,
    is_posting: bool,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The list was read.
    Read(Answer<Vec<DueView>>),
    /// Up or down the list.
    Move(isize),
    /// This payout.
    Choose(usize),
    /// The reference changed.
    Typed(String),
    /// The terminal paid it.
    Paid,
    /// The terminal refused it.
    Failed,
    /// What came of posting.
    Posted(Answer<Outcome>),
}

/// Outside work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Reads the list.
    Read,
    /// Posts what became of a payout.
    Post(Box<Envelope>),
    /// Puts the focus into the field.
    Focus,
    /// Brings a line into view.
    Reveal(String),
}

impl Effect {
    /// Asks the desk, or moves the focus.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read => Task::perform(worker.ask(Desk::due), Message::Read),
            Self::Post(envelope) => {
                Task::perform(worker.ask(move |desk| desk.post_surely(&envelope, &Proof::default())), Message::Posted)
            }
            Self::Focus => iced::widget::operation::focus(REFERENCE),
            Self::Reveal(line) => focus::reveal(line),
        }
    }
}

/// Whether the terminal paid.
fn is_paid(effect: &Recorded) -> bool {
    matches!(effect, Recorded::SettlePayout { outcome: PayoutOutcome::Paid(_), .. })
}

impl Due {
    /// Opens the screen.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        let screen = Self {
            id: RequestId(Uuid::now_v7()),
            due: List::new("payout"),
            reference: String::new(),
            wrong: None,
            is_posting: false,
        };
        (screen, Action::Run(vec![Effect::Read, Effect::Focus]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Read(answer) => {
                self.due.came(answer);
                Action::Run(vec![Effect::Focus])
            }
            Message::Move(by) => self.choose(self.due.current().saturating_add_signed(by)),
            Message::Choose(index) => self.choose(index),
            Message::Typed(text) => {
                self.reference = text;
                self.wrong = None;
                Action::None
            }
            Message::Paid if self.reference.trim().is_empty() => {
                self.wrong = Some(Saying::new("ruling-reference-needed"));
                Action::Run(vec![Effect::Focus])
            }
            Message::Paid => self.post(PayoutOutcome::Paid(self.reference.trim().to_owned()), shared),
            Message::Failed => self.post(PayoutOutcome::Failed, shared),
            Message::Posted(answer) => self.posted(answer),
        }
    }

    /// What a scan is for the field for the reference.
    #[must_use]
    pub fn scanned(&self, field: &Id, code: &str) -> Option<Message> {
        (*field == Id::new(REFERENCE)).then(|| Message::Typed(code.to_owned()))
    }

    fn choose(&mut self, index: usize) -> Action<Effect> {
        let before = self.due.current();
        self.due.choose(index);
        if self.due.current() != before {
            self.id = RequestId(Uuid::now_v7());
            self.reference.clear();
            self.wrong = None;
        }
        Action::Run(vec![Effect::Reveal(self.due.line_id()), Effect::Focus])
    }

    fn post(&mut self, outcome: PayoutOutcome, shared: &Shared) -> Action<Effect> {
        let Some(due) = self.due.chosen().filter(|_| !self.is_posting) else { return Action::None };
        let request = Request::RecordPayout(RecordPayout { document: due.document, payout: due.payout, outcome });
        self.is_posting = true;
        Action::Run(vec![Effect::Post(Box::new(shared.envelope(self.id, request)))])
    }

    fn posted(&mut self, answer: Answer<Outcome>) -> Action<Effect> {
        self.is_posting = false;
        match answer {
            Ok(Outcome::Posted(posted)) => {
                self.id = RequestId(Uuid::now_v7());
                self.reference.clear();
                self.wrong = None;
                let number = posted.document.number.to_string();
                let is_paid = posted.document.quote.effects.iter().any(is_paid);
                let (tone, id) = if is_paid { (Tone::Allowed, "due-recorded") } else { (Tone::Ask, "due-refused") };
                Action::All(vec![Action::Run(vec![Effect::Read]), Action::Notice(tone, Saying::new(id).with("number", number))])
            }
            Ok(Outcome::Stopped(quoted) | Outcome::Changed(quoted)) => {
                self.wrong = super::heaviest(&quoted.quote.rulings);
                Action::Run(vec![Effect::Focus])
            }
            Err(error) => Action::Notice(Tone::Refused, error.saying()),
        }
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, _modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        let is_any = !self.due.rows().is_empty();
        match list::press(key) {
            Some(Press::Move(by)) => Some(Message::Move(by)),
            Some(Press::Open) => is_any.then_some(Message::Paid),
            None => (is_any && *key == Key::Named(Named::F4)).then_some(Message::Failed),
        }
    }

    /// Draws it.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        let words = &shared.words;
        let chosen = self.due.chosen();
        let keys = vec![
            (words.plain("key-up-down"), words.plain("key-does-choose")),
            (words.plain("key-enter"), words.plain("key-does-record")),
            (String::from(Act::Refuse.cap()), words.plain("key-does-failed")),
            (words.plain("key-escape"), words.plain("key-does-back")),
        ];
        let body = frame::body_around(move |is_narrow| frame::Around {
            above: column![title(words.plain("due-title")), help(words.plain("due-about"))].spacing(space::XXS).into(),
            list: self.list(is_narrow, shared),
            below: column![].into(),
        });
        Parts { body, side: chosen.map(|due| self.side(due, shared)), over: None, keys }
    }

    /// The list; in a narrow window, what goes is since when, never the document.
    fn list<'a>(&'a self, is_narrow: bool, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let nothing = empty(Icon::CircleCheck, words.plain("due-none"), words.plain("due-none-next"), None);
        if is_narrow {
            let table = Table {
                columns: [left(Length::Fill), left(size::COLUMN), right(size::COLUMN)],
                names: ["column-document", "column-state", "column-amount"],
                nothing,
            };
            let cells = |due: &'a DueView, is_current| Vec::from(cells(due, is_current, shared));
            return self.due.view(shared, table, cells, Message::Choose);
        }
        let table = Table {
            columns: [left(Length::Fill), left(size::COLUMN_WIDE), left(size::COLUMN), right(size::COLUMN)],
            names: ["column-document", "column-since", "column-state", "column-amount"],
            nothing,
        };
        let cells = |due: &'a DueView, is_current| {
            let mut cells = Vec::from(cells(due, is_current, shared));
            cells.insert(1, body(since(due, shared)).into());
            cells
        };
        self.due.view(shared, table, cells, Message::Choose)
    }

    fn side<'a>(&'a self, due: &'a DueView, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let card = super::home::card_tail(due.card.as_ref());
        let wrong = self.wrong.as_ref().map(|saying| words.saying(saying));
        let reference = field(words.plain("due-reference"), &words.plain("due-reference-hint"), &self.reference)
            .id(REFERENCE)
            .on_input(Message::Typed)
            .wrong(wrong);
        let steps: Element<'_, Message> = help(words.say("due-steps", &[("card", Arg::text(card))])).into();
        let is_on = !self.is_posting;
        let done = column![
            money(words.plain("due-to-card"), words.formats().money(due.amount)),
            button::primary(words.plain("button-record"), Some("Enter"), is_on.then_some(Message::Paid)),
            button::danger(words.plain("button-failed"), Some(Act::Refuse.cap()), is_on.then_some(Message::Failed)),
        ]
        .spacing(space::S);
        frame::side(column![Element::from(reference), steps].spacing(space::S), done)
    }
}

fn since(due: &DueView, shared: &Shared) -> String {
    due.at.local().map(|at| shared.words.formats().date_time(at)).unwrap_or_default()
}

fn cells<'a>(due: &'a DueView, is_current: bool, shared: &'a Shared) -> [Element<'a, Message>; 3] {
    let words = &shared.words;
    let card = words.say("due-card", &[("card", Arg::text(super::home::card_tail(due.card.as_ref())))]);
    let state = if due.failed {
        chip(Verdict::Refused, words.plain("payout-failed"))
    } else {
        chip(Verdict::Ask, words.plain("payout-due"))
    };
    [item(due.document.to_string(), card, is_current), state, amount(words.formats().money(due.amount), is_current)]
}
