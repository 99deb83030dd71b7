//! The bars above and below every screen: where to scan and who works here; which keys work now and how the books are.

use super::words::{Toned, help, label, strong};
use super::{Element, key_cap::key_cap};
use crate::gui::theme::{Tone, size, space, surface};
use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length};

/// The bar above: the scan box, and at the right who works, in which role, at which desk and when.
pub fn top_bar<'a, Message: 'a>(
    scan_box: Element<'a, Message>,
    person: String,
    role: String,
    place: String,
) -> Element<'a, Message> {
    let who = row![strong(person).line_height(1.25), help(role)].spacing(space::XS).align_y(Alignment::Center);
    let who = column![who, help(place)].align_x(Alignment::End);
    let scan_box = container(container(scan_box).max_width(size::SCAN_BOX)).width(Length::Fill);
    let content = row![scan_box, who].spacing(space::L).align_y(Alignment::Center);
    container(content).center_y(size::TOP).padding([0.0, space::L]).width(Length::Fill).style(surface::bar).into()
}

/// The bar below: pairs of key and what it does now, and at the right the state of the books.
pub fn foot_bar<'a, Message: 'a>(
    keys: impl IntoIterator<Item = (String, String)>,
    books_tone: Tone,
    books: String,
) -> Element<'a, Message> {
    let keys =
        keys.into_iter().map(|(key, word)| row![key_cap(key), help(word)].spacing(space::XS).align_y(Alignment::Center).into());
    let sign = if books_tone == Tone::Refused { "×" } else { "●" };
    let books =
        row![label(sign).tone(books_tone), label(books).tone(books_tone)].spacing(space::XXS + 1.0).align_y(Alignment::Center);
    let content =
        row![row(keys).spacing(space::L), gap().width(Length::Fill), books].spacing(space::L).align_y(Alignment::Center);
    container(content).center_y(size::FOOT).padding([0.0, space::L]).width(Length::Fill).style(surface::bar).into()
}
