//! What a bill looks like.

use iced::widget::{column, container, row};
use iced::{Alignment, Length};

use super::{Bill, Message, Way};
use crate::desk::{BillView, LineView};
use crate::domain::bill::Payment;
use crate::domain::calendar::Moment;
use crate::domain::ruling::{Outcome, Ruling};
use crate::gui::draft::{self, Figure};
use crate::gui::keys::Act;
use crate::gui::shared::{Parts, Shared};
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::options::{Choice, option, side_by_side};
use crate::gui::widgets::rows::{self, Mark, amount, item, left, right};
use crate::gui::widgets::words::{Toned, body, help, strong, title};
use crate::gui::widgets::{Element, avatar::avatar, button, card, empty::empty, field::field, frame, notice::notice, tick::tick};
use crate::text::Arg;

/// The name of a line of the list.
pub(super) fn line_id(index: usize) -> String {
    format!("line {index}")
}

pub(super) fn view<'a>(screen: &'a Bill, shared: &'a Shared) -> Parts<'a, Message> {
    let words = &shared.words;
    let bill = match &screen.bill {
        Ok(Some(bill)) => bill,
        Ok(None) => return bare(empty(Icon::ReceiptText, words.plain("bill-loading"), words.plain("bill-loading-next"), None)),
        Err(saying) => return bare(notice(Verdict::Refused, words.plain("bill-unreadable"), words.saying(saying), None)),
    };
    let body = frame::body_around(move |is_narrow| {
        // What is said comes and goes; the fields below keep their place and with it the focus.
        let ways = column![].push(draft::say(&screen.draft, shared)).push(ways(screen, bill, is_narrow, shared));
        let below = column![ways.spacing(space::S), details(screen, is_narrow, shared)];
        frame::Around {
            above: heading(bill, is_narrow, shared),
            list: lines(screen, bill, is_narrow, shared),
            below: below.spacing(space::S).into(),
        }
    });
    let over = draft::card(&screen.draft, shared, Message::Draft);
    Parts { body, side: Some(side(screen, shared)), over, keys: keys(screen, shared) }
}

fn bare<'a>(content: Element<'a, Message>) -> Parts<'a, Message> {
    Parts { body: frame::body([content]), side: None, over: None, keys: Vec::new() }
}

fn side<'a>(screen: &'a Bill, shared: &'a Shared) -> Element<'a, Message> {
    let idle = screen.may_take_all().then(|| shared.words.plain("button-take-all"));
    screen.draft.side(shared, idle, [Message::Enter, Message::Aside])
}

fn heading<'a>(bill: &'a BillView, is_narrow: bool, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let of = &bill.standing.bill;
    let paid = of.payments.iter().map(|payment| paid_by(payment, shared)).collect::<Vec<_>>().join(", ");
    let at = when(of.at, shared);
    let note = words.say("bill-note", &[("at", Arg::text(at)), ("till", Arg::text(of.till.as_str())), ("paid", Arg::text(paid))]);
    let number = Arg::text(of.number.as_str());
    let left = column![title(words.say("bill-title", &[("number", number)])), body(note).tone(Tone::Muted)].spacing(space::XXS);
    let mut line = row![container(left).width(Length::Fill)].spacing(space::M).align_y(Alignment::Center);
    match &bill.member {
        Some(member) => {
            let name = member.person.as_ref().map_or_else(|| words.plain("member-erased"), |person| person.name());
            let term = member.last_term().map(|term| term_note(term, shared));
            let sign = avatar(&name, false);
            let open = button::secondary_inline(words.plain("bill-open-member"), Some("M"), Some(Message::Member(member.id)));
            let who = column![strong(name)].push(term.map(help)).align_x(Alignment::End);
            line = line.push((!is_narrow).then_some(who)).push((!is_narrow).then_some(sign)).push(open);
        }
        None => line = line.push(chip(Verdict::Quiet, words.plain("bill-no-member"))),
    }
    line.into()
}

