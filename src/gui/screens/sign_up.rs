//! A person becomes a member.

use iced::Task;
use iced::keyboard::{Key, Modifiers};

use crate::desk::Worker;

use crate::gui::shared::{Action, Parts, Shared};
use crate::gui::widgets::frame;

/// The screen.
#[derive(Debug)]
pub struct SignUp {}

/// What happens on it.
#[derive(Debug, Clone)]
pub enum Message {
    /// Goes back.
    Aside,
}

/// Its outside work.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {}

impl Effect {
    /// Does it.
    pub fn perform(self, _worker: &Worker) -> Task<Message> {
        match self {}
    }
}

impl SignUp {
    /// Opens the screen.
    pub fn open() -> (Self, Action<Effect>) {
        (Self {}, Action::None)
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, _shared: &Shared) -> Action<Effect> {
        match message {
            Message::Aside => Action::Go(crate::gui::shared::Place::Home),
        }
    }

    /// What a key does that no field took.
    pub fn key(&self, key: &Key, _modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        (crate::gui::keys::act(key) == Some(crate::gui::keys::Act::Aside)).then_some(Message::Aside)
    }

    /// Draws it.
    pub fn view<'a>(&'a self, _shared: &'a Shared) -> Parts<'a, Message> {
        Parts { body: frame::body([]), side: None, over: None, keys: Vec::new() }
    }
}
