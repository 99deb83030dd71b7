//! A draft's way through the screen that holds it, the same on every job screen: what it asks of the window, its keys, its side and its
//! paper. A screen says what is asked, and what it reads anew once that is booked.

use iced::keyboard::{Key, Modifiers};

use super::{Button, Draft, Effect, Message, Stage, Then, side};
use crate::gui::shared::{Action, Place, Shared};
use crate::gui::widgets::Element;
use crate::text::Words;

impl Then {
    /// What the screen asks of the window; `wrap` makes the draft's work its own.
    pub fn act<E>(self, wrap: impl FnOnce(Effect) -> E) -> Action<E> {
        self.act_or(wrap, || Action::None)
    }

    /// The same; `posted` is what the screen does once a document is there and what it shows is old.
    pub fn act_or<E>(self, wrap: impl FnOnce(Effect) -> E, posted: impl FnOnce() -> Action<E>) -> Action<E> {
        match self {
            Self::Nothing => Action::None,
            Self::Run(effect) => Action::Run(vec![wrap(effect)]),
            Self::Say(tone, saying) => Action::Notice(tone, saying),
            Self::Leave => Action::Go(Place::Home),
            Self::Posted(_) => posted(),
        }
    }
}

impl Draft {
    /// What a key does: all go to the card while a second person is asked, P prints what is booked, the others are the screen's.
    pub fn key<M>(&self, key: &Key, modifiers: Modifiers, wrap: fn(Message) -> M, own: impl FnOnce() -> Option<M>) -> Option<M> {
        if let Some(approval) = self.approving() {
            return approval.key(key, modifiers).map(Message::Approval).map(wrap);
        }
        let is_print = matches!(key.as_ref(), Key::Character("p" | "P")) && !modifiers.command() && !modifiers.alt();
        if is_print && self.done().is_some() { Some(wrap(Message::Print)) } else { own() }
    }

    /// The key of its own that works now, with what it does.
    #[must_use]
    pub fn own_key(&self, words: &Words) -> Option<(String, String)> {
        self.done().map(|_| (String::from("P"), words.plain("key-does-print")))
    }

    /// The side of its screen with the usual two buttons; `idle` is what the large one says while nothing is asked.
    pub fn side<'a, M: Clone + 'a>(&'a self, shared: &'a Shared, idle: Option<String>, [enter, aside]: [M; 2]) -> Element<'a, M> {
        let words = &shared.words;
        let (word, is_on) = self.primary(words, idle);
        let primary = Button::new(word, is_on.then_some(enter));
        let is_idle = self.stage == Stage::Empty || self.done().is_some();
        let back = if is_idle { words.plain("button-back") } else { words.plain("button-put-aside") };
        side(self, shared, primary, Button::new(back, (!self.is_busy()).then_some(aside)))
    }
}
