//! A store credit: what is left on it, and turning it into a payment. Scanning its slip leads here, and Enter pays with all of
//! it; digits make it less.

use crate::desk::{Answer, Worker};
use crate::domain::credit::Credit as Balance;
use crate::domain::ids::{CreditCode, DocumentNumber};
use crate::domain::request::{RedeemCredit, Request};
use crate::domain::say::Saying;
use crate::gui::draft::{self, Button, Draft, Stage};
use crate::gui::keys::{self, Act};
use crate::gui::late::Late;
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::words::{body, strong, title};
use crate::gui::widgets::{Element, button, card, field::field, frame, rows};
use crate::text::Arg;
use iced::Task;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, row};

/// The screen.
#[derive(Debug)]
pub struct Credit {
    code: CreditCode,
    credit: Late<Balance>,
    /// How much, as typed; nothing: all of it.
    typed: String,
    /// Why what was typed cannot be taken.
    slip: Option<String>,
    draft: Draft,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The credit was read.
    Read(Answer<Balance>),
    /// The field changed.
    Typed(String),
    /// Types a digit or a mark.
    Type(String),
    /// Takes the last letter back.
    Erase,
    /// Does what the primary button says.
    Enter,
    /// Puts aside, or goes back.
    Aside,
    /// Prints what was posted again.
    Again,
    /// It is printed again, or not.
    Printed(Answer<()>),
    /// To the member, or to the document that issued it.
    Go(Place),
    /// Happens to the draft.
    Draft(draft::Message),
}

/// Its outside work.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Reads the credit.
    Read(CreditCode),
    /// Prints a document again.
    Reprint(DocumentNumber),
    /// The draft's work.
    Draft(draft::Effect),
}

impl Effect {
    /// Does it.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read(code) => Task::perform(worker.ask(move |desk| desk.credit(code)), Message::Read),
            Self::Reprint(number) => Task::perform(worker.ask(move |desk| desk.reprint(number)), Message::Printed),
            Self::Draft(effect) => effect.perform(worker).map(Message::Draft),
        }
    }
}

