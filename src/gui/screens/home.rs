//! The desk's day: where each job starts, what waits for somebody, what was just done, and the figures of today.

use crate::desk::{Answer, Desk, DocumentRow, HomeView, Worker};
use crate::domain::bill::CardTrace;
use crate::domain::money::Money;
use crate::domain::request::Job;
use crate::domain::say::Saying;
use crate::gui::keys::Act;
use crate::gui::late::Late;
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::icon::{Icon, icon};
use crate::gui::widgets::rows::{self, Column, Mark, amount, left, right};
use crate::gui::widgets::words::{Toned, body, caption, strong};
use crate::gui::widgets::{Element, button, card, empty::empty_line, frame, key_cap::key_cap, options, stat::stat};
use crate::text::Arg;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, row};
use iced::{Alignment, Length, Task};

/// Lines of a list on this screen; the rest is in the history.
const LINES: usize = 5;

/// The screen.
#[derive(Debug, Default)]
pub struct Home {
    day: Late<HomeView>,
    current: Option<usize>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The day was read.
    Read(Answer<HomeView>),
    /// Another place.
    Go(Place),
    /// A job that starts at a bill.
    BillFirst,
    /// A job that starts at a member.
    MemberFirst,
    /// Up or down what was just done.
    Move(isize),
    /// Opens what is chosen.
    Open,
}

/// Outside work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Reads the day.
    Read,
}

impl Effect {
    /// Asks the desk.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read => Task::perform(worker.ask(Desk::home), Message::Read),
        }
    }
}

impl Home {
    /// Opens the screen.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        (Self::default(), Action::Run(vec![Effect::Read]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, _shared: &Shared) -> Action<Effect> {
        match message {
            Message::Read(answer) => {
                self.day = answer.into();
                Action::None
            }
            Message::Go(place) => Action::Go(place),
            Message::BillFirst => {
                Action::All(vec![Action::Go(Place::Bills), Action::Notice(Tone::Accent, Saying::new("hint-bill-first"))])
            }
            Message::MemberFirst => Action::Notice(Tone::Accent, Saying::new("hint-member-first")),
            Message::Move(by) => {
                let last = self.recent().len().saturating_sub(1);
                let next = self.current.map_or(0, |current| current.saturating_add_signed(by));
                self.current = (!self.recent().is_empty()).then_some(next.min(last));
                Action::None
            }
            Message::Open => match self.current.and_then(|current| self.recent().get(current)) {
                Some(document) => Action::Go(Place::Document(document.number)),
                None => Action::None,
            },
        }
    }

    fn recent(&self) -> &[DocumentRow] {
        let recent = self.day.get().map_or(&[][..], |day| &day.recent);
        &recent[..recent.len().min(LINES)]
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, _modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        match key.as_ref() {
            Key::Named(Named::ArrowDown) => Some(Message::Move(1)),
            Key::Named(Named::ArrowUp) => Some(Message::Move(-1)),
            Key::Named(Named::Enter) if self.current.is_some() => Some(Message::Open),
            _ => None,
        }
    }

    /// Draws it.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        let words = &shared.words;
        let lists = self.day.show(shared, |day| column![self.waiting(day, shared), self.done(shared)].spacing(space::S).into());
        let body = frame::body([self.jobs(shared), lists]);
        let side = self.day.get().map(|day| side(day, shared));
        let mut keys = vec![
            (String::from("F3–F10"), words.plain("key-does-jobs")),
            (words.plain("key-up-down"), words.plain("key-does-choose")),
        ];
        if shared.may_decide() {
            keys.push((String::from(Act::Approvals.cap()), words.plain("key-does-approvals")));
        }
        keys.push((String::from(Act::Shift.cap()), words.plain("key-does-to-shift")));
        Parts { body, side, over: None, keys }
    }

    fn jobs<'a>(&self, shared: &'a Shared) -> Element<'a, Message> {
        let job = |sign, word, act, message| job_card(sign, shared.words.plain(word), act, message);
        let first = options::side_by_side([
            job(Icon::UserPlus, "home-sign-up", Act::SignUp, Message::Go(Place::SignUp)),
            job(Icon::RefreshCw, "home-renew", Act::Renew, Message::MemberFirst),
            job(Icon::Undo2, "home-refund", Act::Refund, Message::BillFirst),
        ]);
        let second = options::side_by_side([
            job(Icon::Tag, "home-price-fix", Act::PriceFix, Message::BillFirst),
            job(Icon::HeartHandshake, "home-goodwill", Act::Goodwill, Message::BillFirst),
            job(Icon::CreditCard, "home-due", Act::Due, Message::Go(Place::Due)),
        ]);
        column![caption(shared.words.plain("home-jobs")), first, second].spacing(space::S).into()
    }

    fn waiting<'a>(&self, day: &'a HomeView, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        if day.due.is_empty() {
            let nothing =
                empty_line(Icon::CircleCheck, words.plain("home-nothing-waits"), words.plain("home-nothing-waits-next"));
            return card::titled_card(words.plain("home-waiting"), None, nothing);
        }
        let columns = [left(Length::Fill), left(size::COLUMN_WIDE), right(size::COLUMN)];
        let last = day.due.len().min(LINES) - 1;
        let lines = day.due.iter().take(LINES).enumerate().map(|(index, due)| {
            let what = words.say(
                "home-due-line",
                &[("number", Arg::text(due.document.to_string())), ("card", Arg::text(card_tail(due.card.as_ref())))],
            );
            let state = if due.failed {
                chip(Verdict::Refused, words.plain("payout-failed"))
            } else {
                chip(Verdict::Ask, words.plain("home-due-reference"))
            };
            let cells = vec![body(what).into(), state, amount(words.formats().money(due.amount), true)];
            let mark = Mark { is_last: index == last, ..Mark::default() };
            rows::line(format!("due {index}"), &columns, cells, mark, Some(Message::Go(Place::Due)))
        });
        let count = words.say("home-due-count", &[("count", Arg::count(day.due.len()))]);
        card::titled_card(words.plain("home-waiting"), Some(count), column(lines))
    }

    fn done<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let recent = self.recent();
        if recent.is_empty() {
            let nothing = empty_line(Icon::ScanBarcode, words.plain("home-nothing-done"), words.plain("home-nothing-done-next"));
            return card::titled_card(words.plain("home-done"), None, nothing);
        }
        let lines = recent.iter().enumerate().map(|(index, document)| {
            let mark = Mark {
                is_current: self.current == Some(index),
                is_last: index + 1 == recent.len(),
                is_ticked: self.current == Some(index),
            };
            let open = Message::Go(Place::Document(document.number));
            rows::line(format!("document {index}"), &document_columns(), document_cells(document, shared), mark, Some(open))
        });
        card::titled_card(words.plain("home-done"), None, column(lines))
    }
}

