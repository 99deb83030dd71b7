//! The desk's shift: opening and closing it, which seals what was posted; the desk's key; and a manager's word that the books were
//! restored on purpose. What is chosen is quoted like any other job, and Enter posts it.

use crate::desk::{Answer, Desk, ShiftView, Worker};
use crate::domain::ids::DocumentNumber;
use crate::domain::request::{CloseShift, OpenShift, ReAnchor, Request, RotateKey};
use crate::gui::draft::{self, Draft};
use crate::gui::keys::{self, Act};
use crate::gui::late::Late;
use crate::gui::shared::{Action, Parts, Shared};
use crate::gui::theme::space;
use crate::gui::widgets::options::choice_line;
use crate::gui::widgets::words::{help, strong, title};
use crate::gui::widgets::{Element, card, field::field, frame, rows};
use crate::text::Arg;
use iced::Task;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::column;

/// The field of the reason.
const REASON: &str = "reason";

/// What can be done about the desk itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Opens the shift, or closes the one that is open.
    Shift,
    /// The desk signs with a new key.
    Key,
    /// The books were restored on purpose.
    Restored,
}

/// The screen.
#[derive(Debug)]
pub struct Shift {
    stands: Late<ShiftView>,
    chosen: Choice,
    /// Why the books were restored.
    reason: String,
    draft: Draft,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// It was read how the desk stands.
    Read(Answer<ShiftView>),
    /// Something else is to be done.
    Choose(Choice),
    /// The reason changed.
    Typed(String),
    /// Happens to the draft.
    Draft(draft::Message),
}

/// Its outside work.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads how the desk stands.
    Read,
    /// The draft's work.
    Draft(draft::Effect),
    /// Puts the focus into the field of the reason.
    Focus,
}

impl Effect {
    /// Does it.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read => Task::perform(worker.ask(Desk::shift), Message::Read),
            Self::Draft(effect) => effect.perform(worker).map(Message::Draft),
            Self::Focus => iced::widget::operation::focus(REASON),
        }
    }
}

impl Shift {
    /// Opens the screen.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        let screen = Self { stands: Late::Waiting, chosen: Choice::Shift, reason: String::new(), draft: Draft::new() };
        (screen, Action::Run(vec![Effect::Read]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Read(answer) => {
                self.stands = answer.into();
                if self.draft.done().is_some() {
                    return Action::None;
                }
                if self.may_confirm() {
                    self.chosen = Choice::Restored;
                    return Action::All(vec![self.ask(shared), Action::Run(vec![Effect::Focus])]);
                }
                self.ask(shared)
            }
            Message::Choose(choice) if self.draft.is_held() || !self.choices().contains(&choice) => Action::None,
            Message::Choose(choice) => {
                self.chosen = choice;
                self.ask(shared)
            }
            Message::Typed(text) if !self.draft.is_held() && self.draft.done().is_none() => {
                self.reason = text;
                self.ask(shared)
            }
            Message::Typed(_) => Action::None,
            Message::Draft(message) => {
                self.draft.update(message, shared).act_or(Effect::Draft, || Action::Run(vec![Effect::Read]))
            }
        }
    }

    /// Asks what the choice would do.
    fn ask(&mut self, shared: &Shared) -> Action<Effect> {
        self.draft.ask(self.request(), shared).act(Effect::Draft)
    }

    fn request(&self) -> Option<Request> {
        let stands = self.stands.get()?;
        match self.chosen {
            Choice::Shift if stands.opened.is_some() => Some(Request::CloseShift(CloseShift {})),
            Choice::Shift => Some(Request::OpenShift(OpenShift {})),
            Choice::Key => Some(Request::RotateKey(RotateKey {})),
            Choice::Restored => {
                let reason = self.reason.trim().to_owned();
                (!reason.is_empty()).then_some(Request::ReAnchor(ReAnchor { reason }))
            }
        }
    }

    fn may_confirm(&self) -> bool {
        self.stands.get().is_some_and(|stands| stands.may_confirm)
    }

    fn choices(&self) -> Vec<Choice> {
        if self.may_confirm() { vec![Choice::Restored] } else { vec![Choice::Shift, Choice::Key] }
    }

