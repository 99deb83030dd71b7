//! The people of the shop: who works here, in which role and language. A manager adds people, changes them and gives PINs.

mod form;

use crate::desk::{Answer, Desk, DeskError, Outcome, Pin, Proof, SignedIn, Worker};
use crate::domain::ids::{RequestId, StaffNo};
use crate::domain::request::{Envelope, Request, SetStaff};
use crate::domain::say::Saying;
use crate::domain::staff::{Role, Staff};
use crate::gui::list::{self, List, Press, Table};
use crate::gui::shared::{Action, Parts, Shared};
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::rows::{item, left};
use crate::gui::widgets::words::{body, title};
use crate::gui::widgets::{Element, avatar::avatar, button, empty::empty, focus, frame};
use crate::text::{Arg, Language};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::column;
use iced::{Length, Task};
use uuid::Uuid;

pub use form::Field;
use form::{Form, digits};

const NAME: &str = "staff name";

/// The screen.
#[derive(Debug)]
pub struct StaffList {
    people: List<Staff>,
    /// Who is locked by wrong PINs, with the minutes that are left.
    locked: Vec<(StaffNo, i64)>,
    form: Option<Form>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The list was read.
    Read(Answer<Vec<Staff>>),
    /// Who is locked was read.
    Locked(Answer<Vec<(StaffNo, i64)>>),
    /// Takes the lock of the chosen person away.
    Unlock,
    /// It is taken away, or not.
    Unlocked(Answer<()>),
    /// Up or down the list.
    Move(isize),
    /// Changes this person.
    Open(usize),
    /// Adds a person.
    Add,
    /// Puts the form aside.
    Close,
    /// A field changed.
    Typed(Field, String),
    /// This role.
    Role(Role),
    /// This language.
    Speaks(Language),
    /// Whether the person still works here.
    Active(bool),
    /// Posts it.
    Save,
    /// What came of it; the number of the document.
    Saved(Answer<Result<String, Option<Saying>>>),
}

/// Outside work.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Reads the list.
    Read,
    /// Posts the person, then gives the PIN when there is one.
    Save {
        /// The request.
        envelope: Box<Envelope>,
        /// Who gives the PIN.
        by: Box<Staff>,
        /// The PIN, when one is given.
        pin: Option<String>,
        /// The card of the member that the person is as well, when one is given.
        card: Option<String>,
    },
    /// Takes a person's lock away.
    Unlock {
        /// Who does it.
        by: Box<Staff>,
        /// Whose.
        no: StaffNo,
    },
    /// Puts the focus into a field.
    Focus(&'static str),
    /// Brings a line into view.
    Reveal(String),
}

impl std::fmt::Debug for Effect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Read => f.write_str("Read"),
            Self::Save { envelope, .. } => f.debug_struct("Save").field("envelope", envelope).finish_non_exhaustive(),
            Self::Unlock { no, .. } => f.debug_tuple("Unlock").field(no).finish(),
            Self::Reveal(line) => f.debug_tuple("Reveal").field(line).finish(),
            Self::Focus(name) => f.debug_tuple("Focus").field(name).finish(),
        }
    }
}

impl Effect {
    /// Asks the desk, or moves the focus.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read => Task::batch([
                Task::perform(worker.ask(Desk::people), Message::Read),
                Task::perform(worker.ask(Desk::locked_people), Message::Locked),
            ]),
            Self::Save { envelope, by, pin, card } => {
                let by = SignedIn { staff: *by };
                Task::perform(worker.ask(move |desk| save(desk, *envelope, &by, pin, card)), Message::Saved)
            }
            Self::Unlock { by, no } => {
                let by = SignedIn { staff: *by };
                Task::perform(worker.ask(move |desk| desk.unlock(&by, no)), Message::Unlocked)
            }
            Self::Reveal(line) => focus::reveal(line),
            Self::Focus(name) => iced::widget::operation::focus(name),
        }
    }
}

