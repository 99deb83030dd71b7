//! A field to fill in: its name above, what is wrong below. The line below keeps its place, so nothing jumps.

use super::{
    Element,
    words::{Toned, help, label},
};
use crate::gui::theme::{Look, Tone, letters, scale, size, space};
use iced::Length;
use iced::advanced::widget::Id;
use iced::widget::text::IntoFragment;
use iced::widget::{column, text_input};

/// See the module.
pub struct Field<'a, Message> {
    name: String,
    input: text_input::TextInput<'a, Message, Look>,
    wrong: Option<String>,
    note: Option<String>,
    width: Length,
}

/// A field named `name` that holds `value`; off without [`Field::on_input`].
pub fn field<'a, Message: Clone + 'a>(name: impl IntoFragment<'a>, hint: &str, value: &str) -> Field<'a, Message> {
    let input = text_input(hint, value)
        .font(letters::REGULAR)
        .size(scale::BODY)
        .line_height(iced::widget::text::LineHeight::Absolute((size::FIELD - 2.0 * space::S).into()))
        .padding([space::S, space::S + 1.0]);
    Field { name: name.into_fragment().into_owned(), input, wrong: None, note: None, width: Length::Fill }
}

impl<'a, Message: Clone + 'a> Field<'a, Message> {
    /// Names it, to focus it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.input = self.input.id(id);
        self
    }

    /// Publishes what it holds after each key.
    #[must_use]
    pub fn on_input(mut self, on_input: impl Fn(String) -> Message + 'a) -> Self {
        self.input = self.input.on_input(on_input);
        self
    }

    /// Publishes `message` on Enter; without it, Enter goes on to the screen.
    #[must_use]
    pub fn on_submit(mut self, message: Message) -> Self {
        self.input = self.input.on_submit(message);
        self
    }

    /// Says what is wrong with what it holds, and how to mend it.
    #[must_use]
    pub fn wrong(mut self, wrong: Option<String>) -> Self {
        self.wrong = wrong;
        self
    }

    /// Helps, while nothing is wrong.
    #[must_use]
    pub fn note(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }

    /// Shows dots instead of letters.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.input = self.input.secure(true);
        self
    }

    /// Sets its width.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// For amounts and quantities: the digits stand at the right.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.input = self.input.align_x(iced::Alignment::End);
        self
    }
}

impl<'a, Message: Clone + 'a> From<Field<'a, Message>> for Element<'a, Message> {
    fn from(field: Field<'a, Message>) -> Self {
        let is_wrong = field.wrong.is_some();
        let below = match (field.wrong, field.note) {
            (Some(wrong), _) => help(format!("×\u{a0}{wrong}")).tone(Tone::Refused),
            (None, note) => help(note.unwrap_or_else(|| String::from("\u{a0}"))),
        };
        let input = field.input.style(move |look, status| crate::gui::theme::field_style(look, status, is_wrong));
        let name = (!field.name.is_empty()).then(|| label(field.name).tone(Tone::Muted));
        column![].push(name).push(input).push(below).spacing(space::XXS + 2.0).width(field.width).into()
    }
}
