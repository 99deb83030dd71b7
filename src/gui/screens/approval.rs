//! A second person's word on the clerk's screen: why it is asked, who gives it, and their PIN. The clerk stays signed in.

use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length};
use zeroize::Zeroizing;

use crate::desk::Pin;
use crate::domain::calendar::days_between;
use crate::domain::document::Quote;
use crate::domain::ids::StaffNo;
use crate::domain::ruling::Ruling;
use crate::domain::say::Saying;
use crate::domain::staff::{Role, Staff};
use crate::gui::draft::{Figure, Shown};
use crate::gui::keys::{self, Act};
use crate::gui::shared::Shared;
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::words::{Toned, body, caption, help, strong, title};
use crate::gui::widgets::{Element, button, card, modal, money::money, options, pin_dots::pin_dots, rows};
use crate::text::Arg;

/// Digits that a PIN has at least.
pub(super) const PIN_DIGITS: usize = 6;
/// Digits that are taken; more is a slip of the hand.
const MOST_DIGITS: usize = 12;

/// The card.
#[derive(Clone, PartialEq)]
pub struct Approval {
    people: Vec<Staff>,
    chosen: usize,
    pin: Zeroizing<String>,
    wrong: Option<Saying>,
    is_checking: bool,
    /// Whether it waits at other desks as well.
    waits: bool,
}

/// A PIN never reaches a log.
impl std::fmt::Debug for Approval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Approval").field("chosen", &self.chosen).field("digits", &self.pin.len()).finish_non_exhaustive()
    }
}

/// What happens on the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Chooses who approves.
    Choose(usize),
    /// Goes to the next or the previous person.
    Move(isize),
    /// Types a digit.
    Digit(char),
    /// Takes the last digit back.
    Erase,
    /// Gives the word.
    Approve,
    /// Lets it wait for somebody at another desk.
    Wait,
    /// Closes the card; what was asked stays.
    Refuse,
}

/// What the card asks of the draft.
#[derive(Debug, PartialEq)]
pub enum Then {
    /// Nothing.
    Nothing,
    /// The card goes.
    Close,
    /// It shall wait at other desks.
    Wait,
    /// A person's PIN is to be proved.
    Prove(StaffNo, Pin),
}

impl Approval {
    /// A card for what asks for a role: everybody who has it or a higher one, but not the clerk, unless the shop has one
    /// person only and its policy says that they may.
    #[must_use]
    pub fn new(role: Role, shared: &Shared) -> Self {
        let may = |person: &&Staff| person.active && person.role.may_approve(role);
        let others = shared.people.iter().filter(|person| person.no != shared.clerk.no);
        let mut people: Vec<Staff> = others.clone().filter(may).cloned().collect();
        let is_alone = !others.clone().any(|person| person.active && person.role.may_approve(person.role));
        if shared.policy.approvals.own && is_alone && may(&&shared.clerk) {
            people.push(shared.clerk.clone());
        }
        people.sort_by_key(|person| (person.role, person.no));
        Self { people, chosen: 0, pin: Zeroizing::default(), wrong: None, is_checking: false, waits: false }
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message) -> Then {
        if self.is_checking {
            return Then::Nothing;
        }
        match message {
            Message::Choose(index) => self.choose(index),
            Message::Move(by) => self.choose(self.chosen.saturating_add_signed(by)),
            Message::Digit(digit) => {
                self.wrong = None;
                if self.pin.len() < MOST_DIGITS {
                    self.pin.push(digit);
                }
            }
            Message::Erase => drop(self.pin.pop()),
            Message::Refuse => return Then::Close,
            Message::Wait if self.waits => {}
            Message::Wait => {
                self.wrong = None;
                return Then::Wait;
            }
            Message::Approve => {
                if let Some(person) = self.ready() {
                    let no = person.no;
                    self.is_checking = true;
                    return Then::Prove(no, Pin::new(self.pin.as_str()));
                }
            }
        }
        Then::Nothing
    }

