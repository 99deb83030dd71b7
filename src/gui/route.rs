//! Which screen shows which place, and what each of them asks for: the one list of all screens behind the sign-in.

use iced::Task;
use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers};

use super::draft;
use super::screens::approvals::{self, Approvals};
use super::screens::bill::{self, Bill};
use super::screens::bills::{self, Bills};
use super::screens::credit::{self, Credit};
use super::screens::document::{self, Document};
use super::screens::due::{self, Due};
use super::screens::history::{self, History};
use super::screens::home::{self, Home};
use super::screens::member::{self, Member};
use super::screens::shift::{self, Shift};
use super::screens::sign_up::{self, SignUp};
use super::screens::staff::{self, StaffList};
use super::shared::{Action, Parts, Place, Shared};
use super::theme::Tone;
use super::widgets::Element;
use crate::desk::Worker;
use crate::domain::say::Saying;

/// What a screen asked for, as the window does it.
#[derive(Default)]
pub struct Asked<Message> {
    /// Work on its way.
    pub tasks: Vec<Task<Message>>,
    /// Where to go.
    pub place: Option<Place>,
    /// What to say above the foot.
    pub notice: Option<(Tone, Saying)>,
}

impl<Message: Send + 'static> Asked<Message> {
    fn nothing() -> Self {
        Self { tasks: Vec::new(), place: None, notice: None }
    }

    /// Takes what a screen asked for apart; its outside work is started here.
    fn take<E, M: Send + 'static>(&mut self, action: Action<E>, perform: &dyn Fn(E) -> Task<M>, wrap: fn(M) -> Message) {
        match action {
            Action::None => {}
            Action::Run(effects) => {
                let tasks = effects.into_iter().map(|effect| perform(effect).map(wrap));
                self.tasks.extend(tasks);
            }
            Action::Go(place) => self.place = Some(place),
            Action::Notice(tone, saying) => self.notice = Some((tone, saying)),
            Action::All(actions) => actions.into_iter().for_each(|action| self.take(action, perform, wrap)),
        }
    }
}

/// The screens, each with its name, its type and its module.
macro_rules! screens {
    ($($name:ident $type:ident $module:ident)*) => {
        /// The screen that is open.
        pub enum Screen {
            $(#[doc = concat!("See [`", stringify!($type), "`].")] $name($type),)*
        }

        /// What happens in it.
        #[derive(Debug, Clone)]
        pub enum Message {
            $(#[doc = concat!("In [`", stringify!($type), "`].")] $name($module::Message),)*
        }

        impl Screen {
            /// Applies a message; one of another screen is dropped.
            pub fn update(&mut self, message: Message, shared: &Shared, worker: &Worker) -> Asked<Message> {
                let mut asked = Asked::nothing();
                match (self, message) {
                    $((Self::$name(screen), Message::$name(message)) => {
                        let action = screen.update(message, shared);
                        asked.take(action, &|effect: $module::Effect| effect.perform(worker), Message::$name);
                    })*
                    _ => {}
                }
                asked
            }

            /// What it puts into the frame.
            pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
                match self {
                    $(Self::$name(screen) => mapped(screen.view(shared), Message::$name),)*
                }
            }

            /// What a key does in it.
            pub fn key(&self, key: &Key, modifiers: Modifiers, shared: &Shared) -> Option<Message> {
                match self {
                    $(Self::$name(screen) => screen.key(key, modifiers, shared).map(Message::$name),)*
                }
            }
        }

        $(
            #[doc = concat!("Opens [`", stringify!($type), "`] with what it asks for first.")]
            #[allow(non_snake_case)]
            fn $module((screen, action): ($type, Action<$module::Effect>), worker: &Worker) -> (Screen, Asked<Message>) {
                let mut asked = Asked::nothing();
                asked.take(action, &|effect: $module::Effect| effect.perform(worker), Message::$name);
                (Screen::$name(screen), asked)
            }
        )*
    };
}

screens! {
    Home Home home
    Bills Bills bills
    Bill Bill bill
    Member Member member
    SignUp SignUp sign_up
    Due Due due
    History History history
    Document Document document
    Credit Credit credit
    Staff StaffList staff
    Approvals Approvals approvals
    Shift Shift shift
}

impl Screen {
    /// Whether it holds work that is not booked and would be lost with it.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        match self {
            Self::Bill(screen) => screen.is_unfinished(),
            Self::Member(screen) => screen.is_unfinished(),
            Self::SignUp(screen) => screen.is_unfinished(),
            _ => false,
        }
    }

    /// What it hears every moment: whether somebody asks for a word, or gave it.
    #[must_use]
    pub fn look(&self) -> Option<Message> {
        let look = draft::Message::Look;
        Some(match self {
            Self::Bill(_) => Message::Bill(bill::Message::Draft(look)),
            Self::Member(_) => Message::Member(member::Message::Draft(look)),
            Self::SignUp(_) => Message::SignUp(sign_up::Message::Draft(look)),
            Self::Document(_) => Message::Document(document::Message::Draft(look)),
            Self::Credit(_) => Message::Credit(credit::Message::Draft(look)),
            Self::Approvals(_) => Message::Approvals(approvals::Message::Look),
            _ => return None,
        })
    }

    /// Comes back to it as it was left; it reads what is so now.
    pub fn resume(&mut self, shared: &Shared, worker: &Worker) -> Asked<Message> {
        let mut asked = Asked::nothing();
        match self {
            Self::Bill(screen) => {
                asked.take(screen.resume(shared), &|effect: bill::Effect| effect.perform(worker), Message::Bill);
            }
            Self::Member(screen) => {
                asked.take(screen.resume(shared), &|effect: member::Effect| effect.perform(worker), Message::Member);
            }
            Self::SignUp(screen) => {
                asked.take(screen.resume(shared), &|effect: sign_up::Effect| effect.perform(worker), Message::SignUp);
            }
            _ => {}
        }
        asked
    }

    /// What a scan is for the field that has the focus, where that field asks for a code.
    #[must_use]
    pub fn scanned(&self, field: &Id, code: &str) -> Option<Message> {
        match self {
            Self::SignUp(screen) => screen.scanned(field, code).map(Message::SignUp),
            Self::Member(screen) => screen.scanned(field, code).map(Message::Member),
            Self::Due(screen) => screen.scanned(field, code).map(Message::Due),
            _ => None,
        }
    }
}

/// Opens the screen of a place.
pub fn open(place: &Place, worker: &Worker) -> (Screen, Asked<Message>) {
    match place {
        Place::Home => home(Home::open(), worker),
        Place::Bills => bills(Bills::open(), worker),
        Place::Due => due(Due::open(), worker),
        Place::History => history(History::open(), worker),
        Place::Document(number) => document(Document::open(*number), worker),
        Place::Approvals => approvals(Approvals::open(), worker),
        Place::Staff => staff(StaffList::open(), worker),
        Place::Shift => shift(Shift::open(), worker),
        Place::Bill(id) => bill(Bill::open(*id), worker),
        Place::Member(id) => member(Member::open(*id), worker),
        Place::Renew(id) => member(Member::renewing(*id), worker),
        Place::Credit(code) => credit(Credit::open(*code), worker),
        Place::SignUp => sign_up(SignUp::open(), worker),
    }
}

fn mapped<'a, M: 'a>(parts: Parts<'a, M>, wrap: fn(M) -> Message) -> Parts<'a, Message> {
    let map = |element: Element<'a, M>| element.map(wrap);
    Parts { body: map(parts.body), side: parts.side.map(map), over: parts.over.map(map), keys: parts.keys }
}
