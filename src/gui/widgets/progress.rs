//! How far something is: a bar, with words when it takes longer than a glance.

use super::{Element, words::help};
use crate::gui::theme::{Look, radius, size, space};
use iced::widget::text::IntoFragment;
use iced::widget::{column, container, row, space as gap};
use iced::{Length, border};

/// A bar filled to `done` of `all`.
pub fn progress<'a, Message: 'a>(done: u64, all: u64) -> Element<'a, Message> {
    let thousandths = |part: u64| u16::try_from(part.saturating_mul(1000) / all.max(1)).unwrap_or(1000).min(1000);
    let filled = thousandths(done.min(all));
    let bar = |portion: u16| gap().width(Length::FillPortion(portion)).height(size::PROGRESS);
    let full = container(bar(1)).width(Length::FillPortion(filled.max(1))).style(|look: &Look| container::Style {
        background: Some(Look::palette(*look).accent.into()),
        border: border::rounded(radius::PILL),
        ..container::Style::default()
    });
    let content = row![].push((filled > 0).then_some(full)).push((filled < 1000).then(|| bar(1000 - filled)));
    container(content)
        .width(Length::Fill)
        .height(size::PROGRESS)
        .style(|look: &Look| {
            let palette = Look::palette(*look);
            container::Style {
                background: Some(palette.background.into()),
                border: border::rounded(radius::PILL).color(palette.line).width(size::HAIRLINE),
                ..container::Style::default()
            }
        })
        .into()
}

/// A bar and what it is about.
pub fn progress_with<'a, Message: 'a>(done: u64, all: u64, words: impl IntoFragment<'a>) -> Element<'a, Message> {
    column![progress(done, all), help(words)].spacing(space::XS).into()
}
