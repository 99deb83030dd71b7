//! A bill: what of it comes back, which price is put right, which apology is given, and to which tender.
//!
//! Digits go to what the way is about without any field being clicked: how many of the line, its right price, how much
//! goodwill. Every change asks the desk anew, so that the side always shows what a press of Enter would do.

mod typing;
mod view;
mod wish;

use std::collections::BTreeMap;
use std::sync::Arc;

use iced::Task;
use iced::keyboard::{Key, Modifiers, key::Named};

use crate::desk::{Answer, BillView, LineView, Worker};
use crate::domain::ids::{BillId, MemberId};
use crate::domain::money::Quantity;
use crate::domain::say::Saying;
use crate::gui::draft::{self, Draft, Stage};
use crate::gui::keys::{self, Act};
use crate::gui::note::{self, NoteField};
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::widgets::focus;

/// A way to put it right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Goods come back.
    Refund,
    /// A price was wrong.
    PriceFix,
    /// An apology.
    Goodwill,
}

/// The screen.
#[derive(Debug)]
pub struct Bill {
    id: BillId,
    bill: Result<Option<Box<BillView>>, Saying>,
    ticket: u64,
    current: usize,
    way: Way,
    /// How many of which line come back.
    picks: BTreeMap<u32, Quantity>,
    /// What is typed for a line: how many come back, or its right price.
    typed: BTreeMap<u32, String>,
    /// Whether the next digit begins the line's figure anew.
    is_fresh: bool,
    /// The right prices as typed.
    prices: BTreeMap<u32, String>,
    /// How much goodwill, as typed.
    sorry: String,
    is_percent: bool,
    /// Whether money goes to store credit instead of the tender it came from.
    to_credit: bool,
    /// Place of the reason in the shop's list.
    reason: usize,
    /// Place of the condition in the shop's list.
    condition: usize,
    /// Why what was typed cannot be taken.
    slip: Option<String>,
    note: NoteField,
    draft: Draft,
}

/// What happens on it.
#[derive(Debug, Clone)]
pub enum Message {
    /// The bill came.
    Loaded(u64, Answer<Arc<BillView>>),
    /// Moves the frame.
    Move(isize),
    /// Ticks a line, or clears it; the frame goes there.
    Tick(usize),
    /// Ticks the line in the frame, or clears it.
    TickCurrent,
    /// One more or one less of the line in the frame comes back.
    Step(i64),
    /// Types a digit or a mark.
    Type(String),
    /// Takes the last letter back.
    Erase,
    /// The field of the way changed.
    Typed(String),
    /// Chooses a way.
    Way(Way),
    /// Percentage or amount.
    Measure,
    /// To the tender it came from, or to store credit.
    Tender,
    /// The next reason.
    Reason,
    /// The next condition.
    Condition,
    /// Happens to the note.
    Note(note::Message),
    /// Does what the primary button says.
    Enter,
    /// Puts aside, or goes back.
    Aside,
    /// Goes to the member.
    Member(MemberId),
    /// Renews the member's membership.
    Renew(MemberId),
    /// Happens to the draft.
    Draft(draft::Message),
}

/// Its outside work.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads the bill.
    Load(u64, BillId),
    /// Brings a line into view.
    Reveal(usize),
    /// The note's work.
    Note(note::Effect),
    /// The draft's work.
    Draft(draft::Effect),
}

impl Effect {
    /// Does it.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Load(ticket, id) => {
                let answer = worker.ask(move |desk| desk.bill(id).map(Arc::new));
                Task::perform(answer, move |answer| Message::Loaded(ticket, answer))
            }
            Self::Reveal(index) => focus::reveal(view::line_id(index)),
            Self::Note(effect) => effect.perform().map(Message::Note),
            Self::Draft(effect) => effect.perform(worker).map(Message::Draft),
        }
    }
}

