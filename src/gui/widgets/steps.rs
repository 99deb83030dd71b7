//! Where in a form of several steps one is.

use super::{
    Element,
    words::{Toned, help},
};
use crate::gui::theme::{Tone, letters, space};
use iced::Alignment;
use iced::widget::row;

/// Numbered names; those before `current` (from 0) are done, that one is strong.
pub fn steps<'a, Message: 'a>(names: impl IntoIterator<Item = String>, current: usize) -> Element<'a, Message> {
    let mut line = row![].spacing(space::XS).align_y(Alignment::Center);
    for (index, name) in names.into_iter().enumerate() {
        if index > 0 {
            line = line.push(help("·"));
        }
        let sign = if index < current { String::from("✓") } else { (index + 1).to_string() };
        let words = help(format!("{sign}\u{a0}{name}"));
        line = line.push(if index == current { words.font(letters::SEMIBOLD).tone(Tone::Plain) } else { words });
    }
    line.into()
}