/// Posts the person and gives the PIN; a rule that stops it is an answer, not an error.
fn save(
    desk: &mut Desk,
    mut envelope: Envelope,
    by: &SignedIn,
    pin: Option<String>,
    card: Option<String>,
) -> Result<Result<String, Option<Saying>>, DeskError> {
    let pin = pin.map(Pin::new);
    if let Some(pin) = &pin {
        pin.check()?;
    }
    let Request::SetStaff(SetStaff { staff }) = &mut envelope.request else { return Ok(Err(None)) };
    if let Some(card) = card {
        staff.member = Some(desk.member_named(&card)?);
    }
    let no = staff.no;
    match desk.post(&envelope, &Proof::default())? {
        Outcome::Posted(posted) => {
            if let Some(pin) = &pin {
                desk.set_pin_with(posted.document.number, by, no, pin)?;
            }
            Ok(Ok(posted.document.number.to_string()))
        }
        Outcome::Stopped(quoted) | Outcome::Changed(quoted) => Ok(Err(super::heaviest(&quoted.quote.rulings))),
    }
}

impl StaffList {
    /// Opens the screen.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        (Self { people: List::new("person"), locked: Vec::new(), form: None }, Action::Run(vec![Effect::Read]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Read(answer) => self.people.came(answer),
            Message::Locked(answer) => self.locked = answer.unwrap_or_default(),
            Message::Unlock => return self.unlock(shared),
            Message::Unlocked(Ok(())) => {
                let say = Saying::new("staff-unlocked");
                return Action::All(vec![Action::Run(vec![Effect::Read]), Action::Notice(Tone::Allowed, say)]);
            }
            Message::Unlocked(Err(error)) => return Action::Notice(Tone::Refused, error.saying()),
            Message::Move(by) => {
                self.people.step(by);
                return Action::Run(vec![Effect::Reveal(self.people.line_id())]);
            }
            Message::Open(index) => {
                self.people.choose(index);
                return match self.people.chosen().cloned() {
                    Some(person) => self.begin(person, false, shared),
                    None => Action::None,
                };
            }
            Message::Add => {
                let no = self.people.rows().iter().map(|person| person.no.0).max().unwrap_or(0).saturating_add(1);
                let language = shared.words.language().code().to_owned();
                let person =
                    Staff { no: StaffNo(no), name: String::new(), role: Role::Clerk, language, active: true, member: None };
                return self.begin(person, true, shared);
            }
            Message::Close => self.form = None,
            Message::Save => return self.save(shared),
            Message::Saved(answer) => return self.saved(answer),
            message => self.fill_in(message),
        }
        Action::None
    }

    fn locked_min(&self, no: StaffNo) -> Option<i64> {
        self.locked.iter().find(|(locked, _)| *locked == no).map(|(_, minutes)| *minutes)
    }

    /// The chosen person, where they are locked.
    fn chosen_locked(&self) -> Option<&Staff> {
        self.people.chosen().filter(|person| self.locked_min(person.no).is_some())
    }

    fn unlock(&self, shared: &Shared) -> Action<Effect> {
        let by = Box::new(shared.clerk.clone());
        self.chosen_locked().map_or(Action::None, |person| Action::Run(vec![Effect::Unlock { by, no: person.no }]))
    }

    fn begin(&mut self, person: Staff, is_new: bool, shared: &Shared) -> Action<Effect> {
        if shared.clerk.role < Role::Manager {
            let say = Saying::new("staff-manager-only");
            return Action::Notice(Tone::Ask, say);
        }
        let id = RequestId(Uuid::now_v7());
        let (pin, again, card) = (String::new(), String::new(), String::new());
        self.form = Some(Form { id, person, is_new, pin, again, card, wrong: None, is_posting: false });
        Action::Run(vec![Effect::Focus(NAME)])
    }

    fn fill_in(&mut self, message: Message) {
        let Some(form) = &mut self.form else { return };
        form.wrong = None;
        match message {
            Message::Typed(Field::Name, text) => form.person.name = text,
            Message::Typed(Field::Pin, text) => form.pin = digits(&text),
            Message::Typed(Field::Again, text) => form.again = digits(&text),
            Message::Typed(Field::Card, text) => form.card = text,
            Message::Role(role) => form.person.role = role,
            Message::Speaks(language) => language.code().clone_into(&mut form.person.language),
            Message::Active(active) => form.person.active = active,
            _ => {}
        }
    }

    fn save(&mut self, shared: &Shared) -> Action<Effect> {
        let Some(form) = self.form.as_mut().filter(|form| !form.is_posting) else { return Action::None };
        form.wrong = form.check();
        if form.wrong.is_some() {
            return Action::None;
        }
        form.is_posting = true;
        let mut staff = form.person.clone();
        staff.name = staff.name.trim().to_owned();
        let envelope = Box::new(shared.envelope(form.id, Request::SetStaff(SetStaff { staff })));
        let pin = (!form.pin.is_empty()).then(|| form.pin.clone());
        let card = Some(form.card.trim().to_owned()).filter(|card| !card.is_empty());
        Action::Run(vec![Effect::Save { envelope, by: Box::new(shared.clerk.clone()), pin, card }])
    }

    fn saved(&mut self, answer: Answer<Result<String, Option<Saying>>>) -> Action<Effect> {
        let Some(form) = &mut self.form else { return Action::None };
        form.is_posting = false;
        match answer {
            Ok(Ok(number)) => {
                let done = Saying::new("staff-saved").with("name", form.person.name.as_str()).with("number", number);
                self.form = None;
                Action::All(vec![Action::Run(vec![Effect::Read]), Action::Notice(Tone::Allowed, done)])
            }
            Ok(Err(why)) => Action::Notice(Tone::Refused, why.unwrap_or_else(|| Saying::new("staff-manager-only"))),
            Err(error) => Action::Notice(Tone::Refused, error.saying()),
        }
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, _modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        if self.form.is_some() {
            return match key.as_ref() {
                Key::Named(Named::Enter) => Some(Message::Save),
                Key::Named(Named::Escape) => Some(Message::Close),
                _ => None,
            };
        }
        match list::press(key) {
            Some(Press::Move(by)) => Some(Message::Move(by)),
            Some(Press::Open) => Some(Message::Open(self.people.current())),
            None => match key.as_ref() {
                Key::Character("n" | "N") => Some(Message::Add),
                Key::Character("u" | "U") => self.chosen_locked().map(|_| Message::Unlock),
                _ => None,
            },
        }
    }

    /// Draws it.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        let words = &shared.words;
        let list = self.list(shared);
        let body = frame::body([title(words.plain("rail-staff")).into(), list]);
        let side = match &self.form {
            Some(form) => form.view(shared),
            None => {
                let add = button::primary(words.plain("button-add-person"), Some("N"), Some(Message::Add));
                let hint = empty(Icon::UserPlus, words.plain("staff-side"), words.plain("staff-side-next"), None);
                let unlock = self.chosen_locked().map(|person| {
                    let word = words.say("button-unlock", &[("name", Arg::text(person.name.as_str()))]);
                    button::secondary(word, Some("U"), Some(Message::Unlock))
                });
                frame::side(hint, column![].push(unlock).push(add).spacing(space::S))
            }
        };
        let keys = if self.form.is_some() {
            vec![
                (words.plain("key-tab"), words.plain("key-does-next-field")),
                (words.plain("key-enter"), words.plain("key-does-save")),
                (words.plain("key-escape"), words.plain("key-does-aside")),
            ]
        } else {
            vec![
                (words.plain("key-up-down"), words.plain("key-does-choose")),
                (words.plain("key-enter"), words.plain("key-does-open")),
                (String::from("N"), words.plain("button-add-person")),
                (words.plain("key-escape"), words.plain("key-does-back")),
            ]
        };
        Parts { body, side: Some(side), over: None, keys }
    }

    fn list<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let table = Table {
            columns: [left(size::AVATAR), left(Length::Fill), left(size::COLUMN_WIDE), left(size::COLUMN)],
            names: ["", "column-person", "column-role", "column-language"],
            nothing: empty(Icon::Users, words.plain("staff-side"), words.plain("staff-side-next"), None),
        };
        let cells = |person: &'a Staff, is_current| cells(person, self.locked_min(person.no), is_current, shared);
        self.people.view(shared, table, cells, Message::Open)
    }
}

fn cells<'a>(person: &'a Staff, locked: Option<i64>, is_current: bool, shared: &'a Shared) -> Vec<Element<'a, Message>> {
    let words = &shared.words;
    let number = Arg::text(person.no.to_string());
    let number = match locked {
        None => words.say("staff-number", &[("number", number)]),
        Some(minutes) => words.say("staff-locked", &[("number", number), ("minutes", Arg::Count(minutes))]),
    };
    let verdict = if person.role >= Role::Lead { Verdict::Accent } else { Verdict::Quiet };
    vec![
        avatar(&person.name, is_current),
        item(person.name.as_str(), number, is_current),
        chip(verdict, words.named(&person.role)),
        body(Language::or_english(&person.language).own_name()).into(),
    ]
}