impl Credit {
    /// Opens the screen.
    #[must_use]
    pub fn open(code: CreditCode) -> (Self, Action<Effect>) {
        let screen = Self { code, credit: Late::Waiting, typed: String::new(), slip: None, draft: Draft::new() };
        (screen, Action::Run(vec![Effect::Read(code)]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Read(answer) => {
                self.credit = answer.into();
                if self.draft.done().is_some() { Action::None } else { self.ask(shared) }
            }
            Message::Typed(text) => self.put(text, shared),
            Message::Type(text) => self.put(format!("{}{text}", self.typed), shared),
            Message::Erase => {
                let mut text = self.typed.clone();
                text.pop();
                self.put(text, shared)
            }
            Message::Enter if self.draft.done().is_some() => Action::Go(Place::Home),
            Message::Enter => {
                let then = self.draft.update(draft::Message::Enter, shared);
                self.then(then)
            }
            Message::Aside if self.draft.is_busy() => Action::None,
            Message::Aside => Action::Go(Place::Home),
            Message::Again => {
                self.draft.done().map_or(Action::None, |done| Action::Run(vec![Effect::Reprint(done.posted.document.number)]))
            }
            Message::Printed(Ok(())) => Action::Notice(Tone::Allowed, Saying::new("notice-printed-again")),
            Message::Printed(Err(error)) => Action::Notice(Tone::Refused, error.saying()),
            Message::Go(place) => Action::Go(place),
            Message::Draft(message) => {
                let then = self.draft.update(message, shared);
                self.then(then)
            }
        }
    }

    fn then(&mut self, then: draft::Then) -> Action<Effect> {
        match then {
            draft::Then::Nothing => Action::None,
            draft::Then::Run(effect) => Action::Run(vec![Effect::Draft(effect)]),
            draft::Then::Posted(_) => {
                self.typed.clear();
                Action::Run(vec![Effect::Read(self.code)])
            }
        }
    }

    fn put(&mut self, text: String, shared: &Shared) -> Action<Effect> {
        if self.draft.is_held() || self.draft.done().is_some() {
            return Action::None;
        }
        self.typed = text;
        self.ask(shared)
    }

    /// Asks what paying with it would do; nothing where nothing is left.
    fn ask(&mut self, shared: &Shared) -> Action<Effect> {
        self.slip = None;
        let request = match self.amount(shared) {
            Ok(amount) => {
                let is_left = self.credit.get().is_some_and(|credit| credit.balance.is_positive());
                is_left.then_some(Request::RedeemCredit(RedeemCredit { credit: self.code, amount }))
            }
            Err(slip) => {
                self.slip = Some(slip);
                None
            }
        };
        if request.as_ref() == self.draft.request() {
            return Action::None;
        }
        let then = self.draft.ask(request, shared);
        self.then(then)
    }

    fn amount(&self, shared: &Shared) -> Result<Option<crate::domain::money::Money>, String> {
        let text = self.typed.trim_end_matches(['.', ',']);
        if text.is_empty() {
            return Ok(None);
        }
        let read = shared.words.formats().read_money(text, shared.currency);
        read.map(Some).map_err(|error| error.say(&shared.words))
    }

    fn member(&self) -> Option<Place> {
        self.credit.get()?.member.map(Place::Member)
    }

    /// What a key does that no field took.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        if let Some(approval) = self.draft.approving() {
            return approval.key(key, modifiers).map(draft::Message::Approval).map(Message::Draft);
        }
        if keys::act(key) == Some(Act::Aside) {
            return Some(Message::Aside);
        }
        match key.as_ref() {
            _ if modifiers.command() || modifiers.alt() => None,
            Key::Named(Named::Enter) => Some(Message::Enter),
            Key::Named(Named::Backspace) => Some(Message::Erase),
            Key::Character("m" | "M") => self.member().map(Message::Go),
            Key::Character("d" | "D") => Some(Message::Go(Place::Document(self.code.0))),
            Key::Character("p" | "P") if self.draft.done().is_some() => Some(Message::Again),
            Key::Character(text) if text.chars().all(|c| c.is_ascii_digit() || ".,-".contains(c)) => {
                Some(Message::Type(text.to_owned()))
            }
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
        let words = &shared.words;
        let about = self.credit.show(shared, |credit| self.about(credit, shared));
        let heading = title(words.say("credit-title", &[("code", Arg::text(self.code.to_string()))])).into();
        let (word, is_on) = self.draft.primary(words, None);
        let is_idle = *self.draft.stage() == Stage::Empty || self.draft.done().is_some();
        let back = if is_idle { words.plain("button-back") } else { words.plain("button-put-aside") };
        let back = Button::new(back, (!self.draft.is_busy()).then_some(Message::Aside));
        let side = draft::side(&self.draft, shared, Button::new(word, is_on.then_some(Message::Enter)), back);
        let over = draft::card(&self.draft, shared).map(|card| card.map(Message::Draft));
        let body = frame::body([Some(heading), draft::say(&self.draft, shared), Some(about)].into_iter().flatten());
        Parts { body, side: Some(side), over, keys: self.keys(shared) }
    }

    fn about<'a>(&'a self, credit: &'a Balance, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let kind = match (credit.promotional, credit.member) {
            (true, _) => words.plain("credit-promotional"),
            (false, Some(_)) => words.plain("credit-own"),
            (false, None) => words.plain("credit-bearer"),
        };
        let facts = column![
            rows::fact(words.plain("credit-left"), strong(words.formats().money(credit.balance)), true),
            rows::fact(words.plain("credit-kind"), body(kind), false),
        ];
        let member = self
            .member()
            .map(|place| button::secondary_inline(words.plain("document-to-member"), Some("M"), Some(Message::Go(place))).into());
        let document = Some(Message::Go(Place::Document(self.code.0)));
        let document = button::secondary_inline(words.plain("credit-to-document"), Some("D"), document).into();
        let ways: Vec<Element<'a, Message>> = member.into_iter().chain([document]).collect();
        let is_left = credit.balance.is_positive() && self.draft.done().is_none();
        let amount = is_left.then(|| {
            let input = field(words.plain("field-amount-or-all"), "", &self.typed).on_input(Message::Typed).right();
            card::card(Element::from(input.wrong(self.slip.clone())))
        });
        column![card::bare_card(facts)].push(amount).push(row(ways).spacing(space::S)).spacing(space::M).into()
    }

    fn keys(&self, shared: &Shared) -> Vec<(String, String)> {
        let words = &shared.words;
        let mut keys = vec![(words.plain("key-enter"), words.plain("key-does-use-credit"))];
        if self.draft.done().is_some() {
            keys = vec![(String::from("P"), words.plain("key-does-print"))];
        }
        keys.push((String::from("D"), words.plain("credit-to-document")));
        keys.push((String::from(Act::AllKeys.cap()), words.plain("key-does-all-keys")));
        keys
    }
}