    /// Whether it waits at other desks.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.waits
    }

    /// It waits at other desks now; or not, and why.
    pub fn wait(&mut self, why_not: Option<Saying>) {
        self.waits = why_not.is_none();
        self.wrong = why_not;
    }

    fn choose(&mut self, index: usize) {
        let index = index.min(self.people.len().saturating_sub(1));
        if index != self.chosen {
            self.chosen = index;
            self.pin = Zeroizing::default();
            self.wrong = None;
        }
    }

    fn ready(&self) -> Option<&Staff> {
        self.people.get(self.chosen).filter(|_| self.pin.len() >= PIN_DIGITS)
    }

    /// The PIN was wrong, or the person may not: says so, and asks for the PIN again.
    pub fn wrong(&mut self, saying: Saying) {
        self.pin = Zeroizing::default();
        self.wrong = Some(saying);
        self.is_checking = false;
    }

    /// What a key does.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers) -> Option<Message> {
        match keys::act(key, modifiers) {
            Some(Act::Refuse | Act::Aside) => return Some(Message::Refuse),
            Some(_) => return None,
            None => {}
        }
        match key.as_ref() {
            Key::Named(Named::ArrowDown) => Some(Message::Move(1)),
            Key::Named(Named::ArrowUp) => Some(Message::Move(-1)),
            Key::Named(Named::Backspace) => Some(Message::Erase),
            Key::Named(Named::Enter) => Some(Message::Approve),
            Key::Character("w" | "W") => Some(Message::Wait),
            Key::Character(text) => {
                let digit = text.chars().next().filter(char::is_ascii_digit)?;
                let place = digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
                if modifiers.alt() {
                    place.and_then(|place| place.checked_sub(1)).map(Message::Choose)
                } else {
                    Some(Message::Digit(digit))
                }
            }
            _ => None,
        }
    }

    /// Draws the card over what is asked.
    pub fn view<'a>(&'a self, shown: &'a Shown, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let minutes = Arg::Count(shared.policy.approvals.minutes);
        let head = row![
            container(title(words.plain("approval-title"))).width(Length::Fill),
            body(words.say("approval-only-this", &[("minutes", minutes)])).tone(Tone::Muted)
        ]
        .align_y(Alignment::Center);
        let columns = row![
            container(facts(shown, shared)).width(Length::FillPortion(3)),
            container(self.who(shared)).width(Length::FillPortion(2))
        ]
        .spacing(space::XL);
        let approve = self.ready().filter(|_| !self.is_checking).map(|_| Message::Approve);
        let word = if self.is_checking { words.plain("button-checking") } else { words.plain("button-approve") };
        let wait = words.plain(if self.waits { "approval-waits" } else { "button-ask-elsewhere" });
        let wait = button::secondary_inline(wait, Some("W"), (!self.waits).then_some(Message::Wait)).id("wait");
        let foot = row![
            button::danger_inline(words.plain("button-refuse"), Some(Act::Refuse.cap()), Some(Message::Refuse)).id("refuse"),
        ]
        .push(shown.quoted.quote.job.may_wait().then_some(wait))
        .push(gap().width(Length::Fill))
        .push(button::primary_inline(word, Some("Enter"), approve).id("approve"))
        .spacing(space::S);
        modal::dialog(column![head, columns, foot].spacing(space::XL), size::DIALOG)
    }

    fn who<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        if self.people.is_empty() {
            return column![caption(words.plain("approval-who")), body(words.plain("approval-nobody"))].spacing(space::XS).into();
        }
        let people = self.people.iter().enumerate().map(|(index, person)| {
            let name = Arg::text(person.name.as_str());
            let line = words.say("approval-person", &[("name", name), ("role", Arg::named(&person.role))]);
            options::choice_line(line, None, index == self.chosen, Some(Message::Choose(index))).into()
        });
        let below = match &self.wrong {
            Some(saying) => help(format!("×\u{a0}{}", words.saying(saying))).tone(Tone::Refused),
            None => help(words.plain("approval-pin-help")),
        };
        column![caption(words.plain("approval-who"))]
            .extend(people)
            .push(caption(words.plain("field-pin")))
            .push(pin_dots(self.pin.len(), PIN_DIGITS, self.wrong.is_some()))
            .push(below)
            .spacing(space::XS)
            .into()
    }
}

/// What a person must know before giving their word.
fn facts<'a>(shown: &'a Shown, shared: &'a Shared) -> Element<'a, Message> {
    let words = &shared.words;
    let (Figure::Back(amount) | Figure::Pay(amount)) = shown.figure;
    let figure = money(words.named(&shown.quoted.quote.job), words.formats().money(amount));
    column![figure, why(shown, shared)].spacing(space::S).into()
}

/// Why a second person is asked, and what it is about.
pub(super) fn why<'a, M: 'a>(shown: &'a Shown, shared: &'a Shared) -> Element<'a, M> {
    let words = &shared.words;
    let quote = &shown.quoted.quote;
    let mut facts: Vec<(String, String)> = Vec::new();
    if let Some(bill) = quote.subject.bills.first() {
        let age = i64::from(days_between(bill.date, shared.today));
        let number = Arg::text(bill.number.as_str());
        facts.push((
            words.plain("approval-bill"),
            words.say("approval-bill-age", &[("number", number), ("age", Arg::Count(age))]),
        ));
    }
    for payout in &quote.payouts {
        facts.push((words.named(&payout.tender), words.formats().money(payout.amount)));
    }
    if let Some(together) = together(quote) {
        facts.push((words.plain("approval-together"), words.formats().money(together)));
    }
    if let Some(reason) = &quote.reason {
        facts.push((words.plain("fact-reason"), shared.text(reason).to_owned()));
    }
    let lines = facts.into_iter().enumerate().map(|(index, (name, fact))| rows::fact(name, body(fact), index == 0));
    let why = quote.rulings.iter().filter(|ruling| ruling.outcome.asks().is_some());
    let why = why.map(|ruling| strong(shared.ruling(ruling)).tone(Tone::Ask).into());
    column![caption(words.plain("approval-why")), column(why).spacing(space::XXS), card::bare_card(column(lines)),]
        .spacing(space::S)
        .into()
}

/// What counts together with this request by the limit that asked.
fn together(quote: &Quote) -> Option<crate::domain::money::Money> {
    let asks = quote.rulings.iter().filter(|ruling: &&Ruling| ruling.outcome.asks().is_some());
    asks.flat_map(|ruling| &ruling.say.args).find_map(|(name, value)| match value {
        crate::domain::say::Value::Money(money) if name == "amount" => Some(*money),
        _ => None,
    })
}