fn term_note(term: &crate::domain::membership::Term, shared: &Shared) -> String {
    let plan = shared.plan_name(&term.plan);
    match term.end {
        Some(end) => shared.words.say("member-plan-to", &[("plan", Arg::text(plan)), ("end", Arg::Date(end))]),
        None => shared.words.say("member-plan-for-life", &[("plan", Arg::text(plan))]),
    }
}

fn when(at: Moment, shared: &Shared) -> String {
    at.local().map(|at| shared.words.formats().date_time(at)).unwrap_or_default()
}

fn paid_by(payment: &Payment, shared: &Shared) -> String {
    let values = [("amount", Arg::Money(payment.amount)), ("tender", Arg::named(&payment.tender))];
    let paid = shared.words.say("bill-paid", &values);
    match payment.card.as_ref().and_then(|card| card.last_four.as_deref()) {
        Some(digits) => format!("{paid} ··{digits}"),
        None => paid,
    }
}

fn lines<'a>(screen: &'a Bill, bill: &'a BillView, is_narrow: bool, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    if bill.lines.is_empty() {
        return card::bare_card(empty(Icon::ReceiptText, words.plain("bill-empty"), words.plain("bill-empty-next"), None));
    }
    if is_narrow {
        return narrow_lines(screen, bill, shared);
    }
    let columns = [
        left(size::TICK),
        left(Length::Fill),
        right(size::COLUMN_QUANTITY),
        right(size::COLUMN_MONEY),
        right(size::COLUMN_MONEY),
        left(size::COLUMN_CHIP),
    ];
    let third = if screen.way == Way::PriceFix { words.plain("column-right-price") } else { words.plain("column-give-back") };
    let names = vec![
        String::new(),
        words.plain("column-item"),
        third,
        words.plain("column-paid-each"),
        words.plain("column-money-back"),
        words.plain("column-ruling"),
    ];
    let last = bill.lines.len() - 1;
    let lines = bill.lines.iter().enumerate().map(|(index, line)| {
        let is_ticked = is_part(screen, line);
        let cells = vec![
            tick(is_ticked, line.left.is_positive()),
            item(line.line.text.as_str(), line_note(line, shared), is_ticked),
            amount(third_cell(screen, line, shared), is_ticked),
            amount(unit_price(line, shared), false),
            amount(money_cell(screen, line, shared), is_ticked),
            ruling_chip(screen, line, shared),
        ];
        let mark = Mark { is_current: index == screen.current, is_ticked, is_last: index == last };
        rows::line(line_id(index), &columns, cells, mark, Some(Message::Tick(index)))
    });
    card::bare_card(column![rows::head(&columns, names)].extend(lines))
}

/// The lines in a narrow window: how much comes back above the money.
fn narrow_lines<'a>(screen: &'a Bill, bill: &'a BillView, shared: &'a Shared) -> Element<'a, Message> {
    let columns = [left(size::TICK), left(Length::Fill), right(size::COLUMN_MONEY), left(size::COLUMN_CHIP_NARROW)];
    let lines = bill.lines.iter().enumerate().map(|(index, line)| {
        let is_ticked = is_part(screen, line);
        let figures = column![
            amount(third_cell(screen, line, shared), is_ticked),
            help(money_cell(screen, line, shared)).line_height(1.2),
        ]
        .align_x(Alignment::End);
        let cells = vec![
            tick(is_ticked, line.left.is_positive()),
            item(line.line.text.as_str(), line_note(line, shared), is_ticked),
            figures.into(),
            ruling_chip(screen, line, shared),
        ];
        let mark = Mark { is_current: index == screen.current, is_ticked, is_last: index + 1 == bill.lines.len() };
        rows::line(line_id(index), &columns, cells, mark, Some(Message::Tick(index)))
    });
    card::bare_card(column(lines))
}

