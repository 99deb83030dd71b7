//! The frame of every screen behind the sign-in: rail, bar above, body, side, bar below. Screens fill body and side.

use super::{
    Element,
    card::{hairline, upright_hairline},
};
use crate::gui::theme::{size, space, surface};
use iced::widget::{column, container, row, scrollable, stack};
use iced::{Length, Padding};

/// What a frame holds.
pub struct Frame<'a, Message> {
    /// The rail.
    pub rail: Element<'a, Message>,
    /// The bar above.
    pub top: Element<'a, Message>,
    /// What the screen is about.
    pub body: Element<'a, Message>,
    /// The receipt and the primary button, when the screen has them.
    pub side: Option<Element<'a, Message>>,
    /// The bar below.
    pub foot: Element<'a, Message>,
    /// What the scan box found, hanging from it.
    pub found: Option<Element<'a, Message>>,
}

/// Lays a frame out over the whole window.
pub fn frame<'a, Message: 'a>(parts: Frame<'a, Message>) -> Element<'a, Message> {
    let side = parts.side.map(|side| row![upright_hairline(), side].width(size::SIDE));
    let middle = row![container(parts.body).width(Length::Fill).height(Length::Fill)].push(side);
    let right = column![parts.top, hairline(), middle.height(Length::Fill), hairline(), parts.foot];
    let hanging = parts.found.map(|found| {
        container(found).padding(Padding::ZERO.left(space::L - size::SHADE).top(size::TOP - space::XS)).width(Length::Fill)
    });
    let right = stack![right].push(hanging).width(Length::Fill).height(Length::Fill);
    container(row![parts.rail, upright_hairline(), right])
        .width(Length::Fill)
        .height(Length::Fill)
        .style(surface::background)
        .into()
}

/// The side: what is shown scrolls when it is long, what is done stays at the foot.
pub fn side<'a, Message: 'a>(
    shown: impl Into<Element<'a, Message>>,
    done: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let content = column![scroll(shown).height(Length::Fill), done.into()].spacing(space::M);
    container(content).width(Length::Fill).height(Length::Fill).padding([space::L, size::SIDE_MARGIN]).style(surface::side).into()
}

/// The body of a screen: margins all around, cards below each other, scrolling when they are many.
pub fn body<'a, Message: 'a>(cards: impl IntoIterator<Item = Element<'a, Message>>) -> Element<'a, Message> {
    let cards = column(cards).spacing(space::M).padding(space::L).width(Length::Fill);
    scroll(cards).height(Length::Fill).into()
}

/// Anything that may be longer than its room.
pub fn scroll<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> iced::widget::Scrollable<'a, Message, crate::gui::theme::Look> {
    let bar = scrollable::Scrollbar::new().width(size::SCROLL_BAR).scroller_width(size::SCROLL_BAR);
    scrollable(content).direction(scrollable::Direction::Vertical(bar)).width(Length::Fill)
}
