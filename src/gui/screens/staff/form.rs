//! The form of a person: name, role, language, PIN.

use super::{Message, NAME};
use crate::desk::Pin;
use crate::domain::ids::RequestId;
use crate::domain::say::Saying;
use crate::domain::staff::{Role, Staff};
use crate::gui::shared::Shared;
use crate::gui::theme::space;
use crate::gui::widgets::options::choice_line;
use crate::gui::widgets::words::{caption, title};
use crate::gui::widgets::{Element, button, field::field, frame};
use crate::text::Language;
use iced::Length;
use iced::widget::{column, row};

/// A person being added or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) id: RequestId,
    pub(super) person: Staff,
    pub(super) is_new: bool,
    pub(super) pin: String,
    pub(super) again: String,
    pub(super) card: String,
    pub(super) wrong: Option<(Field, Saying)>,
    pub(super) is_posting: bool,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// The PIN.
    Pin,
    /// The PIN again.
    Again,
    /// The card of the member that the person is as well.
    Card,
}

impl Form {
    pub(super) fn check(&self) -> Option<(Field, Saying)> {
        if self.person.name.trim().is_empty() {
            return Some((Field::Name, Saying::new("fault-missing")));
        }
        if (self.is_new || !self.pin.is_empty())
            && let Err(error) = Pin::new(self.pin.as_str()).check()
        {
            return Some((Field::Pin, error.saying()));
        }
        (self.pin != self.again).then(|| (Field::Again, Saying::new("fault-pins-differ")))
    }

    pub(super) fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let wrong = |field: Field| self.wrong.as_ref().filter(|(of, _)| *of == field).map(|(_, saying)| words.saying(saying));
        let name = field(words.plain("staff-name"), "", &self.person.name)
            .id(NAME)
            .on_input(|text| Message::Typed(Field::Name, text))
            .wrong(wrong(Field::Name));
        let pin = field(words.plain("field-pin"), "", &self.pin)
            .secret()
            .on_input(|text| Message::Typed(Field::Pin, text))
            .wrong(wrong(Field::Pin))
            .note((!self.is_new).then(|| words.plain("staff-pin-stays")));
        let again = field(words.plain("staff-pin-again"), "", &self.again)
            .secret()
            .on_input(|text| Message::Typed(Field::Again, text))
            .wrong(wrong(Field::Again));
        let note = if self.person.member.is_some() { "staff-card-stays" } else { "staff-card-why" };
        let card = field(words.plain("staff-card"), "", &self.card)
            .on_input(|text| Message::Typed(Field::Card, text))
            .note(Some(words.plain(note)));
        let card = (shared.clerk.role >= Role::Administrator).then(|| Element::from(card));
        let mut roles: Vec<Element<'a, Message>> = Role::ALL
            .into_iter()
            .filter(|role| *role <= shared.clerk.role)
            .map(|role| choice_line(words.named(&role), None, self.person.role == role, Some(Message::Role(role))).into())
            .collect();
        let high = roles.split_off(roles.len() / 2);
        let half = |roles| column(roles).spacing(space::XS).width(Length::FillPortion(1));
        let roles = row![half(roles), half(high)].spacing(space::XS);
        let language = Language::or_english(&self.person.language);
        let languages = Language::ALL
            .iter()
            .map(|one| choice_line(one.own_name(), None, language == *one, Some(Message::Speaks(*one))).into());
        let active = row![
            choice_line(words.plain("staff-works-here"), None, self.person.active, Some(Message::Active(true))),
            choice_line(words.plain("staff-left"), None, !self.person.active, Some(Message::Active(false))),
        ]
        .spacing(space::XS);
        let shown = column![
            title(if self.is_new { words.plain("staff-new") } else { self.person.name.clone() }),
            Element::from(name),
            caption(words.plain("column-role")),
            roles,
            caption(words.plain("column-language")),
            row(languages).spacing(space::XS),
            row![Element::from(pin), Element::from(again)].spacing(space::XS),
        ]
        .push(card)
        .push((!self.is_new).then_some(active))
        .spacing(space::XS);
        let done = column![
            button::primary(words.plain("button-save"), Some("Enter"), (!self.is_posting).then_some(Message::Save)),
            button::secondary(words.plain("button-put-aside"), Some("Esc"), Some(Message::Close)),
        ]
        .spacing(space::S);
        frame::side(shown, done)
    }
}

pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(12).collect()
}
