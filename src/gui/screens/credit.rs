//! A store credit: what is left on it, and turning it into a payment. Scanning its slip leads here, and Enter pays with all of
//! it; digits make it less.

use crate::desk::{Answer, Worker};
use crate::domain::credit::Credit as Balance;
use crate::domain::ids::CreditCode;
use crate::domain::request::{RedeemCredit, Request};
use crate::gui::draft::{self, Draft};
use crate::gui::keys::{self, Act};
use crate::gui::late::Late;
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::theme::space;
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
    /// The draft's work.
    Draft(draft::Effect),
}

impl Effect {
    /// Does it.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read(code) => Task::perform(worker.ask(move |desk| desk.credit(code)), Message::Read),
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
            Message::Go(place) => Action::Go(place),
            Message::Draft(message) => self.draft.update(message, shared).act_or(Effect::Draft, || {
                self.typed.clear();
                Action::Run(vec![Effect::Read(self.code)])
            }),
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
        self.draft.ask(request, shared).act(Effect::Draft)
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
        self.draft.key(key, modifiers, Message::Draft, || match key.as_ref() {
            _ if keys::act(key, modifiers) == Some(Act::Aside) => Some(Message::Draft(draft::Message::Leave)),
            _ if modifiers.command() || modifiers.alt() => None,
            Key::Named(Named::Enter) => Some(Message::Draft(draft::Message::Enter)),
            Key::Named(Named::Backspace) => Some(Message::Erase),
            Key::Character("m" | "M") => self.member().map(Message::Go),
            Key::Character("d" | "D") => Some(Message::Go(Place::Document(self.code.0))),
            Key::Character(text) if text.chars().all(|c| c.is_ascii_digit() || ".,-".contains(c)) => {
                Some(Message::Type(text.to_owned()))
            }
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
        let about = self.credit.show(shared, |credit| self.about(credit, shared));
        let heading = title(words.say("credit-title", &[("code", Arg::text(self.code.to_string()))]));
        let buttons = [draft::Message::Enter, draft::Message::Leave].map(Message::Draft);
        let side = self.draft.side(shared, None, buttons);
        let over = draft::card(&self.draft, shared, Message::Draft);
        let body = frame::body([draft::headed(heading.into(), &self.draft, shared), about]);
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
        let pays = || (words.plain("key-enter"), words.plain("key-does-use-credit"));
        vec![self.draft.own_key(words).unwrap_or_else(pays), (String::from("D"), words.plain("credit-to-document"))]
    }
}