impl Bill {
    /// Opens the screen.
    #[must_use]
    pub fn open(id: BillId) -> (Self, Action<Effect>) {
        let screen = Self {
            id,
            bill: Ok(None),
            ticket: 0,
            current: 0,
            way: Way::Refund,
            picks: BTreeMap::new(),
            typed: BTreeMap::new(),
            is_fresh: true,
            prices: BTreeMap::new(),
            sorry: String::new(),
            is_percent: true,
            to_credit: false,
            reason: 0,
            condition: 0,
            slip: None,
            note: NoteField::default(),
            draft: Draft::new(),
        };
        (screen, Action::Run(vec![Effect::Load(0, id)]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Loaded(ticket, answer) => self.loaded(ticket, answer, shared),
            Message::Draft(message) => self.draft.update(message, shared).act_or(Effect::Draft, || self.posted()),
            Message::Aside => self.aside(shared),
            Message::Member(id) => Action::Go(Place::Member(id)),
            Message::Renew(id) => Action::Go(Place::Renew(id)),
            Message::Enter => self.enter(shared),
            Message::Move(by) => self.go(self.current.saturating_add_signed(by)),
            _ if self.draft.is_held() => Action::None,
            change => {
                let moved = self.change(change, shared);
                let asked = self.ask(shared);
                Action::All(vec![moved, asked])
            }
        }
    }

    fn loaded(&mut self, ticket: u64, answer: Answer<Arc<BillView>>, shared: &Shared) -> Action<Effect> {
        if ticket != self.ticket {
            return Action::None;
        }
        self.bill = match answer {
            Ok(bill) => Ok(Some(Box::new(Arc::unwrap_or_clone(bill)))),
            Err(error) => Err(error.saying()),
        };
        // What was ticked before counts from what is left now.
        if self.is_unfinished() { self.ask(shared) } else { Action::None }
    }

    /// Whether something is ticked or typed, or on its way, that is not booked.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.draft.done().is_none() && (self.draft.is_held() || !self.is_idle())
    }

    fn is_idle(&self) -> bool {
        let is_asked = !self.picks.is_empty() || !self.prices.is_empty() || !self.sorry.is_empty();
        !is_asked && self.slip.is_none() && self.note.is_empty()
    }

    /// Comes back to it as it was left, and reads what is so now.
    pub fn resume(&mut self, shared: &Shared) -> Action<Effect> {
        self.ticket += 1;
        let asked = self.draft.ask_again(shared).act(Effect::Draft);
        Action::All(vec![Action::Run(vec![Effect::Load(self.ticket, self.id)]), asked])
    }

    /// What a document changed is read anew.
    fn posted(&mut self) -> Action<Effect> {
        self.clear();
        self.ticket += 1;
        Action::Run(vec![Effect::Load(self.ticket, self.id)])
    }

    fn clear(&mut self) {
        self.picks.clear();
        self.typed.clear();
        self.prices.clear();
        self.sorry.clear();
        self.slip = None;
        self.note = NoteField::default();
        self.is_fresh = true;
    }

    fn lines(&self) -> &[LineView] {
        self.bill.as_ref().ok().and_then(Option::as_ref).map_or(&[], |bill| &bill.lines)
    }

    fn line(&self) -> Option<&LineView> {
        self.lines().get(self.current)
    }

    fn go(&mut self, index: usize) -> Action<Effect> {
        self.current = index.min(self.lines().len().saturating_sub(1));
        self.is_fresh = true;
        Action::Run(vec![Effect::Reveal(self.current)])
    }

