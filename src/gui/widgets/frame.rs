//! The frame of every screen behind the sign-in: rail, bar above, body, side, bar below. Screens fill body and side.

use super::{
    Element,
    card::{hairline, upright_hairline},
};
use crate::gui::theme::{size, space, surface};
use iced::widget::{column, container, responsive, row, scrollable, stack};
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
    let margin = Padding::ZERO.right(size::SIDE_MARGIN);
    let shown = scroll(container(shown).padding(margin)).height(Length::Fill);
    let content = column![shown, container(done).padding(margin)].spacing(space::M);
    let padding = Padding::from([space::L, 0.0]).left(size::SIDE_MARGIN);
    container(content).width(Length::Fill).height(Length::Fill).padding(padding).style(surface::side).into()
}

/// The body of a screen: margins all around, cards below each other, scrolling when they are many.
pub fn body<'a, Message: 'a>(cards: impl IntoIterator<Item = Element<'a, Message>>) -> Element<'a, Message> {
    let cards = column(cards).spacing(space::M).padding(space::L).width(Length::Fill);
    scroll(cards).height(Length::Fill).into()
}

/// What a body about one list holds.
pub struct Around<'a, Message> {
    /// What stays above the list.
    pub above: Element<'a, Message>,
    /// The list.
    pub list: Element<'a, Message>,
    /// What stays below it.
    pub below: Element<'a, Message>,
}

/// The body of a screen about one list: only the list scrolls, so that what is done with it stays where it is. Where the
/// window is too low for that, all of it scrolls. The parts are told whether it is narrow.
pub fn body_around<'a, Message: 'a>(parts: impl Fn(bool) -> Around<'a, Message> + 'a) -> Element<'a, Message> {
    responsive(move |room| {
        let Around { above, list, below } = parts(room.width < size::BODY_NARROW);
        let is_low = room.height < size::BODY_LOW;
        let margin = Padding::from([0.0, space::L]);
        let inside = |part: Element<'a, Message>| container(part).padding(margin).width(Length::Fill);
        let list = inside(list);
        let list: Element<'a, Message> = if is_low { list.into() } else { scroll(list).height(Length::Fill).into() };
        let whole = column![inside(above), list, inside(below)].spacing(space::M).padding([space::L, 0.0]);
        if is_low { scroll(whole).height(Length::Fill).into() } else { whole.height(Length::Fill).into() }
    })
    .into()
}

/// Anything that may be longer than its room.
pub fn scroll<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> iced::widget::Scrollable<'a, Message, crate::gui::theme::Look> {
    let bar = scrollable::Scrollbar::new().width(size::SCROLL_BAR).scroller_width(size::SCROLL_BAR);
    scrollable(content).direction(scrollable::Direction::Vertical(bar)).width(Length::Fill)
}
