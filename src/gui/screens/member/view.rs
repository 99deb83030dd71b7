//! What a member looks like.

use iced::widget::{column, container, row};
use iced::{Alignment, Length};

use super::{Member, Message, Panel, erasure, plan_now};
use crate::desk::MemberView;
use crate::domain::member::Standing;
use crate::domain::membership::{PayDay, Prospect, Status};
use crate::gui::draft;
use crate::gui::keys::Act;
use crate::gui::note;
use crate::gui::pay::Pay;
use crate::gui::screens::home::moved;
use crate::gui::shared::{Parts, Shared};
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::dates::{Day, before_after};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::options::choice_line;
use crate::gui::widgets::rows::{self, Mark, amount, item, left, right};
use crate::gui::widgets::words::{Toned, body, label, strong, title};
use crate::gui::widgets::{Element, avatar::avatar, button, card, empty::empty, field::field, frame, notice::notice};
use crate::text::{Arg, Words};

/// The name of a line of the lists.
pub(super) fn line_id(index: usize) -> String {
    format!("member line {index}")
}

pub(super) fn view<'a>(screen: &'a Member, shared: &'a Shared) -> Parts<'a, Message> {
    let words = &shared.words;
    let member = match &screen.member {
        Ok(Some(member)) => member,
        Ok(None) => return bare(empty(Icon::User, words.plain("member-loading"), words.plain("member-loading-next"), None)),
        Err(saying) => return bare(notice(Verdict::Refused, words.plain("member-unreadable"), words.saying(saying), None)),
    };
    let is_overview = matches!(screen.panel, Panel::Overview | Panel::Forget);
    let mut head = heading(member, is_overview, shared);
    // While the card of the erasure lies over the screen, it says what there is to say.
    if screen.panel != Panel::Forget {
        head = draft::headed(head, &screen.draft, shared);
    }
    let mut content = column![head].spacing(space::M);
    content = match &screen.panel {
        Panel::Overview | Panel::Forget => content.push(lists(screen, member, shared)),
        Panel::Renew { plan, pay } => content.push(renewal(screen, member, (*plan, pay), shared)),
        Panel::Goodwill { typed, reason } => {
            let reason = shared.policy.goodwill.reasons.get(*reason).map(|reason| shared.text(reason).to_owned());
            content.push(one_field(
                words.plain("way-goodwill"),
                words.plain("field-amount"),
                typed,
                screen,
                reason.map(|reason| (words.plain("fact-reason"), reason)),
                screen.note.view(words),
            ))
        }
    };
    let over = draft::card(&screen.draft, shared, Message::Draft).or_else(|| erasure::card(screen, shared));
    Parts { body: frame::body([content.into()]), side: side(screen, shared), over, keys: keys(screen, shared) }
}

fn bare<'a>(content: Element<'a, Message>) -> Parts<'a, Message> {
    Parts { body: frame::body([content]), side: None, over: None, keys: Vec::new() }
}

fn side<'a>(screen: &'a Member, shared: &'a Shared) -> Option<Element<'a, Message>> {
    let is_there = !matches!(screen.panel, Panel::Overview | Panel::Forget) || screen.draft.done().is_some();
    is_there.then(|| screen.draft.side(shared, None, [Message::Enter, Message::Aside]))
}

/// A membership's state as a chip; what staff decided weighs more than a term.
fn status_chip<'a>(status: Status, standing: Standing, words: &Words) -> Element<'a, Message> {
    if standing != Standing::Good {
        return chip(Verdict::Refused, words.named(&standing));
    }
    let (verdict, word) = match status {
        Status::New => (Verdict::Allowed, words.plain("status-new")),
        Status::Current => (Verdict::Allowed, words.plain("status-current")),
        Status::Grace => (Verdict::Ask, words.plain("status-grace")),
        Status::Expired => (Verdict::Refused, words.plain("status-expired")),
        Status::None => (Verdict::Quiet, words.plain("status-none")),
    };
    chip(verdict, word)
}

