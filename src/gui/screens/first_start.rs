//! The first start: what kind of shop this is, how it is called, where and in what money it trades, and its first manager. At
//! the end the recovery code is shown, once.

mod view;

use crate::desk::{Answer, FirstPerson, Opening, Pin, RecoveryCode, Shop, Worker};
use crate::domain::money::Currency;
use crate::domain::preset;
use crate::domain::say::Saying;
use crate::gui::opening::Books;
use crate::text::{Language, Words};
use iced::Task;
use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// A field that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The shop's name.
    ShopName,
    /// Its address.
    Address,
    /// The code of its currency.
    Currency,
    /// Its time zone.
    Zone,
    /// When its day ends.
    DayEnds,
    /// The first manager's name.
    Manager,
    /// The PIN.
    Pin,
    /// The PIN again.
    Again,
}

/// The fields in the order in which they are kept.
const FIELDS: [Field; 8] =
    [Field::ShopName, Field::Address, Field::Currency, Field::Zone, Field::DayEnds, Field::Manager, Field::Pin, Field::Again];

impl Field {
    fn id(self) -> Id {
        Id::from(format!("first start {self:?}"))
    }

    fn at(self) -> usize {
        FIELDS.iter().position(|field| *field == self).unwrap_or(0)
    }
}

/// Where one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Trade,
    Shop,
    Manager,
    Code,
}

/// The screen.
#[derive(Debug)]
pub struct FirstStart {
    step: Step,
    preset: usize,
    language: Language,
    typed: [String; FIELDS.len()],
    wrong: Option<(Field, Saying)>,
    failed: Option<Saying>,
    is_busy: bool,
    made: Option<(Worker, RecoveryCode)>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// This kind of shop.
    Preset(usize),
    /// This language.
    Speaks(Language),
    /// A field changed.
    Typed(Field, String),
    /// On to the next step.
    Next,
    /// Back to the step before.
    Back,
    /// Up or down the kinds of shop.
    Move(isize),
    /// The shop was made, or not.
    Made(Answer<(Worker, RecoveryCode)>),
}

/// What the root must do.
#[derive(Debug, Clone)]
pub enum Action {
    /// Nothing.
    None,
    /// Put the focus into a field.
    Focus(Id),
    /// Say everything in this language.
    Speak(Language),
    /// Make the shop.
    SetUp(Arc<Opening>),
    /// Go on to the sign-in.
    Enter(Worker),
}

/// Makes the shop on the desk's own thread.
pub fn set_up(books: &Books, opening: Arc<Opening>) -> Task<Message> {
    Task::perform(books.set_up(opening), Message::Made)
}

impl FirstStart {
    /// The first step, with what this computer suggests.
    #[must_use]
    pub fn new(words: &Words) -> Self {
        let zone = TimeZone::system().iana_name().unwrap_or("Europe/Helsinki").to_owned();
        let mut typed: [String; FIELDS.len()] = Default::default();
        typed[Field::Currency.at()] = String::from("EUR");
        typed[Field::Zone.at()] = zone;
        typed[Field::DayEnds.at()] = String::from("04:00");
        Self {
            step: Step::Trade,
            preset: 0,
            language: words.language(),
            typed,
            wrong: None,
            failed: None,
            is_busy: false,
            made: None,
        }
    }

    fn text(&self, field: Field) -> &str {
        self.typed.get(field.at()).map_or("", String::as_str)
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, words: &Words) -> Action {
        match message {
            Message::Preset(index) => self.preset = index.min(preset::ALL.len() - 1),
            Message::Move(by) => self.preset = self.preset.saturating_add_signed(by).min(preset::ALL.len() - 1),
            Message::Speaks(language) => {
                self.language = language;
                return Action::Speak(language);
            }
            Message::Typed(field, text) => {
                self.wrong = None;
                self.failed = None;
                if let Some(typed) = self.typed.get_mut(field.at()) {
                    *typed = text;
                }
            }
            Message::Next if !self.is_busy => return self.next(words),
            Message::Next => {}
            Message::Back if !self.is_busy => {
                self.wrong = None;
                self.step = if self.step == Step::Manager { Step::Shop } else { Step::Trade };
            }
            Message::Back => {}
            Message::Made(Ok(made)) => {
                self.is_busy = false;
                self.made = Some(made);
                self.step = Step::Code;
            }
            Message::Made(Err(error)) => {
                self.is_busy = false;
                self.failed = Some(error.saying());
            }
        }
        Action::None
    }

