//! The money the screen is about, large, with what it is at its left.

use super::{
    Element,
    words::{Toned, body, money_figure},
};
use crate::gui::theme::Tone;
use iced::widget::text::IntoFragment;
use iced::widget::{container, row};
use iced::{Alignment, Length};

/// `name` at the left, `figure` at the right.
pub fn money<'a, Message: 'a>(name: impl IntoFragment<'a>, figure: impl IntoFragment<'a>) -> Element<'a, Message> {
    row![body(name).tone(Tone::Muted), container(money_figure(figure)).align_right(Length::Fill)].align_y(Alignment::End).into()
}
