//! What the sign-up form looks like.

use iced::widget::{column, container, row};
use iced::{Alignment, Length};

use super::{Field, Message, SignUp};
use crate::domain::membership::Plan;
use crate::gui::draft::{self, Button};
use crate::gui::shared::{Parts, Shared};
use crate::gui::theme::space;
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::dates::{Day, before_after};
use crate::gui::widgets::options::{choosable, side_by_side};
use crate::gui::widgets::words::{help, large_figure, strong, title};
use crate::gui::widgets::{Element, card, field::field, frame, notice::notice};
use crate::text::Arg;

pub(super) fn view<'a>(screen: &'a SignUp, shared: &'a Shared) -> Parts<'a, Message> {
    let words = &shared.words;
    let over = draft::card(&screen.draft, shared, Message::Draft);
    let mut keys = vec![
        (words.plain("key-tab"), words.plain("key-does-next-field")),
        (words.plain("key-page-up-down"), words.plain("key-does-plan")),
        (words.plain("key-up-down"), words.plain("key-does-tender")),
    ];
    let mut content = column![title(words.plain("sign-up-title"))].spacing(space::M);
    if screen.draft.done().is_some() {
        keys = screen.draft.own_key(words).into_iter().collect();
        content = content.push(done(screen, shared)).push(draft::say(&screen.draft, shared));
    } else {
        content = content.push(plans(screen, shared)).push(form(screen, shared)).push(outcome(screen, shared));
    }
    Parts { body: frame::body([content.into()]), side: Some(side(screen, shared)), over, keys }
}

fn side<'a>(screen: &'a SignUp, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let (word, is_on) = screen.draft.primary(words, None);
    let word = if screen.draft.done().is_some() { words.plain("button-open-member") } else { word };
    let is_on = is_on || screen.first_fault(shared).is_some() || screen.pay.typed().is_some_and(str::is_empty);
    let primary = Button::new(word, is_on.then_some(Message::Enter));
    draft::side(&screen.draft, shared, primary, Button::new(words.plain("button-back"), Some(Message::Aside)))
}

fn plans<'a>(screen: &'a SignUp, shared: &'a Shared) -> Element<'a, Message> {
    side_by_side(
        shared
            .plans
            .iter()
            .enumerate()
            .map(|(index, plan)| choosable(plan_card(plan, shared), index == screen.plan, Some(Message::Plan(index))).into()),
    )
}

fn plan_card<'a>(plan: &'a Plan, shared: &'a Shared) -> Element<'a, Message> {
    let offers = plan.offers.iter().map(|offer| help(shared.text(offer)).into());
    column![strong(shared.text(&plan.name)), large_figure(shared.words.formats().money(plan.fee))]
        .extend(offers)
        .spacing(space::XXS)
        .into()
}

fn form<'a>(screen: &'a SignUp, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let input = |of: Field, name: String, hint: String| -> Element<'a, Message> {
        let wrong = screen.said(of, shared);
        field(name, &hint, screen.value(of)).id(of.id()).on_input(move |text| Message::Typed(of, text)).wrong(wrong).into()
    };
    let none = String::new;
    let first = row![
        input(Field::Given, words.plain("field-given"), none()),
        input(Field::Family, words.plain("field-family"), none()),
        input(Field::Born, words.plain("field-born"), words.plain("field-born-hint")),
    ];
    let second = row![
        input(Field::Phone, words.plain("field-phone"), none()),
        input(Field::Email, words.plain("field-email"), none()),
        input(Field::Address, words.plain("field-address"), none()),
    ];
    let fields = column![first.spacing(space::M), second.spacing(space::M), payment(screen, shared)];
    card::card(fields.spacing(space::XXS))
}

/// The household that is joined, or how the fee is paid.
fn payment<'a>(screen: &'a SignUp, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let of = Field::Household;
    let household = field(words.plain("field-household"), &words.plain("field-household-hint"), screen.value(of))
        .id(of.id())
        .on_input(move |text| Message::Typed(of, text))
        .wrong(screen.said(of, shared))
        .width(Length::FillPortion(1));
    let pay = container(screen.pay.view(shared).map(Message::Pay)).width(Length::FillPortion(3));
    row![Element::from(household), pay].spacing(space::M).into()
}

/// What stops it besides fields, what must be said, and the days of the membership.
fn outcome<'a>(screen: &'a SignUp, shared: &'a Shared) -> Option<Element<'a, Message>> {
    let words = &shared.words;
    let has_tried = !screen.left.is_empty();
    let is_fine = screen.first_fault(shared).is_none();
    let term = screen.draft.quote().and_then(|quote| quote.term.as_ref());
    let days = term.map(|change| {
        let end = change.term.end.map_or_else(|| words.plain("sign-for-life"), |end| words.formats().date(end));
        before_after(
            Day {
                name: words.plain("sign-up-from"),
                day: words.formats().date(change.term.start),
                note: shared.text(&change.plan_name).to_owned(),
            },
            Day { name: words.plain("sign-up-to"), day: end, note: words.plain("sign-up-to-note") },
        )
    });
    let said = if is_fine && has_tried { draft::say(&screen.draft, shared) } else { None };
    let faulty = (!is_fine && has_tried).then(|| said_faults(screen, shared)).flatten();
    faulty.or(said).or(days)
}

fn said_faults<'a>(screen: &'a SignUp, shared: &'a Shared) -> Option<Element<'a, Message>> {
    let words = &shared.words;
    let count = Field::ALL.into_iter().filter(|field| screen.said(*field, shared).is_some()).count();
    let what = words.say("sign-up-faults", &[("count", Arg::count(count))]);
    (count > 0).then(|| notice(Verdict::Refused, what, words.plain("sign-up-faults-next"), None))
}

/// The new member's card.
fn done<'a>(screen: &'a SignUp, shared: &'a Shared) -> Option<Element<'a, Message>> {
    let words = &shared.words;
    let number = screen.draft.done()?.posted.document.card?.to_string();
    let name = screen.person.name();
    let left = column![help(words.plain("sign-up-card")), large_figure(number), strong(name)].spacing(space::XXS);
    let state = chip(Verdict::Allowed, words.plain("status-new"));
    Some(card::card(row![container(left).width(Length::Fill), state].align_y(Alignment::Center)))
}