/// The columns of posted documents: number, job, day and time, amount.
pub(super) fn document_columns() -> [Column; 4] {
    [left(size::COLUMN_MONEY), left(Length::Fill), left(size::COLUMN_WHEN), right(size::COLUMN_MONEY)]
}

/// A posted document in them.
pub(super) fn document_cells<'a, Message: 'a>(document: &DocumentRow, shared: &Shared) -> Vec<Element<'a, Message>> {
    let words = &shared.words;
    let when = document.at.local().map(|at| words.formats().date_time(at)).unwrap_or_default();
    let voided = document.voided.then(|| chip(Verdict::Quiet, words.plain("document-voided")));
    let what = row![strong(words.named(&document.job))].push(voided).spacing(space::XS).align_y(Alignment::Center);
    vec![
        body(document.number.to_string()).tone(Tone::Muted).into(),
        what.into(),
        body(when).tone(Tone::Muted).into(),
        amount(moved(document.total, shared), false),
    ]
}

/// The money that a document moved; which way, its job says.
pub(super) fn moved(total: Money, shared: &Shared) -> String {
    let figure = if total.is_negative() { total.negated().unwrap_or(total) } else { total };
    if figure.is_zero() { String::from("–") } else { shared.words.formats().money(figure) }
}

/// The last four digits of a card behind two dots.
pub(super) fn card_tail(card: Option<&CardTrace>) -> String {
    let digits = card.and_then(|card| card.last_four.as_deref()).unwrap_or("····");
    format!("··{digits}")
}

fn job_card<'a>(sign: Icon, word: String, act: Act, message: Message) -> Element<'a, Message> {
    let head = row![icon(sign, size::ICON_RAIL).tone(Tone::Accent), container(key_cap(act.cap())).align_right(Length::Fill)]
        .align_y(Alignment::Center);
    options::choosable(column![head, strong(word)].spacing(space::S), false, Some(message)).into()
}

fn side<'a>(day: &'a HomeView, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let count = |job: Job| day.done.iter().find(|(done, _)| *done == job).map_or(0, |(_, count)| *count).to_string();
    let tile = |word: &str, figure: String| container(stat(words.plain(word), figure)).width(Length::FillPortion(1));
    let pair = |one, two| row![one, two].spacing(space::S);
    let tiles = column![
        caption(words.plain("home-today")),
        pair(tile("home-sign-ups", count(Job::SignUp)), tile("home-renewals", count(Job::Renew))),
        pair(tile("home-refunds", count(Job::Refund)), tile("home-corrections", count(Job::CorrectPrice))),
        stat(words.plain("home-given-back"), words.formats().money(day.given_back)),
    ]
    .spacing(space::S);
    let history = button::secondary(words.plain("home-history"), Some(Act::History.cap()), Some(Message::Go(Place::History)));
    frame::side(tiles, history)
}