    /// What changes what is asked.
    fn change(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Tick(index) => {
                let went = self.go(index);
                self.tick();
                return went;
            }
            Message::TickCurrent => self.tick(),
            Message::Step(by) => self.step(by),
            Message::Type(text) => self.type_in(&text, shared),
            Message::Typed(text) => self.put(text, shared),
            Message::Erase => {
                let mut text = self.figure();
                text.pop();
                self.put(text, shared);
            }
            Message::Way(way) => {
                self.way = way;
                self.slip = None;
                self.is_fresh = true;
                self.reason = 0;
            }
            Message::Measure => self.is_percent = !self.is_percent,
            Message::Tender => self.to_credit = !self.to_credit,
            Message::Reason => self.reason = next(self.reason, self.reasons(shared).len()),
            Message::Note(message) => {
                return Action::Run(self.note.update(message).into_iter().map(Effect::Note).collect());
            }
            Message::Condition => self.condition = next(self.condition, shared.policy.returns.conditions.len()),
            _ => {}
        }
        Action::None
    }

    /// Enter takes everything that may come back when nothing is asked yet; else it does what the button says.
    fn enter(&mut self, shared: &Shared) -> Action<Effect> {
        let is_through = self.draft.done().is_some();
        if let Some(line) = self.slipped(shared).filter(|_| !is_through && !self.draft.is_held()) {
            return self.go(line);
        }
        if self.may_take_all() {
            self.take_all();
            return self.ask(shared);
        }
        self.draft.update(draft::Message::Enter, shared).act(Effect::Draft)
    }

    /// Whether nothing is asked yet, so that everything may be: what is typed is always about something.
    fn may_take_all(&self) -> bool {
        let is_typed = self.typed.values().any(|text| !text.is_empty());
        *self.draft.stage() == Stage::Empty && self.way == Way::Refund && self.slip.is_none() && !is_typed
    }

    fn aside(&mut self, shared: &Shared) -> Action<Effect> {
        if self.draft.is_busy() {
            return Action::None;
        }
        if self.is_idle() || self.draft.is_lost() || self.draft.done().is_some() {
            return Action::Go(Place::Home);
        }
        self.clear();
        self.ask(shared)
    }

    /// What a key does that no field took.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        self.draft.key(key, modifiers, Message::Draft, || self.own_key(key, modifiers))
    }

    fn own_key(&self, key: &Key, modifiers: Modifiers) -> Option<Message> {
        if let Some(act) = keys::act(key, modifiers) {
            return match act {
                Act::Refund => Some(Message::Way(Way::Refund)),
                Act::PriceFix => Some(Message::Way(Way::PriceFix)),
                Act::Goodwill => Some(Message::Way(Way::Goodwill)),
                Act::Renew => self.member().map(Message::Renew),
                Act::Aside => Some(Message::Aside),
                _ => None,
            };
        }
        if modifiers.command() || modifiers.alt() {
            return None;
        }
        match key.as_ref() {
            Key::Named(Named::ArrowDown) => Some(Message::Move(1)),
            Key::Named(Named::ArrowUp) => Some(Message::Move(-1)),
            Key::Named(Named::Space) => Some(Message::TickCurrent),
            Key::Named(Named::Backspace) => Some(Message::Erase),
            Key::Named(Named::Enter) => Some(Message::Enter),
            Key::Character("+") => Some(Message::Step(1)),
            Key::Character("-") if self.way == Way::Refund => Some(Message::Step(-1)),
            Key::Character("%") => Some(Message::Measure),
            Key::Character(text) => self.letter(text),
            _ => None,
        }
    }

    fn letter(&self, text: &str) -> Option<Message> {
        // What is below nothing is typed too, and then refused: a sign that goes missing would be money.
        let is_figure = text.chars().all(|c| c.is_ascii_digit() || ".,-".contains(c));
        match text.to_lowercase().as_str() {
            _ if is_figure => Some(Message::Type(text.to_owned())),
            "r" => Some(Message::Reason),
            "k" => Some(Message::Condition),
            "t" => Some(Message::Tender),
            "n" => Some(Message::Note(note::Message::Open)),
            "m" => self.member().map(Message::Member),
            _ => None,
        }
    }

    fn member(&self) -> Option<MemberId> {
        self.bill.as_ref().ok()?.as_ref()?.member.as_ref().map(|member| member.id)
    }

    /// What is in the making.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Draws it.
    #[must_use]
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        view::view(self, shared)
    }
}

/// The place after one in a list, from the last to the first.
fn next(place: usize, length: usize) -> usize {
    if place + 1 < length { place + 1 } else { 0 }
}
