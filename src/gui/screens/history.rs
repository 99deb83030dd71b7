//! The history: what was posted, newest first. A line opens the document with its receipt.

use crate::desk::{Answer, Desk, DocumentRow, Worker};
use crate::gui::late::Late;
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::theme::size;
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::rows::{self, Mark, left, right};
use crate::gui::widgets::words::title;
use crate::gui::widgets::{Element, card, empty::empty, frame};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::column;
use iced::{Length, Task};

/// The screen.
#[derive(Debug, Default)]
pub struct History {
    documents: Late<Vec<DocumentRow>>,
    current: usize,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The list was read.
    Read(Answer<Vec<DocumentRow>>),
    /// Up or down the list.
    Move(isize),
    /// Opens the document that is chosen.
    Submit,
    /// Opens this document.
    Open(usize),
}

/// Outside work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Reads the list.
    Read,
    /// Brings a line into view.
    Reveal(usize),
}

impl Effect {
    /// Asks the desk, or scrolls.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read => Task::perform(worker.ask(Desk::history), Message::Read),
            Self::Reveal(index) => crate::gui::widgets::focus::reveal(format!("document {index}")),
        }
    }
}

impl History {
    /// Opens the screen.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        (Self::default(), Action::Run(vec![Effect::Read]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, _shared: &Shared) -> Action<Effect> {
        match message {
            Message::Read(answer) => {
                self.documents = answer.into();
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

    fn rows(&self) -> &[DocumentRow] {
        self.documents.get().map_or(&[], Vec::as_slice)
    }

    fn go(&self, index: usize) -> Action<Effect> {
        self.rows().get(index).map_or(Action::None, |document| Action::Go(Place::Document(document.number)))
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
        let list = self.documents.show(shared, |documents| self.list(documents, shared));
        let body = frame::body([title(words.plain("rail-history")).into(), list]);
        let keys = vec![
            (words.plain("key-up-down"), words.plain("key-does-choose")),
            (words.plain("key-enter"), words.plain("key-does-open")),
            (words.plain("key-escape"), words.plain("key-does-back")),
        ];
        Parts { body, side: None, over: None, keys }
    }

    fn list<'a>(&'a self, documents: &'a [DocumentRow], shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        if documents.is_empty() {
            let nothing = empty(Icon::History, words.plain("history-none"), words.plain("history-none-next"), None);
            return card::card(nothing);
        }
        let columns = [left(size::COLUMN), left(Length::Fill), left(size::COLUMN_WIDE), right(size::COLUMN)];
        let names = ["column-number", "column-job", "column-when", "column-amount"].map(|name| words.plain(name));
        let lines = documents.iter().enumerate().map(|(index, document)| {
            let is_current = index == self.current;
            let mark = Mark { is_current, is_ticked: is_current, is_last: index + 1 == documents.len() };
            super::home::document_line(index, document, mark, shared, Message::Open(index))
        });
        card::bare_card(column![rows::head(&columns, names.to_vec())].extend(lines))
    }
}
