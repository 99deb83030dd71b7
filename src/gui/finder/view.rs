//! The sheet below the scan box: what was found.

use iced::Length;

use super::{Finder, Message};
use crate::desk::{Hit, TookFor};
use crate::domain::member::Standing;
use crate::gui::shared::Shared;
use crate::gui::theme::{Tone, size};
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::icon::{Icon, icon};
use crate::gui::widgets::rows::{self, Mark, amount, item, left, right};
use crate::gui::widgets::words::Toned;
use crate::gui::widgets::{Element, avatar::avatar, scan_box};
use crate::text::Arg;

/// Rows that the sheet shows.
pub(super) const ROWS: usize = 8;

impl Finder {
    /// The sheet under the box, when there is something to show.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Option<Element<'a, Message>> {
        let found = self.found.as_ref().filter(|_| self.has_text())?;
        let words = &shared.words;
        let note = if found.hits.is_empty() {
            words.say("found-nothing", &[("text", Arg::text(&self.text))])
        } else {
            let took = words.plain(took_for(found.took_for));
            words.say("found-count", &[("took", Arg::text(took)), ("count", Arg::count(found.hits.len()))])
        };
        let last = found.hits.len().min(ROWS).saturating_sub(1);
        let lines = found.hits.iter().take(ROWS).enumerate().map(|(index, hit)| {
            let is_chosen = index == self.chosen;
            let mark = Mark { is_current: is_chosen, is_ticked: is_chosen, is_last: index == last };
            row(index, hit, mark, shared)
        });
        Some(scan_box::found(note, lines.collect()))
    }
}

fn took_for(took: TookFor) -> &'static str {
    match took {
        TookFor::Card => "took-card",
        TookFor::Document | TookFor::Receipt { .. } => "took-document",
        TookFor::Credit => "took-credit",
        TookFor::Bill => "took-bill",
        TookFor::Words => "took-words",
    }
}

fn row<'a>(index: usize, hit: &'a Hit, mark: Mark, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let is_chosen = mark.is_current;
    let sign = |sign: Icon| Element::from(icon(sign, size::ICON_RAIL).tone(Tone::Muted));
    let cells = match hit {
        Hit::Member(hit) => {
            let name = hit.person.as_ref().map_or_else(|| words.plain("member-erased"), crate::domain::member::Person::name);
            let plan = hit.plan.as_deref().map(|code| shared.plan_name(code).to_owned()).unwrap_or_default();
            let address = hit.person.as_ref().map(|person| person.address.clone()).unwrap_or_default();
            let card = hit.card.map(|card| card.to_string()).unwrap_or_default();
            let note = [plan, address, card].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            vec![avatar(&name, is_chosen), item(name, note, is_chosen), validity(hit, shared)]
        }
        Hit::Bill(bill) => {
            let name = words.say("bill-title", &[("number", Arg::text(&bill.number))]);
            let note = words.say("bill-row-note", &[("date", Arg::Date(bill.business_date)), ("lines", Arg::Count(bill.lines))]);
            vec![sign(Icon::ReceiptText), item(name, note, is_chosen), amount(words.formats().money(bill.gross), is_chosen)]
        }
        Hit::Document(number) => {
            let name = words.say("document-title", &[("number", Arg::text(number.to_string()))]);
            vec![sign(Icon::FileText), item(name, words.plain("took-document"), is_chosen), iced::widget::row![].into()]
        }
        Hit::Credit(code) => {
            let name = words.say("credit-title", &[("code", Arg::text(code.to_string()))]);
            vec![sign(Icon::Ticket), item(name, words.plain("took-credit"), is_chosen), iced::widget::row![].into()]
        }
    };
    let end = if matches!(hit, Hit::Member(_)) { left(size::COLUMN_WIDE) } else { right(size::COLUMN_WIDE) };
    let columns = [left(size::AVATAR), left(Length::Fill), end];
    rows::line(format!("hit {index}"), &columns, cells, mark, Some(Message::Pick(index)))
}

fn validity<'a>(hit: &crate::desk::MemberHit, shared: &Shared) -> Element<'a, Message> {
    let words = &shared.words;
    if hit.standing != Standing::Good {
        return chip(Verdict::Refused, words.named(&hit.standing));
    }
    match hit.end {
        Some(end) if end >= shared.today => chip(Verdict::Allowed, words.say("valid-to", &[("date", Arg::Date(end))])),
        Some(end) => chip(Verdict::Refused, words.say("valid-ended", &[("date", Arg::Date(end))])),
        None if hit.plan.is_some() => chip(Verdict::Allowed, words.plain("valid-for-life")),
        None => chip(Verdict::Quiet, words.plain("status-none")),
    }
}
