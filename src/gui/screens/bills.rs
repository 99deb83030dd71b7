//! Bills: the newest first, or those of a number, an item, a day or an amount.

use crate::desk::{Answer, BillRow, Left, Worker};
use crate::gui::late::Late;
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::theme::{Tone, size};
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::rows::{self, Mark, amount, item, left, right};
use crate::gui::widgets::words::{Toned, body, title};
use crate::gui::widgets::{Element, card, empty::empty, field::field, frame};
use crate::text::Arg;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::column;
use iced::{Length, Task};

/// The screen.
#[derive(Debug, Default)]
pub struct Bills {
    text: String,
    ticket: u64,
    bills: Late<Vec<BillRow>>,
    current: usize,
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
    Reveal(usize),
}

impl Effect {
    /// Asks the desk, or scrolls.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Find { ticket, text } => {
                Task::perform(worker.ask(move |desk| desk.bills(&text)), move |answer| Message::Found(ticket, answer))
            }
            Self::Reveal(index) => crate::gui::widgets::focus::reveal(line_id(index)),
        }
    }
}

fn line_id(index: usize) -> String {
    format!("bill {index}")
}

impl Bills {
    /// Opens the screen.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        (Self::default(), Action::Run(vec![Effect::Find { ticket: 0, text: String::new() }]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, _shared: &Shared) -> Action<Effect> {
        match message {
            Message::Typed(text) => {
                self.text = text;
                self.ticket += 1;
                self.current = 0;
                Action::Run(vec![Effect::Find { ticket: self.ticket, text: self.text.clone() }])
            }
            Message::Found(ticket, answer) => {
                if ticket == self.ticket {
                    self.bills = answer.into();
                }
                Action::None
            }
            Message::Move(by) => {
                let last = self.rows().len().saturating_sub(1);
                self.current = self.current.saturating_add_signed(by).min(last);
                Action::Run(vec![Effect::Reveal(self.current)])
            }
            Message::Submit => self.go(self.current),
            Message::Open(index) => self.go(index),
        }
    }

    fn rows(&self) -> &[BillRow] {
        self.bills.get().map_or(&[], Vec::as_slice)
    }

    fn go(&self, index: usize) -> Action<Effect> {
        self.rows().get(index).map_or(Action::None, |bill| Action::Go(Place::Bill(bill.id)))
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, _modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        match key.as_ref() {
            Key::Named(Named::ArrowDown) => Some(Message::Move(1)),
            Key::Named(Named::ArrowUp) => Some(Message::Move(-1)),
            Key::Named(Named::PageDown) => Some(Message::Move(10)),
            Key::Named(Named::PageUp) => Some(Message::Move(-10)),
            Key::Named(Named::Enter) => Some(Message::Submit),
            _ => None,
        }
    }

    /// Draws it.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        let words = &shared.words;
        let search = field(words.plain("bills-search"), &words.plain("bills-search-hint"), &self.text)
            .id("bills search")
            .on_input(Message::Typed);
        let list = self.bills.show(shared, |bills| self.list(bills, shared));
        let body = frame::body([title(words.plain("rail-bills")).into(), search.into(), list]);
        let keys = vec![
            (words.plain("key-up-down"), words.plain("key-does-choose")),
            (words.plain("key-enter"), words.plain("key-does-open")),
            (words.plain("key-escape"), words.plain("key-does-back")),
        ];
        Parts { body, side: None, over: None, keys }
    }

    fn list<'a>(&'a self, bills: &'a [BillRow], shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        if bills.is_empty() {
            let (what, next) = if self.text.trim().is_empty() {
                (words.plain("bills-none"), words.plain("bills-none-next"))
            } else {
                (words.say("bills-not-found", &[("text", Arg::text(&self.text))]), words.plain("bills-not-found-next"))
            };
            return card::card(empty(Icon::ReceiptText, what, next, None));
        }
        let columns = [left(Length::Fill), left(size::COLUMN), left(size::COLUMN), left(size::COLUMN_WIDE), right(size::COLUMN)];
        let names = ["column-bill", "column-date", "column-till", "column-left", "column-charged"].map(|name| words.plain(name));
        let lines = bills.iter().enumerate().map(|(index, bill)| {
            let is_current = index == self.current;
            let mark = Mark { is_current, is_ticked: is_current, is_last: index + 1 == bills.len() };
            let note = words.say("bill-lines", &[("lines", Arg::Count(bill.lines))]);
            let state = match bill.left {
                Left::All => body("–").tone(Tone::Muted).into(),
                Left::Part => chip(Verdict::Ask, words.plain("bill-left-part")),
                Left::Nothing => chip(Verdict::Quiet, words.plain("bill-left-nothing")),
            };
            let cells = vec![
                item(bill.number.as_str(), note, is_current),
                body(words.formats().date(bill.business_date)).into(),
                body(bill.till.as_str()).tone(Tone::Muted).into(),
                state,
                amount(words.formats().money(bill.gross), is_current),
            ];
            rows::line(line_id(index), &columns, cells, mark, Some(Message::Open(index)))
        });
        card::bare_card(column![rows::head(&columns, names.to_vec())].extend(lines))
    }
}