fn is_part(screen: &Bill, line: &LineView) -> bool {
    match screen.way {
        Way::Refund => screen.picks.contains_key(&line.line.no),
        Way::PriceFix => screen.prices.contains_key(&line.line.no),
        Way::Goodwill => false,
    }
}

fn line_note(line: &LineView, shared: &Shared) -> String {
    let of = &line.line;
    let values =
        [("item", Arg::text(of.item.as_str())), ("bought", Arg::Quantity(of.quantity)), ("left", Arg::Quantity(line.left))];
    let id = if line.returned.is_zero() { "bill-line-note" } else { "bill-line-note-left" };
    shared.words.say(id, &values)
}

fn unit_price(line: &LineView, shared: &Shared) -> String {
    shared.words.formats().amount(line.each)
}

fn third_cell(screen: &Bill, line: &LineView, shared: &Shared) -> String {
    let words = &shared.words;
    let no = line.line.no;
    if screen.way == Way::PriceFix {
        return screen.prices.get(&no).map_or_else(|| words.plain("sign-nothing"), |typed| format!("{typed}▏"));
    }
    if let (Some(typed), false) = (screen.typed.get(&no), screen.is_fresh)
        && screen.line().is_some_and(|current| current.line.no == no)
    {
        return words.say("bill-of-left", &[("count", Arg::text(format!("{typed}▏"))), ("left", Arg::Quantity(line.left))]);
    }
    let count = screen.picks.get(&no).copied().unwrap_or_default();
    let count = words.formats().quantity(count);
    words.say("bill-of-left", &[("count", Arg::text(count)), ("left", Arg::Quantity(line.left))])
}

fn money_cell(screen: &Bill, line: &LineView, shared: &Shared) -> String {
    let words = &shared.words;
    let quoted = screen
        .draft
        .quote()
        .and_then(|quote| quote.lines.iter().find(|quoted| quoted.of.is_some_and(|(_, no)| no == line.line.no)));
    quoted.map_or_else(|| words.plain("sign-nothing"), |quoted| words.formats().amount(quoted.share.gross))
}

/// What the newest quote says of the line where it says something heavier than yes, else what its return window says.
fn ruling_chip<'a>(screen: &'a Bill, line: &'a LineView, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    if line.left.is_zero() {
        return chip(Verdict::Quiet, words.plain("bill-nothing-left"));
    }
    let Some(ruling) = screen.draft.ruling_of(line.line.no).or(line.window.as_ref()) else {
        return chip(Verdict::Quiet, words.plain("sign-nothing"));
    };
    chip(verdict(ruling), shared.ruling_short(ruling).unwrap_or_else(|| outcome_word(ruling, shared)))
}

fn outcome_word(ruling: &Ruling, shared: &Shared) -> String {
    match ruling.outcome {
        Outcome::Allowed => shared.words.plain("outcome-allowed"),
        Outcome::NeedsApproval(_) => shared.words.plain("outcome-ask"),
        Outcome::RefusedUnless(_) => shared.words.plain("outcome-overridable"),
        Outcome::Refused => shared.words.plain("outcome-refused"),
    }
}

fn verdict(ruling: &Ruling) -> Verdict {
    match ruling.outcome {
        Outcome::Allowed => Verdict::Allowed,
        Outcome::NeedsApproval(_) => Verdict::Ask,
        Outcome::RefusedUnless(_) | Outcome::Refused => Verdict::Refused,
    }
}