fn heading<'a>(view: &'a MemberView, is_overview: bool, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let member = &view.member;
    let name = member.person.as_ref().map_or_else(|| words.plain("member-erased"), crate::domain::member::Person::name);
    let mut notes = Vec::new();
    if let Some(plan) = &view.plan {
        let plan_name = Arg::text(shared.text(&plan.name));
        notes.push(match member.last_term().and_then(|term| term.end) {
            Some(end) => words.say("member-plan-to", &[("plan", plan_name), ("end", Arg::Date(end))]),
            None => words.say("member-plan-for-life", &[("plan", plan_name)]),
        });
    }
    if let Some(card) = member.cards.first() {
        notes.push(words.say("member-card", &[("card", Arg::text(card.number.to_string()))]));
    }
    notes.push(words.say("member-since", &[("since", Arg::Date(member.since))]));
    let who = column![title(name.clone()), body(notes.join(" · ")).tone(Tone::Muted)].spacing(space::XXS);
    let act = |act: Act, word: String, message: Message| button::secondary_inline(word, Some(act.cap()), Some(message));
    row![avatar(&name, true), container(who).width(Length::Fill), status_chip(view.status, member.standing, words),]
        .push(is_overview.then(|| act(Act::Renew, words.plain("job-renew"), Message::Renew).id("renew")))
        .push(is_overview.then(|| act(Act::Goodwill, words.plain("way-goodwill"), Message::Goodwill).id("goodwill")))
        .spacing(space::M)
        .align_y(Alignment::Center)
        .into()
}

fn lists<'a>(screen: &'a Member, view: &'a MemberView, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let columns = [left(Length::Fill), right(size::COLUMN_CHIP)];
    let money = |money| words.formats().money(money);
    let mut index = 0;
    let mut list = |entries: Vec<(String, String, String)>, name: String, nothing: Element<'a, Message>| {
        let count = entries.len();
        let lines: Vec<Element<'a, Message>> = entries
            .into_iter()
            .enumerate()
            .map(|(at, (name, note, figure))| {
                let here = index + at;
                let cells = vec![item(name, note, false), amount(figure, false)];
                let mark = Mark { is_current: here == screen.current, is_ticked: false, is_last: at + 1 == count };
                rows::line(line_id(here), &columns, cells, mark, Some(Message::Open(here)))
            })
            .collect();
        index += count;
        if lines.is_empty() { card::titled_card(name, None, nothing) } else { card::titled_card(name, None, column(lines)) }
    };
    let credits = view.credits.iter().map(|credit| {
        let kind = if credit.promotional { words.plain("credit-promotional") } else { words.plain("credit-own") };
        (credit.code.to_string(), kind, money(credit.balance))
    });
    let credits: Vec<_> = credits.collect();
    let bills = view.bills.iter().map(|bill| {
        let number = Arg::text(bill.number.as_str());
        (words.say("bill-title", &[("number", number)]), words.formats().date(bill.business_date), money(bill.gross))
    });
    let bills: Vec<_> = bills.collect();
    let documents = view.documents.iter().map(|row| {
        let name = format!("{} {}", words.named(&row.job), row.number);
        let note = words.formats().date(row.business_date);
        let note = if row.voided { format!("{note} · {}", words.plain("document-voided")) } else { note };
        (name, note, moved(row.total, shared))
    });
    let documents: Vec<_> = documents.collect();
    let none = || empty(Icon::Inbox, words.plain("member-no-documents"), words.plain("member-no-documents-next"), None);
    let mut content = column![].spacing(space::M);
    if !credits.is_empty() {
        content = content.push(list(credits, words.plain("member-credits"), none()));
    }
    let no_bills = empty(Icon::ReceiptText, words.plain("member-no-bills"), words.plain("member-no-bills-next"), None);
    content = content.push(list(bills, words.plain("member-bills"), no_bills));
    let forget = screen.may_forget(shared).then(|| {
        let hand_out = button::secondary_inline(words.plain("member-hand-out"), Some("X"), Some(Message::HandOut)).id("hand out");
        let erase = button::secondary_inline(words.plain("member-erase"), Some("Del"), Some(Message::Forget)).id("forget");
        row![hand_out, erase].spacing(space::S)
    });
    content.push(list(documents, words.plain("member-documents"), none())).push(forget).into()
}

