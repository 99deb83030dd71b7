//! A member: how the membership stands, what was bought, which credits are left, what was posted; and what the counter does
//! for a member without a bill: renewing, saying sorry.

mod erasure;
mod panel;
mod view;

use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;
use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};

use crate::desk::{Answer, MemberView, Worker};
use crate::domain::ids::MemberId;
use crate::domain::say::Saying;
use crate::domain::staff::Role;
use crate::gui::draft::{self, Draft};
use crate::gui::keys::{self, Act};
use crate::gui::note::{self, NoteField};
use crate::gui::pay::{self};
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::theme::Tone;
use crate::gui::widgets::focus;

pub use panel::Panel;

/// The screen.
#[derive(Debug)]
pub struct Member {
    id: MemberId,
    member: Result<Option<Box<MemberView>>, Saying>,
    ticket: u64,
    current: usize,
    panel: Panel,
    /// Why what was typed cannot be taken.
    slip: Option<String>,
    note: NoteField,
    draft: Draft,
}

/// What happens on it.
#[derive(Debug, Clone)]
pub enum Message {
    /// The member came.
    Loaded(u64, Answer<Arc<MemberView>>),
    /// Moves the frame in the list.
    Move(isize),
    /// Opens what a line of the list names.
    Open(usize),
    /// Opens the renewal panel.
    Renew,
    /// Chooses a plan.
    Plan(usize),
    /// Goes to the next or the previous plan.
    MovePlan(isize),
    /// Happens to how it is paid.
    Pay(pay::Message),
    /// Opens the goodwill panel.
    Goodwill,
    /// Asks whether the person shall be erased, and says what that would do.
    Forget,
    /// Writes all that is known of the person into a file.
    HandOut,
    /// It is written, or not.
    HandedOut(Answer<PathBuf>),
    /// The next reason.
    Reason,
    /// Happens to the note.
    Note(note::Message),
    /// The field of the panel changed.
    Typed(String),
    /// Types a digit or a mark.
    Type(String),
    /// Takes the last letter back.
    Erase,
    /// Does what the primary button says.
    Enter,
    /// Puts aside, or goes back.
    Aside,
    /// Happens to the draft.
    Draft(draft::Message),
}

/// Its outside work.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads the member.
    Load(u64, MemberId),
    /// Brings a line into view.
    Reveal(usize),
    /// Puts the focus into the field beside the tender.
    FocusPay,
    /// Puts the focus on the button that keeps the person.
    FocusKeep,
    /// Writes all that is known of the person into a file.
    HandOut(MemberId),
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
                let answer = worker.ask(move |desk| desk.member(id).map(Arc::new));
                Task::perform(answer, move |answer| Message::Loaded(ticket, answer))
            }
            Self::Reveal(index) => focus::reveal(view::line_id(index)),
            Self::FocusPay => iced::widget::operation::focus(pay::FIELD),
            Self::FocusKeep => iced::widget::operation::focus(erasure::KEEP),
            Self::HandOut(id) => Task::perform(worker.ask(move |desk| desk.hand_out_person(id)), Message::HandedOut),
            Self::Note(effect) => effect.perform().map(Message::Note),
            Self::Draft(effect) => effect.perform(worker).map(Message::Draft),
        }
    }
}

/// What a line of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Credit(usize),
    Bill(usize),
    Document(usize),
}

impl Member {
    /// Opens the screen.
    #[must_use]
    pub fn open(id: MemberId) -> (Self, Action<Effect>) {
        let screen = Self {
            id,
            member: Ok(None),
            ticket: 0,
            current: 0,
            panel: Panel::Overview,
            slip: None,
            note: NoteField::default(),
            draft: Draft::new(),
        };
        (screen, Action::Run(vec![Effect::Load(0, id)]))
    }

