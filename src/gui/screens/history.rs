//! The history: what was posted, newest first. A line opens the document with its receipt.

use crate::desk::{Answer, Desk, DocumentRow, Worker};
use crate::gui::list::{self, List, Press, Table};
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::words::title;
use crate::gui::widgets::{Element, empty::empty, focus, frame};
use iced::Task;
use iced::keyboard::{Key, Modifiers};

/// The screen.
#[derive(Debug)]
pub struct History {
    documents: List<DocumentRow>,
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
    Reveal(String),
}

impl Effect {
    /// Asks the desk, or scrolls.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read => Task::perform(worker.ask(Desk::history), Message::Read),
            Self::Reveal(line) => focus::reveal(line),
        }
    }
}

impl History {
    /// Opens the screen.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        (Self { documents: List::new("document") }, Action::Run(vec![Effect::Read]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, _shared: &Shared) -> Action<Effect> {
        match message {
            Message::Read(answer) => {
                self.documents.came(answer);
                Action::None
            }
            Message::Move(by) => {
                self.documents.step(by);
                Action::Run(vec![Effect::Reveal(self.documents.line_id())])
            }
            Message::Open(index) => {
                self.documents.choose(index);
                self.open_chosen()
            }
            Message::Submit => self.open_chosen(),
        }
    }

    fn open_chosen(&self) -> Action<Effect> {
        self.documents.chosen().map_or(Action::None, |document| Action::Go(Place::Document(document.number)))
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
        let list = self.list(shared);
        let body = frame::body([title(words.plain("rail-history")).into(), list]);
        let keys = vec![
            (words.plain("key-up-down"), words.plain("key-does-choose")),
            (words.plain("key-enter"), words.plain("key-does-open")),
            (words.plain("key-escape"), words.plain("key-does-back")),
        ];
        Parts { body, side: None, over: None, keys }
    }

    fn list<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let table = Table {
            columns: super::home::document_columns(),
            names: ["column-number", "column-job", "column-when", "column-amount"],
            nothing: empty(Icon::History, words.plain("history-none"), words.plain("history-none-next"), None),
        };
        self.documents.view(shared, table, |document, _| super::home::document_cells(document, shared), Message::Open)
    }
}
