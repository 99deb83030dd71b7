//! The scan box: one field that finds anything, on every screen at the same place.

use super::{
    Element,
    floating::floating,
    icon::{Icon, icon},
    key_cap::key_cap,
    words::{Toned, label},
};
use crate::gui::theme::{Look, Tone, letters, radius, scale, size, space, surface};
use iced::advanced::widget::Id;
use iced::widget::{column, container, row, stack, text_input};
use iced::{Alignment, Length};

/// The name by which the scan box is focused.
#[must_use]
pub fn scan_box_id() -> Id {
    Id::new("scan-box")
}

/// The scan box; `key` focuses it from anywhere, `on_submit` takes the first of what was found.
pub fn scan_box<'a, Message: Clone + 'a>(
    hint: &str,
    value: &str,
    key: &'a str,
    on_input: impl Fn(String) -> Message + 'a,
    on_submit: Option<Message>,
) -> Element<'a, Message> {
    let input = text_input(hint, value)
        .id(scan_box_id())
        .font(letters::REGULAR)
        .size(scale::BODY)
        .line_height(iced::widget::text::LineHeight::Absolute((size::FIELD - 2.0 * space::S).into()))
        .padding(iced::Padding::from([space::S, size::FIELD]).right(size::ROW))
        .on_input(on_input)
        .on_submit_maybe(on_submit)
        .style(|look: &Look, status| {
            let style = crate::gui::theme::field_style(look, status, false);
            let palette = Look::palette(*look);
            let focused = matches!(status, text_input::Status::Focused { .. });
            let border = if focused { style.border } else { style.border.color(palette.line) };
            text_input::Style { background: palette.background.into(), border: border.rounded(radius::BUTTON), ..style }
        });
    let sign = container(icon(Icon::ScanBarcode, size::ICON).tone(Tone::Muted)).center_y(size::FIELD).padding([0.0, space::M]);
    let cap = container(key_cap(key)).align_right(Length::Fill).center_y(size::FIELD).padding([0.0, space::M - 2.0]);
    stack![input, sign, cap].width(Length::Fill).height(size::FIELD).into()
}

/// What was found, in a sheet under the scan box: `note` says how much and how, `rows` are rows of a list.
pub fn found<'a, Message: 'a>(note: String, rows: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    let head = container(row![label(note).tone(Tone::Muted)].align_y(Alignment::Center))
        .center_y(size::ROW_HEAD)
        .padding([0.0, space::M]);
    let sheet = container(column![head].extend(rows)).padding(size::HAIRLINE).width(size::SCAN_BOX).style(surface::card);
    floating(sheet)
}