fn ways<'a>(screen: &'a Bill, bill: &'a BillView, is_narrow: bool, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let total = screen.draft.shown().map(|shown| match shown.figure {
        Figure::Back(amount) | Figure::Pay(amount) => words.formats().amount(amount),
    });
    let of_way = |way: Way, idle: String| total.clone().filter(|_| screen.way == way).unwrap_or(idle);
    let nothing = words.plain("sign-nothing");
    let cards = [
        (Act::Refund, Way::Refund, words.plain("way-refund"), of_way(Way::Refund, words.formats().amount(bill.left))),
        (Act::PriceFix, Way::PriceFix, words.plain("way-price-fix"), of_way(Way::PriceFix, nothing.clone())),
        (Act::Goodwill, Way::Goodwill, words.plain("way-goodwill"), of_way(Way::Goodwill, nothing)),
    ];
    let cards = cards.into_iter().map(|(act, way, name, figure)| {
        let figure = if is_narrow { String::new() } else { figure };
        let choice = Choice { key: String::from(act.cap()), name, figure };
        option(choice, screen.way == way, Some(Message::Way(way))).id(act.cap()).into()
    });
    side_by_side(cards)
}

/// What belongs to the way: its field, where the money goes, the reason, the condition.
fn details<'a>(screen: &'a Bill, is_narrow: bool, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let typed = screen.figure();
    let name = match screen.way {
        Way::Refund => words.plain("field-how-many"),
        Way::PriceFix => words.plain("field-right-price"),
        Way::Goodwill if screen.is_percent => words.plain("field-percent"),
        Way::Goodwill => words.plain("field-amount"),
    };
    let picked = screen.line().and_then(|line| screen.picks.get(&line.line.no));
    let hint = picked.filter(|_| screen.way == Way::Refund).map(|count| words.formats().quantity(*count)).unwrap_or_default();
    let input = field(name, &hint, &typed).on_input(Message::Typed).right().wrong(screen.slip.clone());
    let to = if screen.to_credit { words.plain("tender-store-credit") } else { words.plain("way-original") };
    let reason = screen.reasons(shared).get(screen.reason).map(|reason| shared.text(reason).to_owned()).unwrap_or_default();
    let mut parts: Vec<Element<'a, Message>> = vec![input.width(Length::FillPortion(1)).into()];
    if screen.way == Way::Goodwill {
        let measure = if screen.is_percent { words.plain("measure-percent") } else { words.plain("measure-amount") };
        parts.push(answer(words.plain("fact-measure"), measure, "%", Message::Measure));
    }
    parts.push(answer(words.plain("fact-to"), to, "T", Message::Tender));
    parts.push(answer(words.plain("fact-reason"), reason, "R", Message::Reason));
    if screen.way == Way::Refund {
        let condition = shared.policy.returns.conditions.get(screen.condition);
        let condition = condition.map(|condition| shared.text(condition).to_owned()).unwrap_or_default();
        parts.push(answer(words.plain("fact-condition"), condition, "K", Message::Condition));
    }
    let second = if is_narrow { parts.split_off(parts.len() / 2) } else { Vec::new() };
    let line = |parts| row(parts).spacing(space::S).align_y(Alignment::Start);
    column![line(parts), line(second)].push(screen.note.view(words).map(|note| note.map(Message::Note))).into()
}

/// An answer of a list, with the key that goes to the next one.
fn answer<'a>(name: String, answer: String, key: &'static str, on_press: Message) -> Element<'a, Message> {
    use crate::gui::widgets::options::choice_line;
    use crate::gui::widgets::words::label;
    let line = choice_line(answer, Some(String::from(key)), false, Some(on_press));
    column![label(name).tone(Tone::Muted), line].spacing(space::XXS).width(Length::FillPortion(1)).into()
}

fn keys(screen: &Bill, shared: &Shared) -> Vec<(String, String)> {
    let words = &shared.words;
    let mut keys = vec![
        (words.plain("key-space"), words.plain("key-does-tick")),
        (words.plain("key-up-down"), words.plain("key-does-choose")),
    ];
    if screen.way == Way::Refund {
        keys.push((String::from("+ −"), words.plain("key-does-how-many")));
    }
    keys.push((String::from("R"), words.plain("key-does-reason")));
    keys.push(screen.note.own_key(words));
    keys.extend(screen.draft.own_key(words));
    keys
}
