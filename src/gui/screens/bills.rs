//! Bills: the newest first, or those of a number, an item, a day or an amount.

use crate::desk::{Answer, BillRow, Left, Worker};
use crate::gui::list::{self, List, Press, Table};
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::theme::{Tone, size};
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::rows::{amount, item, left, right};
use crate::gui::widgets::words::{Toned, body, title};
use crate::gui::widgets::{Element, empty::empty, field::field, focus, frame};
use crate::text::Arg;
use iced::keyboard::{Key, Modifiers};
use iced::{Length, Task};

/// The screen.
#[derive(Debug)]
pub struct Bills {
    text: String,
    ticket: u64,
    bills: List<BillRow>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The field changed.
    Typed(String),
    /// The desk found these.
    Found(u64, Answer<Vec<BillRow>>),
    /// Up or down the list.
    Move(isize),
    /// Opens the bill that is chosen.
    Submit,
    /// Opens this bill.
    Open(usize),
}

/// Outside work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Finds bills.
    Find {
        /// Which question this is.
        ticket: u64,
        /// What to find; nothing: the newest.
        text: String,
    },
    /// Brings a line of the list into view.
    Reveal(String),
}

impl Effect {
    /// Asks the desk, or scrolls.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Find { ticket, text } => {
                Task::perform(worker.ask(move |desk| desk.bills(&text)), move |answer| Message::Found(ticket, answer))
            }
            Self::Reveal(line) => focus::reveal(line),
        }
    }
}

impl Bills {
    /// Opens the screen.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        let screen = Self { text: String::new(), ticket: 0, bills: List::new("bill") };
        (screen, Action::Run(vec![Effect::Find { ticket: 0, text: String::new() }]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, _shared: &Shared) -> Action<Effect> {
        match message {
            Message::Typed(text) => {
                self.text = text;
                self.ticket += 1;
                self.bills.choose(0);
                Action::Run(vec![Effect::Find { ticket: self.ticket, text: self.text.clone() }])
            }
            Message::Found(ticket, answer) => {
                if ticket == self.ticket {
                    self.bills.came(answer);
                }
                Action::None
            }
            Message::Move(by) => {
                self.bills.step(by);
                Action::Run(vec![Effect::Reveal(self.bills.line_id())])
            }
            Message::Open(index) => {
                self.bills.choose(index);
                self.open_chosen()
            }
            Message::Submit => self.open_chosen(),
        }
    }

    fn open_chosen(&self) -> Action<Effect> {
        self.bills.chosen().map_or(Action::None, |bill| Action::Go(Place::Bill(bill.id)))
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, _modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        list::press(key).map(|press| match press {
            Press::Move(by) => Message::Move(by),
            Press::Open => Message::Submit,
        })
    }

    /// Draws it.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        let words = &shared.words;
        let search = field(words.plain("bills-search"), &words.plain("bills-search-hint"), &self.text)
            .id("bills search")
            .on_input(Message::Typed);
        let list = self.list(shared);
        let body = frame::body([title(words.plain("rail-bills")).into(), search.into(), list]);
        let keys = vec![
            (words.plain("key-up-down"), words.plain("key-does-choose")),
            (words.plain("key-enter"), words.plain("key-does-open")),
            (words.plain("key-escape"), words.plain("key-does-back")),
        ];
        Parts { body, side: None, over: None, keys }
    }

    fn list<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let (what, next) = if self.text.trim().is_empty() {
            (words.plain("bills-none"), words.plain("bills-none-next"))
        } else {
            (words.say("bills-not-found", &[("text", Arg::text(&self.text))]), words.plain("bills-not-found-next"))
        };
        let table = Table {
            columns: [left(Length::Fill), left(size::COLUMN), left(size::COLUMN), left(size::COLUMN_WIDE), right(size::COLUMN)],
            names: ["column-bill", "column-date", "column-till", "column-left", "column-charged"],
            nothing: empty(Icon::ReceiptText, what, next, None),
        };
        self.bills.view(shared, table, |bill, is_current| cells(bill, is_current, shared), Message::Open)
    }
}

fn cells<'a>(bill: &'a BillRow, is_current: bool, shared: &'a Shared) -> Vec<Element<'a, Message>> {
    let words = &shared.words;
    let note = words.say("bill-lines", &[("lines", Arg::Count(bill.lines))]);
    let state = match bill.left {
        Left::All => body("–").tone(Tone::Muted).into(),
        Left::Part => chip(Verdict::Ask, words.plain("bill-left-part")),
        Left::Nothing => chip(Verdict::Quiet, words.plain("bill-left-nothing")),
    };
    vec![
        item(bill.number.as_str(), note, is_current),
        body(words.formats().date(bill.business_date)).into(),
        body(bill.till.as_str()).tone(Tone::Muted).into(),
        state,
        amount(words.formats().money(bill.gross), is_current),
    ]
}
