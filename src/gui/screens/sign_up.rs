//! A person becomes a member: a level, the person's data, a household, how the fee is paid.
//!
//! Every letter asks the desk anew; what is wrong with a field is said only once the field was left or Enter was pressed.

mod view;

use std::collections::BTreeSet;

use iced::Task;
use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};
use uuid::Uuid;

use crate::desk::Worker;
use crate::domain::ids::{CardNumber, MemberId};
use crate::domain::member::Person;
use crate::domain::note::Salt;
use crate::domain::request::{Request, SignUp as Asked};
use crate::domain::ruling::Outcome;
use crate::domain::say::Saying;
use crate::gui::draft::{self, Draft};
use crate::gui::keys::{self, Act};
use crate::gui::pay::{self, Pay};
use crate::gui::shared::{Action, Parts, Place, Shared};
use crate::gui::theme::Tone;

/// A field of the form, in the order of Tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Given names.
    Given,
    /// Family name.
    Family,
    /// Day of birth.
    Born,
    /// Telephone.
    Phone,
    /// E-mail address.
    Email,
    /// Postal address.
    Address,
    /// Card of a member whose household is joined.
    Household,
}

impl Field {
    const ALL: [Self; 7] = [Self::Given, Self::Family, Self::Born, Self::Phone, Self::Email, Self::Address, Self::Household];

    /// The rule whose ruling is about this field.
    fn rule(self) -> Option<&'static str> {
        match self {
            Self::Given => Some("field-given"),
            Self::Family => Some("field-family"),
            Self::Born => Some("field-born"),
            Self::Phone => Some("field-phone"),
            Self::Email => Some("field-email"),
            Self::Household => Some("household"),
            Self::Address => None,
        }
    }

    /// The name by which it is focused.
    fn id(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Family => "family",
            Self::Born => "born",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
            Self::Household => "household",
        }
    }
}

/// The screen.
#[derive(Debug)]
pub struct SignUp {
    /// The id that the member will have, and what keeps sums over the person from being guessed.
    named: Option<(MemberId, Salt)>,
    plan: usize,
    person: Person,
    born: String,
    household: String,
    pay: Pay,
    /// Where letters went last.
    here: Option<Field>,
    /// Fields that were left.
    left: BTreeSet<Field>,
    /// Whether the form was asked to be put aside, and said that it would be lost.
    is_leaving: bool,
    draft: Draft,
}

/// What happens on it.
#[derive(Debug, Clone)]
pub enum Message {
    /// The window made the id that the member will have.
    Named(MemberId, Salt),
    /// A field changed.
    Typed(Field, String),
    /// Chooses a plan.
    Plan(usize),
    /// Goes to the next or the previous plan.
    MovePlan(isize),
    /// Happens to how it is paid.
    Pay(pay::Message),
    /// Does what the primary button says.
    Enter,
    /// Goes back.
    Aside,
    /// Happens to the draft.
    Draft(draft::Message),
}

/// Its outside work.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Makes the id that the member will have.
    Name,
    /// Puts the focus into a field.
    Focus(Field),
    /// Puts the focus into the field beside the tender.
    FocusPay,
    /// The draft's work.
    Draft(draft::Effect),
}

impl Effect {
    /// Does it.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Name => {
                let salt = Salt::of(Uuid::new_v4());
                salt.map_or_else(Task::none, |salt| Task::done(Message::Named(MemberId(Uuid::new_v4()), salt)))
            }
            Self::Focus(field) => iced::widget::operation::focus(field.id()),
            Self::FocusPay => iced::widget::operation::focus(pay::FIELD),
            Self::Draft(effect) => effect.perform(worker).map(Message::Draft),
        }
    }
}

