//! What a renewal changes: the last day before, and after.

use super::words::{Toned, help, label, large_figure};
use super::{
    Element,
    card::card,
    icon::{Icon, icon},
};
use crate::gui::theme::{Tone, size, space};
use iced::widget::text::Wrapping;
use iced::widget::{column, container, row};
use iced::{Alignment, Length};

/// One side of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// What this day is.
    pub name: String,
    /// The day, in the shop's form.
    pub day: String,
    /// Why it is this day.
    pub note: String,
}

/// Before and after, side by side with an arrow.
pub fn before_after<'a, Message: 'a>(before: Day, after: Day) -> Element<'a, Message> {
    let side = |day: Day, tone: Tone| {
        column![label(day.name).tone(Tone::Muted), large_figure(day.day).wrapping(Wrapping::Word).tone(tone), help(day.note)]
            .spacing(space::XXS)
    };
    let arrow = icon(Icon::ArrowRight, size::TICK).tone(Tone::Muted);
    card(
        row![
            container(side(before, Tone::Muted)).width(Length::FillPortion(1)),
            arrow,
            container(side(after, Tone::Plain)).width(Length::FillPortion(1)),
        ]
        .spacing(space::XL)
        .align_y(Alignment::Center),
    )
}
