//! A clerk's note on what is done: a field that opens by its key, and the salt that is made for it once.

use iced::Task;
use uuid::Uuid;

use super::widgets::{Element, field::field};
use crate::domain::note::{Note, Salt};
use crate::text::Words;

/// The name of the field.
pub const FIELD: &str = "note";
/// The key that goes there.
pub const KEY: &str = "N";

/// See the module.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct NoteField {
    text: String,
    salt: Option<Salt>,
    is_open: bool,
}

/// What a clerk writes about somebody never reaches a log by accident.
impl std::fmt::Debug for NoteField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NoteField").field("is_open", &self.is_open).finish_non_exhaustive()
    }
}

/// What happens to it.
#[derive(Clone)]
pub enum Message {
    /// Goes there.
    Open,
    /// Its words changed.
    Typed(String),
    /// The salt was made.
    Salted(Salt),
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Open => "Open",
            Self::Typed(_) => "Typed(***)",
            Self::Salted(_) => "Salted(***)",
        })
    }
}

/// Its outside work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Makes the salt.
    Salt,
    /// Puts the focus there.
    Focus,
}

impl Effect {
    /// Does it.
    pub fn perform(self) -> Task<Message> {
        match self {
            Self::Salt => Salt::of(Uuid::new_v4()).map_or_else(Task::none, |salt| Task::done(Message::Salted(salt))),
            Self::Focus => iced::widget::operation::focus(FIELD),
        }
    }
}

impl NoteField {
    /// Applies a message.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Open => {
                self.is_open = true;
                let salt = self.salt.is_none().then_some(Effect::Salt);
                salt.into_iter().chain([Effect::Focus]).collect()
            }
            Message::Typed(text) => {
                self.is_open = true;
                self.text = text;
                self.salt.is_none().then_some(Effect::Salt).into_iter().collect()
            }
            Message::Salted(salt) => {
                self.salt.get_or_insert(salt);
                Vec::new()
            }
        }
    }

    /// The note as a request carries it; none while there are no words, or no salt yet.
    #[must_use]
    pub fn note(&self) -> Option<Note> {
        let text = self.text.trim().to_owned();
        self.salt.filter(|_| !text.is_empty()).map(|salt| Note { text, salt })
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The field, once somebody went there.
    pub fn view<'a>(&'a self, words: &Words) -> Option<Element<'a, Message>> {
        let input = field(words.plain("field-note"), &words.plain("field-note-hint"), &self.text);
        let input = input.id(FIELD).on_input(Message::Typed).note(Some(words.plain("field-note-about")));
        self.is_open.then(|| input.into())
    }

    /// Its key, with what it does.
    #[must_use]
    pub fn own_key(&self, words: &Words) -> (String, String) {
        (String::from(KEY), words.plain("key-does-note"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_has_one_salt_and_no_words_are_no_note() {
        let salt = |of: u128| Salt::of(uuid::Builder::from_random_bytes(of.to_be_bytes()).into_uuid()).unwrap();
        let mut field = NoteField::default();
        assert_eq!(field.update(Message::Open), [Effect::Salt, Effect::Focus]);
        assert_eq!(field.update(Message::Salted(salt(1))), []);
        assert_eq!(field.note(), None);
        assert_eq!(field.update(Message::Typed(" the box was open ".into())), []);
        assert_eq!(field.update(Message::Salted(salt(2))), []);
        let note = field.note().unwrap();
        assert_eq!((note.text.as_str(), note.salt == salt(1)), ("the box was open", true));
        assert_eq!(field.update(Message::Typed("  ".into())), []);
        assert_eq!((field.note(), field.is_empty()), (None, true));
        assert_eq!(format!("{field:?}"), "NoteField { is_open: true, .. }");
    }

    #[test]
    fn words_without_a_salt_ask_for_one() {
        let mut field = NoteField::default();
        assert_eq!(field.update(Message::Typed("late".into())), [Effect::Salt]);
        assert_eq!(field.note(), None);
    }
}