impl SignUp {
    /// Opens the form.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        let screen = Self {
            named: None,
            plan: 0,
            person: Person::default(),
            born: String::new(),
            household: String::new(),
            pay: Pay::default(),
            here: None,
            left: BTreeSet::new(),
            is_leaving: false,
            draft: Draft::new(),
        };
        (screen, Action::Run(vec![Effect::Name, Effect::Focus(Field::Given)]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        let was_leaving = self.is_leaving;
        self.is_leaving &= matches!(message, Message::Draft(_) | Message::Named(..));
        match message {
            Message::Draft(message) => self.draft.update(message, shared).act(Effect::Draft),
            Message::Aside if self.draft.is_busy() => Action::None,
            Message::Aside if self.is_unfinished() && !was_leaving && !self.draft.is_lost() => {
                self.is_leaving = true;
                Action::Notice(Tone::Ask, Saying::new("sign-up-aside-again"))
            }
            Message::Aside => Action::Go(Place::Home),
            Message::Enter => self.enter(shared),
            Message::Named(member, salt) => {
                self.named = Some((member, salt));
                self.ask(shared)
            }
            _ if self.draft.is_held() || self.draft.done().is_some() => Action::None,
            Message::Plan(plan) => self.choose(plan, shared),
            Message::MovePlan(by) => self.choose(self.plan.saturating_add_signed(by), shared),
            Message::Typed(field, text) => {
                self.typed(field, text, shared);
                self.ask(shared)
            }
            Message::Pay(message) => {
                let is_other = !matches!(message, pay::Message::Typed(_));
                self.pay.update(message);
                let asked = self.ask(shared);
                if is_other && self.pay.typed().is_some() {
                    return Action::All(vec![Action::Run(vec![Effect::FocusPay]), asked]);
                }
                asked
            }
        }
    }

    /// Whether something is filled in, or on its way, that is not booked.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        let is_filled = Field::ALL.into_iter().any(|field| !self.value(field).trim().is_empty());
        self.draft.done().is_none() && (self.draft.is_held() || is_filled)
    }

    /// Comes back to it as it was left, and reads what is so now.
    pub fn resume(&mut self, shared: &Shared) -> Action<Effect> {
        self.is_leaving = false;
        self.draft.ask_again(shared).act(Effect::Draft)
    }

    fn choose(&mut self, plan: usize, shared: &Shared) -> Action<Effect> {
        self.plan = plan.min(shared.plans.len().saturating_sub(1));
        self.ask(shared)
    }

    fn typed(&mut self, field: Field, text: String, shared: &Shared) {
        if let Some(before) = self.here.filter(|before| *before != field) {
            self.left.insert(before);
        }
        self.here = Some(field);
        match field {
            Field::Given => self.person.given = text,
            Field::Family => self.person.family = text,
            Field::Phone => self.person.phone = text,
            Field::Email => self.person.email = text,
            Field::Address => self.person.address = text,
            Field::Household => self.household = text,
            Field::Born => {
                self.person.born = shared.words.formats().read_date(&text).ok();
                self.born = text;
            }
        }
    }

    /// What stands in a field.
    fn value(&self, field: Field) -> &str {
        match field {
            Field::Given => &self.person.given,
            Field::Family => &self.person.family,
            Field::Born => &self.born,
            Field::Phone => &self.person.phone,
            Field::Email => &self.person.email,
            Field::Address => &self.person.address,
            Field::Household => &self.household,
        }
    }

    /// What is wrong with a field, left or not.
    fn fault(&self, field: Field, shared: &Shared) -> Option<String> {
        let text = self.value(field).trim();
        if field == Field::Born && !text.is_empty() && self.person.born.is_none() {
            return shared.words.formats().read_date(text).err().map(|error| error.say(&shared.words));
        }
        if field == Field::Household && !text.is_empty() && text.parse::<CardNumber>().is_err() {
            return Some(shared.words.plain("fault-not-a-card"));
        }
        let rule = field.rule()?;
        let rulings = self.draft.quote()?.rulings.iter();
        let wrong = rulings.filter(|ruling| ruling.rule == rule && ruling.outcome == Outcome::Refused);
        wrong.map(|ruling| shared.ruling(ruling)).next()
    }

    /// What to say under a field now.
    fn said(&self, field: Field, shared: &Shared) -> Option<String> {
        self.fault(field, shared).filter(|_| self.left.contains(&field))
    }

    /// The first field that cannot stand as it is.
    fn first_fault(&self, shared: &Shared) -> Option<Field> {
        Field::ALL.into_iter().find(|field| self.fault(*field, shared).is_some())
    }

    fn ask(&mut self, shared: &Shared) -> Action<Effect> {
        let request = self.request(shared);
        if request.is_none() { Action::None } else { self.draft.ask(request, shared).act(Effect::Draft) }
    }

    fn request(&self, shared: &Shared) -> Option<Request> {
        let plan = shared.plans.get(self.plan)?;
        let joins = self.household.trim().parse::<CardNumber>().ok();
        let pay = (joins.is_none() && !plan.fee.is_zero()).then(|| self.pay.pay_in());
        let ((member, salt), person, plan) = (self.named?, self.person.clone(), plan.code.clone());
        Some(Request::SignUp(Asked { member, person, salt, plan, pay, joins }))
    }

    /// Enter shows what is wrong and goes there; when nothing is, it does what the button says.
    fn enter(&mut self, shared: &Shared) -> Action<Effect> {
        if let Some(done) = self.draft.done() {
            return done.posted.document.quote.subject.member.map_or(Action::Go(Place::Home), |id| Action::Go(Place::Member(id)));
        }
        if !self.draft.is_held() {
            self.left.extend(Field::ALL);
            if let Some(field) = self.first_fault(shared) {
                return Action::Run(vec![Effect::Focus(field)]);
            }
            if self.pay.typed().is_some_and(str::is_empty) && self.household.trim().is_empty() {
                return Action::Run(vec![Effect::FocusPay]);
            }
        }
        self.draft.update(draft::Message::Enter, shared).act(Effect::Draft)
    }

    /// What a scan is for a field that asks for a code: the household's card, or what belongs to the tender.
    #[must_use]
    pub fn scanned(&self, field: &Id, code: &str) -> Option<Message> {
        if *field == Id::new(Field::Household.id()) {
            return Some(Message::Typed(Field::Household, code.to_owned()));
        }
        self.pay.scanned(field, code).map(Message::Pay)
    }

    /// What a key does that no field took.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        self.draft.key(key, modifiers, Message::Draft, || match key.as_ref() {
            _ if keys::act(key, modifiers) == Some(Act::Aside) => Some(Message::Aside),
            Key::Named(Named::ArrowDown) => Some(Message::Pay(pay::Message::Move(1))),
            Key::Named(Named::ArrowUp) => Some(Message::Pay(pay::Message::Move(-1))),
            Key::Named(Named::PageDown) => Some(Message::MovePlan(1)),
            Key::Named(Named::PageUp) => Some(Message::MovePlan(-1)),
            Key::Named(Named::Enter) => Some(Message::Enter),
            Key::Character(text) if modifiers.alt() => {
                let place: usize = text.parse().ok()?;
                place.checked_sub(1).map(Message::Plan)
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
        view::view(self, shared)
    }
}
