//! The card of all keys, made from the one table.

use crate::gui::keys::{KeyLine, TABLE};
use crate::gui::theme::{size, space};
use crate::gui::widgets::words::{body, help, title};
use crate::gui::widgets::{Element, button, key_cap::key_cap, modal::dialog};
use crate::text::Words;
use iced::widget::{column, container, row};
use iced::{Alignment, Length};

/// Keys beside the table that mean the same on every screen: what stands on them, and what they do.
const OTHERS: [(&str, &str); 5] = [
    ("key-up-down", "key-does-choose"),
    ("key-space", "key-does-tick"),
    ("key-enter", "key-does-go-on"),
    ("key-tab", "key-does-next-field"),
    ("key-ctrl-plus-minus", "key-does-size"),
];

/// The card; `on_close` closes it.
pub fn view<'a, Message: Clone + 'a>(words: &Words, on_close: Message) -> Element<'a, Message> {
    let line = |cap: String, does: String| {
        row![container(key_cap(cap)).width(size::COLUMN), body(does)].align_y(Alignment::Center).height(size::CHIP).into()
    };
    let table = TABLE.iter().map(|KeyLine { cap, does, .. }| line((*cap).to_owned(), words.plain(does)));
    let others = OTHERS.iter().map(|(key, does)| line(words.plain(key), words.plain(does)));
    let mut first: Vec<Element<'a, Message>> = table.chain(others).collect();
    let second = first.split_off(first.len().div_ceil(2));
    let half = |lines| column(lines).spacing(space::XS).width(Length::FillPortion(1));
    let lists = row![half(first), half(second)].spacing(space::XL);
    let close = button::secondary_inline(words.plain("button-close"), Some("Esc"), Some(on_close));
    let foot = row![container(help(words.plain("key-help-scanner"))).width(Length::Fill), close].spacing(space::XL);
    let content = column![title(words.plain("key-help-title")), lists, foot.align_y(Alignment::Center)];
    dialog(content.spacing(space::L), size::DIALOG)
}
