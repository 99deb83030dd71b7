//! Lists: lines of equal height under column names, money at the right of its column.
//!
//! The line where the keyboard is has a frame; ticked lines have the soft accent behind them.

use super::pressable::{Pressable, Ring, Status, Style, pressable};
use super::words::{Words, body, caption, help, strong};
use super::{Element, button::mix, card::hairline};
use crate::gui::theme::{Look, radius, size, space};
use iced::advanced::widget::Id;
use iced::widget::text::{IntoFragment, Wrapping};
use iced::widget::{column, container, row};
use iced::{Alignment, Border, Color, Length};

/// A column: how wide, and on which side its cells stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    width: Length,
    side: Alignment,
}

/// A column of words.
pub fn left(width: impl Into<Length>) -> Column {
    Column { width: width.into(), side: Alignment::Start }
}

/// A column of money or counts.
pub fn right(width: impl Into<Length>) -> Column {
    Column { width: width.into(), side: Alignment::End }
}

/// How a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// The keyboard is here.
    pub is_current: bool,
    /// It takes part in what will be done.
    pub is_ticked: bool,
    /// Nothing follows below: its corners are those of the card.
    pub is_last: bool,
}

/// The line of column names.
pub fn head<'a, Message: 'a>(columns: &[Column], names: Vec<String>) -> Element<'a, Message> {
    let names = names.into_iter().map(|name| caption(name).wrapping(Wrapping::None).into()).collect();
    cells(columns, names, size::ROW_HEAD).into()
}

/// A line named `id`, with a hairline above it. Pressing it publishes `on_press`; [`reveal`](super::focus::reveal) brings it into view.
pub fn line<'a, Message: Clone + 'a>(
    id: impl Into<Id>,
    columns: &[Column],
    contents: Vec<Element<'a, Message>>,
    mark: Mark,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let pressed: Pressable<'a, Message> = pressable(cells(columns, contents, size::ROW), on_press)
        .id(id)
        .ring(Ring::Inside)
        .style(move |look, status| style(look, status, mark));
    column![hairline(), pressed].into()
}

fn cells<'a, Message: 'a>(
    columns: &[Column],
    contents: Vec<Element<'a, Message>>,
    height_px: f32,
) -> iced::widget::Container<'a, Message, Look> {
    let cells = columns
        .iter()
        .zip(contents)
        .map(|(column, content)| container(content).width(column.width).align_x(column.side).clip(true).into());
    container(row(cells).spacing(space::M).align_y(Alignment::Center))
        .width(Length::Fill)
        .center_y(height_px)
        .align_x(Alignment::Start)
        .padding([0.0, space::M])
}

fn style(look: &Look, status: Status, mark: Mark) -> Style {
    let palette = Look::palette(*look);
    let ground = if mark.is_ticked { palette.accent_soft } else { palette.surface };
    let background = match status {
        Status::Hovered => mix(ground, palette.text, 0.03),
        Status::Held => mix(ground, palette.text, 0.07),
        Status::Idle | Status::Off => ground,
    };
    let below = if mark.is_last { radius::CARD - size::HAIRLINE } else { 0.0 };
    let corners = iced::border::Radius { bottom_left: below, bottom_right: below, ..0.0.into() };
    let border = if mark.is_current {
        Border { color: palette.frame, width: look.frame_px(), radius: corners }
    } else {
        Border { color: Color::TRANSPARENT, width: 0.0, radius: corners }
    };
    Style { background, border, text_color: palette.text }
}

/// A cell of two lines: what it is, and a note below.
pub fn item<'a, Message: 'a>(name: impl IntoFragment<'a>, note: impl IntoFragment<'a>, is_strong: bool) -> Element<'a, Message> {
    let name: Words<'a> = if is_strong { strong(name) } else { body(name) };
    column![name.wrapping(Wrapping::None).line_height(1.2), help(note).wrapping(Wrapping::None).line_height(1.2)].into()
}

/// A cell of one line: a figure, strong when it takes part.
pub fn amount<'a, Message: 'a>(figure: impl IntoFragment<'a>, is_strong: bool) -> Element<'a, Message> {
    let figure: Words<'a> = if is_strong { strong(figure) } else { body(figure) };
    figure.wrapping(Wrapping::None).into()
}

/// A pair in a card of facts: its name at the left, the fact at the right, with a hairline above unless it is the first.
pub fn fact<'a, Message: 'a>(name: impl IntoFragment<'a>, fact: Words<'a>, is_first: bool) -> Element<'a, Message> {
    use super::words::Toned;
    let pair = row![body(name).tone(crate::gui::theme::Tone::Muted), container(fact).align_right(Length::Fill),]
        .spacing(space::M)
        .align_y(Alignment::Center);
    let pair = container(pair).center_y(size::FIELD).padding([0.0, space::M]);
    column![].push((!is_first).then(hairline)).push(pair).into()
}
