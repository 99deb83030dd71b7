//! What every screen is lent, and what a screen may ask of the window. Only the window changes screens.

use std::sync::Arc;

use jiff::civil::Date;

use super::theme::{Look, Tone};
use crate::domain::ids::{BillId, CreditCode, DeskNo, DocumentNumber, MemberId, RequestId};
use crate::domain::membership::Plan;
use crate::domain::money::Currency;
use crate::domain::policy::Policy;
use crate::domain::request::{Envelope, Request};
use crate::domain::ruling::Ruling;
use crate::domain::say::Saying;
use crate::domain::spoken::Dictionary;
use crate::domain::staff::{Role, Staff};
use crate::text::Words;

/// What every screen is lent while it updates and draws.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Words in the clerk's language and the shop's form.
    pub words: Words,
    /// The look of the window.
    pub look: Look,
    /// Who is signed in.
    pub clerk: Staff,
    /// Everybody who may sign in or approve.
    pub people: Vec<Staff>,
    /// This desk.
    pub desk: DeskNo,
    /// The shop's name.
    pub shop_name: String,
    /// The shop's currency.
    pub currency: Currency,
    /// The business day.
    pub today: Date,
    /// The rules in force, for the lists of answers; in the shop's language, as documents keep them.
    pub policy: Arc<Policy>,
    /// Their texts in the clerk's language.
    pub texts: Dictionary,
    /// Levels of membership with their fees.
    pub plans: Vec<Plan>,
    /// Whether nothing can be booked here, because the books are not as they should be.
    pub reads_only: bool,
    /// What is to be told of the books.
    pub trouble: Option<Saying>,
}

impl Shared {
    /// What a policy calls something, in the clerk's language.
    #[must_use]
    pub fn text<'a>(&'a self, of_policy: &'a str) -> &'a str {
        self.texts.say(of_policy)
    }

    /// The name of a plan, in the clerk's language; its code where it is offered no more.
    #[must_use]
    pub fn plan_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.plans.iter().find(|plan| plan.code == code).map_or(code, |plan| self.text(&plan.name))
    }

    /// Whether whoever is signed in may give their word on what others ask.
    #[must_use]
    pub fn may_decide(&self) -> bool {
        self.clerk.role >= Role::Lead
    }

    /// What a ruling says.
    #[must_use]
    pub fn ruling(&self, ruling: &Ruling) -> String {
        self.words.saying(&self.texts.saying(&ruling.say))
    }

    /// The same in two or three words, where it has some.
    #[must_use]
    pub fn ruling_short(&self, ruling: &Ruling) -> Option<String> {
        self.words.short(&self.texts.saying(&ruling.say))
    }

    /// A request by the clerk at this desk, under an id that the window made.
    pub fn envelope(&self, id: RequestId, request: Request) -> Envelope {
        Envelope { id, desk: self.desk, clerk: self.clerk.no, at: None, approval: None, request }
    }
}

/// A place in the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The desk's day.
    Home,
    /// A member.
    Member(MemberId),
    /// A member, whose membership is to be renewed.
    Renew(MemberId),
    /// A store credit.
    Credit(CreditCode),
    /// The list of bills.
    Bills,
    /// A bill.
    Bill(BillId),
    /// The sign-up form.
    SignUp,
    /// Card payouts that are due.
    Due,
    /// What was posted.
    History,
    /// A posted document.
    Document(DocumentNumber),
    /// What waits for a second person.
    Approvals,
    /// The people of the shop.
    Staff,
    /// The desk's shift and key.
    Shift,
}

/// What a screen asks of the window; `Effect` is the screen's own outside work, as data that can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action<Effect> {
    /// Nothing.
    None,
    /// Outside work, performed in its order.
    Run(Vec<Effect>),
    /// Another place.
    Go(Place),
    /// A line to show above the foot.
    Notice(Tone, Saying),
    /// Several of these, in their order.
    All(Vec<Action<Effect>>),
}

/// What a screen puts into the frame.
pub struct Parts<'a, Message> {
    /// What the screen is about.
    pub body: super::widgets::Element<'a, Message>,
    /// The receipt and the primary button, when it has them.
    pub side: Option<super::widgets::Element<'a, Message>>,
    /// A card over everything, when one is open.
    pub over: Option<super::widgets::Element<'a, Message>>,
    /// The keys that work now, with what they do.
    pub keys: Vec<(String, String)>,
}