    /// What a key does that no field took.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        self.draft.key(key, modifiers, Message::Draft, || match key.as_ref() {
            _ if keys::act(key, modifiers) == Some(Act::Aside) => Some(Message::Draft(draft::Message::Leave)),
            _ if modifiers.command() || modifiers.alt() => None,
            Key::Named(Named::Enter) => Some(Message::Draft(draft::Message::Enter)),
            Key::Character("s" | "S") => Some(Message::Choose(Choice::Shift)),
            Key::Character("k" | "K") => Some(Message::Choose(Choice::Key)),
            _ => None,
        })
    }

    /// What is in the making.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Draws it.
    #[must_use]
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        let words = &shared.words;
        let about = self.stands.show(shared, |stands| self.about(stands, shared));
        let heading = column![title(words.plain("shift-title")), help(words.plain("shift-about"))].spacing(space::XXS);
        let buttons = [draft::Message::Enter, draft::Message::Leave].map(Message::Draft);
        let side = self.draft.side(shared, None, buttons);
        let over = draft::card(&self.draft, shared, Message::Draft);
        let body = frame::body([draft::headed(heading.into(), &self.draft, shared), about]);
        Parts { body, side: Some(side), over, keys: self.keys(shared) }
    }

    fn about<'a>(&'a self, stands: &'a ShiftView, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let at = |(number, at): &(DocumentNumber, crate::domain::calendar::Moment)| {
            let time = at.local().map_or_else(|_| String::new(), |at| words.formats().date_time(at));
            words.say("shift-document-at", &[("number", Arg::text(number.to_string())), ("time", Arg::text(time))])
        };
        let opened = stands.opened.as_ref().map_or_else(|| words.plain("shift-none"), at);
        let sealed = stands.sealed.as_ref().map_or_else(|| words.plain("shift-never-sealed"), at);
        let unsealed = words.formats().count(i64::try_from(stands.unsealed).unwrap_or(i64::MAX));
        let key = stands.key.as_ref().map_or_else(
            || words.plain("shift-no-key"),
            |(no, public)| words.say("shift-key-of", &[("no", Arg::count(*no as usize)), ("public", Arg::text(public.as_str()))]),
        );
        let facts = column![
            rows::fact(words.plain("shift-open-since"), strong(opened), true),
            rows::fact(words.plain("shift-sealed"), strong(sealed), false),
            rows::fact(words.plain("shift-unsealed"), strong(unsealed), false),
            rows::fact(words.plain("shift-key"), strong(key), false),
        ];
        let reason = (self.chosen == Choice::Restored && self.draft.done().is_none()).then(|| {
            let input = field(words.plain("shift-why-restored"), "", &self.reason).id(REASON).on_input(Message::Typed);
            card::card(Element::from(input.note(Some(words.plain("shift-why-restored-note")))))
        });
        let done = self.draft.done().is_some();
        let choices = self.choices().into_iter().filter(|_| !done).map(|choice| self.choice(choice, stands, shared));
        column![card::bare_card(facts), column(choices).spacing(space::XS)].push(reason).spacing(space::M).into()
    }

    fn choice<'a>(&self, choice: Choice, stands: &ShiftView, shared: &'a Shared) -> Element<'a, Message> {
        let (word, key) = match choice {
            Choice::Shift if stands.opened.is_some() => ("shift-close", Some("S")),
            Choice::Shift => ("shift-open", Some("S")),
            Choice::Key => ("shift-new-key", Some("K")),
            Choice::Restored => ("shift-restored", None),
        };
        let press = (!self.draft.is_held()).then_some(Message::Choose(choice));
        choice_line(shared.words.plain(word), key.map(str::to_owned), self.chosen == choice, press).into()
    }

    fn keys(&self, shared: &Shared) -> Vec<(String, String)> {
        let words = &shared.words;
        let mut keys = Vec::from_iter(self.draft.own_key(words));
        if self.draft.done().is_none() && !self.may_confirm() {
            keys.push((String::from("S"), words.plain("key-does-shift")));
            keys.push((String::from("K"), words.plain("key-does-new-key")));
        }
        keys
    }
}
