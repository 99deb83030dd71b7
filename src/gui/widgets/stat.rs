//! A tile with one figure.

use super::{
    Element,
    words::{help, large_figure},
};
use crate::gui::theme::{space, surface};
use iced::Length;
use iced::widget::text::IntoFragment;
use iced::widget::{column, container};

/// `name` above `figure`.
pub fn stat<'a, Message: 'a>(name: impl IntoFragment<'a>, figure: impl IntoFragment<'a>) -> Element<'a, Message> {
    container(column![help(name), large_figure(figure).line_height(1.15)].spacing(2.0))
        .width(Length::Fill)
        .padding([space::S, space::M - 2.0])
        .style(surface::card)
        .into()
}