fn renewal<'a>(
    screen: &'a Member,
    view: &'a MemberView,
    chosen: (Option<usize>, &'a Pay),
    shared: &'a Shared,
) -> Element<'a, Message> {
    let words = &shared.words;
    let (plan, pay) = chosen;
    let change = screen.draft.quote().and_then(|quote| quote.term.as_ref());
    let day =
        |day: Option<jiff::civil::Date>| day.map_or_else(|| words.plain("sign-nothing"), |day| words.formats().narrow_date(day));
    let before = view.member.last_term().and_then(|term| term.end);
    let before_note = view.plan.as_ref().map(|plan| shared.text(&plan.name).to_owned()).unwrap_or_default();
    let after_note =
        change.map_or_else(String::new, |change| words.say("renew-starts", &[("start", Arg::Date(change.term.start))]));
    let dates = before_after(
        Day { name: words.plain("renew-before"), day: day(before), note: before_note },
        Day { name: words.plain("renew-after"), day: day(change.and_then(|change| change.term.end)), note: after_note },
    );
    let now = plan.or_else(|| plan_now(view, shared));
    let plans = shared.plans.iter().enumerate().map(|(index, plan)| {
        let word = format!("{} · {}", shared.text(&plan.name), words.formats().money(plan.fee));
        let line = choice_line(word, None, Some(index) == now, Some(Message::Plan(index)));
        container(line).width(Length::FillPortion(1)).into()
    });
    let plans = column![label(words.plain("renew-plan")).tone(Tone::Muted), row(plans).spacing(space::S)].spacing(space::XXS);
    let prospects = view.prospects.iter().map(|prospect| {
        let name = label(prospect_name(prospect, words)).tone(Tone::Muted);
        column![name, strong(day(prospect.term.end))].spacing(space::XXS).width(Length::FillPortion(1)).into()
    });
    let prospects = (!view.prospects.is_empty()).then(|| {
        let days = container(row(prospects).spacing(space::M)).padding(space::M);
        card::titled_card(words.plain("renew-prospects"), None, days)
    });
    column![dates, plans, pay.view(shared).map(Message::Pay)].push(prospects).spacing(space::M).into()
}

fn prospect_name(prospect: &Prospect, words: &Words) -> String {
    let on = [("day", Arg::Date(prospect.pay_on))];
    match prospect.day {
        PayDay::Today => words.plain("renew-paying-today"),
        PayDay::AtEnd => words.say("renew-paying-at-end", &on),
        PayDay::AfterLapse => words.say("renew-paying-late", &on),
    }
}

fn one_field<'a>(
    name: String,
    field_name: String,
    typed: &'a str,
    screen: &'a Member,
    reason: Option<(String, String)>,
    note: Option<Element<'a, note::Message>>,
) -> Element<'a, Message> {
    let input = field(field_name, "", typed).on_input(Message::Typed).right().wrong(screen.slip.clone());
    let reason = reason.map(|(name, reason)| {
        let line = choice_line(reason, Some(String::from("R")), false, Some(Message::Reason));
        column![label(name).tone(Tone::Muted), line].spacing(space::XXS).width(Length::FillPortion(1))
    });
    let line = row![Element::from(input.width(Length::FillPortion(1)))].push(reason).spacing(space::M);
    card::card(column![strong(name), line].push(note.map(|note| note.map(Message::Note))).spacing(space::S))
}

fn keys(screen: &Member, shared: &Shared) -> Vec<(String, String)> {
    let words = &shared.words;
    let mut keys = match screen.panel {
        Panel::Overview => vec![
            (words.plain("key-up-down"), words.plain("key-does-choose")),
            (words.plain("key-enter"), words.plain("key-does-open")),
            (String::from(Act::Renew.cap()), words.plain("key-does-renew")),
            (String::from(Act::Goodwill.cap()), words.plain("key-does-goodwill")),
        ],
        Panel::Forget => erasure::keys(words),
        Panel::Renew { .. } => vec![
            (words.plain("key-up-down"), words.plain("key-does-tender")),
            (words.plain("key-page-up-down"), words.plain("key-does-plan")),
        ],
        Panel::Goodwill { .. } => vec![(String::from("R"), words.plain("key-does-reason")), screen.note.own_key(words)],
    };
    if screen.may_forget(shared) {
        keys.push((String::from("X"), words.plain("key-does-hand-out")));
        keys.push((words.plain("key-delete"), words.plain("key-does-erase")));
    }
    keys.extend(screen.draft.own_key(words));
    keys
}