    /// Opens the screen to renew the membership.
    #[must_use]
    pub fn renewing(id: MemberId) -> (Self, Action<Effect>) {
        let (mut screen, action) = Self::open(id);
        screen.panel = Panel::renewal();
        (screen, action)
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Loaded(ticket, answer) if ticket == self.ticket => {
                self.member = match answer {
                    Ok(member) => Ok(Some(Box::new(Arc::unwrap_or_clone(member)))),
                    Err(error) => Err(error.saying()),
                };
                if self.panel == Panel::Overview { Action::None } else { self.ask(shared) }
            }
            Message::Loaded(..) => Action::None,
            Message::Draft(message) => self.draft.update(message, shared).act_or(Effect::Draft, || self.posted()),
            Message::Move(by) => {
                self.current = self.current.saturating_add_signed(by).min(self.rows().len().saturating_sub(1));
                Action::Run(vec![Effect::Reveal(self.current)])
            }
            Message::Enter => self.enter(shared),
            Message::Aside => self.aside(shared),
            Message::HandedOut(Ok(path)) => {
                let said = Saying::new("member-handed-out").with("path", path.display().to_string());
                Action::Notice(Tone::Accent, said)
            }
            Message::HandedOut(Err(error)) => Action::Notice(Tone::Refused, error.saying()),
            _ if self.draft.is_held() => Action::None,
            Message::Open(index) => self.open_row(index),
            Message::Renew => self.show(Panel::renewal(), shared),
            Message::Goodwill => self.show(Panel::Goodwill { typed: String::new(), reason: 0 }, shared),
            Message::Forget if self.may_forget(shared) => {
                let asked = self.show(Panel::Forget, shared);
                Action::All(vec![asked, Action::Run(vec![Effect::FocusKeep])])
            }
            Message::HandOut if self.may_forget(shared) => Action::Run(vec![Effect::HandOut(self.id)]),
            Message::Forget | Message::HandOut => Action::None,
            Message::Note(message) => {
                let effects = self.note.update(message).into_iter().map(Effect::Note).collect();
                Action::All(vec![Action::Run(effects), self.ask(shared)])
            }
            change => self.change(change, shared),
        }
    }

    /// What a document changed is read anew.
    fn posted(&mut self) -> Action<Effect> {
        self.panel = Panel::Overview;
        self.slip = None;
        self.note = NoteField::default();
        self.ticket += 1;
        Action::Run(vec![Effect::Load(self.ticket, self.id)])
    }

    /// Whether a renewal or an apology is in the making, or on its way, that is not booked.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        let is_made = match &self.panel {
            Panel::Overview | Panel::Forget => false,
            Panel::Renew { .. } => true,
            Panel::Goodwill { typed, .. } => !typed.is_empty() || !self.note.is_empty(),
        };
        self.draft.done().is_none() && (self.draft.is_held() || is_made)
    }

    /// Comes back to it as it was left, and reads what is so now.
    pub fn resume(&mut self, shared: &Shared) -> Action<Effect> {
        self.ticket += 1;
        let asked = self.draft.ask_again(shared).act(Effect::Draft);
        Action::All(vec![Action::Run(vec![Effect::Load(self.ticket, self.id)]), asked])
    }

    /// Whether whoever stands here may erase the person or hand out what is known of them, and there is one.
    fn may_forget(&self, shared: &Shared) -> bool {
        let is_known = self.loaded().is_some_and(|view| view.member.person.is_some());
        is_known && self.panel == Panel::Overview && shared.clerk.role >= Role::Manager
    }

    fn loaded(&self) -> Option<&MemberView> {
        self.member.as_ref().ok()?.as_deref()
    }

    /// The lines of the lists, from the top down.
    fn rows(&self) -> Vec<Row> {
        let Some(member) = self.loaded() else { return Vec::new() };
        let credits = (0..member.credits.len()).map(Row::Credit);
        let bills = (0..member.bills.len()).map(Row::Bill);
        credits.chain(bills).chain((0..member.documents.len()).map(Row::Document)).collect()
    }

    fn open_row(&mut self, index: usize) -> Action<Effect> {
        self.current = index;
        let (Some(member), Some(row)) = (self.loaded(), self.rows().get(index).copied()) else { return Action::None };
        match row {
            Row::Bill(at) => member.bills.get(at).map_or(Action::None, |bill| Action::Go(Place::Bill(bill.id))),
            Row::Document(at) => {
                member.documents.get(at).map_or(Action::None, |document| Action::Go(Place::Document(document.number)))
            }
            Row::Credit(at) => member.credits.get(at).map_or(Action::None, |credit| Action::Go(Place::Credit(credit.code))),
        }
    }

    fn show(&mut self, panel: Panel, shared: &Shared) -> Action<Effect> {
        self.panel = panel;
        self.slip = None;
        self.note = NoteField::default();
        self.ask(shared)
    }

    fn ask(&mut self, shared: &Shared) -> Action<Effect> {
        let request = self.request(shared);
        self.draft.ask(request, shared).act(Effect::Draft)
    }

    fn enter(&mut self, shared: &Shared) -> Action<Effect> {
        if self.panel == Panel::Overview && self.draft.done().is_none() {
            return self.open_row(self.current);
        }
        self.draft.update(draft::Message::Enter, shared).act(Effect::Draft)
    }

    fn aside(&mut self, shared: &Shared) -> Action<Effect> {
        if self.draft.is_busy() {
            return Action::None;
        }
        if self.panel == Panel::Overview || self.draft.is_lost() {
            return Action::Go(Place::Home);
        }
        self.show(Panel::Overview, shared)
    }

    /// What a scan is for the field beside the tender of a renewal.
    #[must_use]
    pub fn scanned(&self, field: &Id, code: &str) -> Option<Message> {
        match &self.panel {
            Panel::Renew { pay, .. } => pay.scanned(field, code).map(Message::Pay),
            Panel::Overview | Panel::Forget | Panel::Goodwill { .. } => None,
        }
    }

    /// What a key does that no field took.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers, shared: &Shared) -> Option<Message> {
        self.draft.key(key, modifiers, Message::Draft, || self.own_key(key, modifiers, shared))
    }

    fn own_key(&self, key: &Key, modifiers: Modifiers, shared: &Shared) -> Option<Message> {
        if self.panel == Panel::Forget {
            return erasure::key(key);
        }
        if let Some(act) = keys::act(key, modifiers) {
            return match act {
                Act::Renew => Some(Message::Renew),
                Act::Goodwill => Some(Message::Goodwill),
                Act::Aside => Some(Message::Aside),
                _ => None,
            };
        }
        if modifiers.command() || modifiers.alt() {
            return None;
        }
        let is_renewal = matches!(self.panel, Panel::Renew { .. });
        let by = |by| if is_renewal { Message::Pay(pay::Message::Move(by)) } else { Message::Move(by) };
        match key.as_ref() {
            Key::Named(Named::ArrowDown) => Some(by(1)),
            Key::Named(Named::ArrowUp) => Some(by(-1)),
            Key::Named(Named::PageDown) if is_renewal => Some(Message::MovePlan(1)),
            Key::Named(Named::PageUp) if is_renewal => Some(Message::MovePlan(-1)),
            Key::Named(Named::Backspace) => Some(Message::Erase),
            Key::Named(Named::Enter) => Some(Message::Enter),
            Key::Named(Named::Delete) if self.may_forget(shared) => Some(Message::Forget),
            Key::Character(text) => self.letter(text),
            _ => None,
        }
    }

    fn letter(&self, text: &str) -> Option<Message> {
        // What is below nothing is typed too, and then refused: a sign that goes missing would be money.
        let is_figure = text.chars().all(|c| c.is_ascii_digit() || ".,-".contains(c));
        match text.to_lowercase().as_str() {
            _ if is_figure && !matches!(self.panel, Panel::Overview | Panel::Forget) => Some(Message::Type(text.to_owned())),
            "r" if matches!(self.panel, Panel::Goodwill { .. }) => Some(Message::Reason),
            "n" if matches!(self.panel, Panel::Goodwill { .. }) => Some(Message::Note(note::Message::Open)),
            "x" => Some(Message::HandOut),
            _ => None,
        }
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

/// Place of the member's plan in the shop's list.
fn plan_now(member: &MemberView, shared: &Shared) -> Option<usize> {
    let plan = member.plan.as_ref()?;
    shared.plans.iter().position(|offered| offered.code == plan.code)
}