    fn next(&mut self, words: &Words) -> Action {
        match self.step {
            Step::Trade => {
                self.step = Step::Shop;
                Action::Focus(Field::ShopName.id())
            }
            Step::Shop => {
                self.wrong = self.check_shop();
                match &self.wrong {
                    Some((field, _)) => Action::Focus(field.id()),
                    None => {
                        self.step = Step::Manager;
                        Action::Focus(Field::Manager.id())
                    }
                }
            }
            Step::Manager => self.finish(words),
            Step::Code => self.made.take().map_or(Action::None, |(worker, _)| Action::Enter(worker)),
        }
    }

    fn check_shop(&self) -> Option<(Field, Saying)> {
        let wrong = |field, id: &str| Some((field, Saying::new(id)));
        if self.text(Field::ShopName).trim().is_empty() {
            return wrong(Field::ShopName, "fault-missing");
        }
        if self.currency().is_none() {
            return wrong(Field::Currency, "fault-currency");
        }
        if TimeZone::get(self.text(Field::Zone).trim()).is_err() {
            return wrong(Field::Zone, "fault-zone");
        }
        if self.day_ends_at().is_none() {
            return wrong(Field::DayEnds, "fault-time");
        }
        None
    }

    fn currency(&self) -> Option<Currency> {
        self.text(Field::Currency).trim().to_ascii_uppercase().parse().ok()
    }

    fn day_ends_at(&self) -> Option<Time> {
        let (hour, minute) = self.text(Field::DayEnds).trim().split_once([':', '.'])?;
        Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
    }

    fn finish(&mut self, _words: &Words) -> Action {
        self.wrong = self.check_manager();
        if let Some((field, _)) = &self.wrong {
            return Action::Focus(field.id());
        }
        let (Some(currency), Some(day_ends_at), Some(preset)) =
            (self.currency(), self.day_ends_at(), preset::ALL.get(self.preset))
        else {
            self.step = Step::Shop;
            return Action::None;
        };
        self.is_busy = true;
        let shop = Shop {
            name: self.text(Field::ShopName).trim().to_owned(),
            address: self.text(Field::Address).trim().to_owned(),
            currency,
            zone: self.text(Field::Zone).trim().to_owned(),
            day_ends_at,
            language: self.language.code().to_owned(),
            replay: false,
        };
        let manager = FirstPerson { name: self.text(Field::Manager).trim().to_owned(), pin: Pin::new(self.text(Field::Pin)) };
        Action::SetUp(Arc::new(Opening { shop, policy: preset.text.to_owned(), manager }))
    }

    fn check_manager(&self) -> Option<(Field, Saying)> {
        if self.text(Field::Manager).trim().is_empty() {
            return Some((Field::Manager, Saying::new("fault-missing")));
        }
        if let Err(error) = Pin::new(self.text(Field::Pin)).check() {
            return Some((Field::Pin, error.saying()));
        }
        (self.text(Field::Pin) != self.text(Field::Again)).then(|| (Field::Again, Saying::new("fault-pins-differ")))
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, _modifiers: Modifiers) -> Option<Message> {
        match key.as_ref() {
            Key::Named(Named::Enter) => Some(Message::Next),
            Key::Named(Named::Escape) if matches!(self.step, Step::Shop | Step::Manager) => Some(Message::Back),
            Key::Named(Named::ArrowDown) if self.step == Step::Trade => Some(Message::Move(1)),
            Key::Named(Named::ArrowUp) if self.step == Step::Trade => Some(Message::Move(-1)),
            _ => None,
        }
    }
}
