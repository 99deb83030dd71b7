//! What waits for a second person, for those who may decide: the same receipt and reasons that the clerk sees, and one's word by PIN.

use iced::keyboard::{Key, Modifiers};
use iced::widget::{column, row};
use iced::{Length, Task};

use crate::desk::{Answer, Desk, Pin, Waiting, Worker};
use crate::domain::digest::Digest;
use crate::domain::ids::{RequestId, StaffNo};
use crate::domain::say::Saying;
use crate::gui::draft::{self, Shown};
use crate::gui::keys::{self, Act};
use crate::gui::list::{self, List, Press, Table};
use crate::gui::screens::approval::{self, PIN_DIGITS};
use crate::gui::shared::{Action, Parts, Shared};
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::chip::Verdict;
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::paper::{SIDE_SHEET_PX, receipt};
use crate::gui::widgets::rows::{amount, item, left, right};
use crate::gui::widgets::words::{body, caption, help, title};
use crate::gui::widgets::{Element, button, empty::empty, field::field, frame, money::money, notice::notice};
use crate::text::Arg;

/// The name of the field for the PIN.
const PIN: &str = "approvals pin";

/// The screen.
pub struct Approvals {
    waits: List<Waiting>,
    /// What is looked at, with its receipt.
    open: Option<(RequestId, Box<Shown>)>,
    pin: String,
    reason: String,
    wrong: Option<Saying>,
    is_deciding: bool,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Looks for what waits.
    Look,
    /// The list was read.
    Read(Answer<Vec<Waiting>>),
    /// Up or down the list.
    Move(isize),
    /// This one.
    Choose(usize),
    /// What it would do.
    Opened(RequestId, Answer<Box<Shown>>),
    /// The PIN changed.
    Pin(String),
    /// The reason changed.
    Reason(String),
    /// Gives one's word.
    Approve,
    /// Refuses it, with the reason.
    Refuse,
    /// What came of it; whether it was approved.
    Decided(bool, Answer<()>),
}

/// Outside work.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Reads the list.
    Read,
    /// Asks what one would do.
    Open(RequestId),
    /// Decides.
    Decide {
        /// Who.
        no: StaffNo,
        /// Their PIN.
        pin: Pin,
        /// About what.
        of: (RequestId, Digest),
        /// Why not, where it is refused.
        refused: Option<String>,
    },
    /// Puts the focus into the field for the PIN.
    Focus,
}

impl std::fmt::Debug for Effect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Read => "Read",
            Self::Open(_) => "Open",
            Self::Decide { .. } => "Decide",
            Self::Focus => "Focus",
        })
    }
}

impl Effect {
    /// Asks the desk, or moves the focus.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        match self {
            Self::Read => Task::perform(worker.ask(Desk::waiting), Message::Read),
            Self::Open(request) => {
                let answer = worker.ask(move |desk| {
                    let (envelope, quoted) = desk.waiting_quote(request)?;
                    draft::shown(desk, &envelope.request, quoted).map(Box::new)
                });
                Task::perform(answer, move |answer| Message::Opened(request, answer))
            }
            Self::Decide { no, pin, of, refused } => {
                let is_approved = refused.is_none();
                let answer = worker.ask(move |desk| desk.decide((no, &pin), of, refused.as_deref()));
                Task::perform(answer, move |answer| Message::Decided(is_approved, answer))
            }
            Self::Focus => iced::widget::operation::focus(PIN),
        }
    }
}

impl Approvals {
    /// Opens the screen.
    #[must_use]
    pub fn open() -> (Self, Action<Effect>) {
        let screen = Self {
            waits: List::new("approval"),
            open: None,
            pin: String::new(),
            reason: String::new(),
            wrong: None,
            is_deciding: false,
        };
        (screen, Action::Run(vec![Effect::Read]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        match message {
            Message::Look => return Action::Run(vec![Effect::Read]),
            Message::Read(answer) => return self.read(answer),
            Message::Move(by) => {
                self.waits.step(by);
                return self.follow();
            }
            Message::Choose(index) => {
                self.waits.choose(index);
                return self.follow();
            }
            Message::Opened(request, Ok(shown)) if self.chosen() == Some(request) => {
                self.wrong = None;
                self.open = Some((request, shown));
                return Action::Run(vec![Effect::Focus]);
            }
            Message::Opened(_, Ok(_)) => {}
            Message::Opened(_, Err(error)) => self.wrong = Some(error.saying()),
            Message::Pin(text) => {
                self.wrong = None;
                self.pin = text.chars().filter(char::is_ascii_digit).take(12).collect();
            }
            Message::Reason(text) => self.reason = text,
            Message::Approve => return self.decide(false, shared),
            Message::Refuse => return self.decide(true, shared),
            Message::Decided(is_approved, answer) => return self.decided(is_approved, answer),
        }
        Action::None
    }

    fn chosen(&self) -> Option<RequestId> {
        self.waits.chosen().map(|waits| waits.request)
    }

    /// The keyboard stays on the request where it was; one that is looked at and went is told.
    fn read(&mut self, answer: Answer<Vec<Waiting>>) -> Action<Effect> {
        let (is_read, before) = (answer.is_ok(), self.opened());
        self.waits.came(answer);
        self.waits.choose_where(|waits| Some(waits.request) == before);
        let is_gone = is_read && before.is_some() && self.chosen() != before;
        let followed = self.follow();
        if is_gone {
            let gone = Action::Notice(Tone::Ask, Saying::new("approvals-gone"));
            return Action::All(vec![gone, followed]);
        }
        followed
    }

    /// What is looked at.
    fn opened(&self) -> Option<RequestId> {
        self.open.as_ref().map(|(request, _)| *request)
    }

    /// Looks at what is chosen, where that is another one than before; what was typed was for that.
    fn follow(&mut self) -> Action<Effect> {
        let chosen = self.chosen();
        if self.opened() == chosen && chosen.is_some() {
            return Action::None;
        }
        if self.open.take().is_some() {
            self.pin.clear();
            self.reason.clear();
            self.wrong = None;
        }
        chosen.map_or(Action::None, |request| Action::Run(vec![Effect::Open(request)]))
    }

    fn decide(&mut self, refuses: bool, shared: &Shared) -> Action<Effect> {
        let Some((request, shown)) = self.open.as_ref().filter(|_| !self.is_deciding) else { return Action::None };
        if refuses && self.reason.trim().is_empty() {
            self.wrong = Some(Saying::new("approvals-reason-missing"));
            return Action::None;
        }
        if self.pin.len() < PIN_DIGITS {
            self.wrong = Some(Saying::new("approvals-pin-missing"));
            return Action::Run(vec![Effect::Focus]);
        }
        let (of, pin) = ((*request, shown.quoted.digest), Pin::new(self.pin.as_str()));
        self.is_deciding = true;
        self.pin.clear();
        let refused = refuses.then(|| self.reason.trim().to_owned());
        Action::Run(vec![Effect::Decide { no: shared.clerk.no, pin, of, refused }])
    }

    fn decided(&mut self, is_approved: bool, answer: Answer<()>) -> Action<Effect> {
        self.is_deciding = false;
        match answer {
            Ok(()) => {
                self.open = None;
                self.reason.clear();
                let say = Saying::new(if is_approved { "approvals-given" } else { "approvals-denied" });
                Action::All(vec![Action::Run(vec![Effect::Read]), Action::Notice(Tone::Allowed, say)])
            }
            Err(error) => {
                self.wrong = Some(error.saying());
                Action::Run(vec![Effect::Read, Effect::Focus])
            }
        }
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers, _shared: &Shared) -> Option<Message> {
        match list::press(key) {
            Some(Press::Move(by)) => Some(Message::Move(by)),
            Some(Press::Open) => self.open.is_some().then_some(Message::Approve),
            None => (self.open.is_some() && keys::act(key, modifiers) == Some(Act::Refuse)).then_some(Message::Refuse),
        }
    }

    /// Draws it.
    #[must_use]
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Message> {
        let words = &shared.words;
        let table = Table {
            columns: [left(Length::Fill), left(size::COLUMN_WIDE), right(size::COLUMN)],
            names: ["column-asked", "column-role", "column-amount"],
            nothing: empty(Icon::CircleCheck, words.plain("approvals-none"), words.plain("approvals-none-next"), None),
        };
        let list = self.waits.view(shared, table, |waits, is_current| cells(waits, is_current, shared), Message::Choose);
        let head = column![title(words.plain("rail-approvals")), help(words.plain("approvals-about"))].spacing(space::XXS);
        let mut keys = Vec::new();
        if self.open.is_some() {
            keys.push((words.plain("key-up-down"), words.plain("key-does-choose")));
            keys.push((words.plain("key-enter"), words.plain("key-does-approve")));
            keys.push((String::from(Act::Refuse.cap()), words.plain("key-does-refuse")));
        }
        keys.push((words.plain("key-escape"), words.plain("key-does-back")));
        let side = self.open.as_ref().map(|(_, shown)| self.side(shown, shared));
        Parts { body: frame::body([head.into(), list, self.why(shared)]), side, over: None, keys }
    }

    /// Why the one that is open is asked, and what one says to it.
    fn why<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let wrong = self.wrong.as_ref().map(|saying| words.saying(saying));
        if self.open.is_none() {
            let wrong = wrong.map(|wrong| notice(Verdict::Refused, wrong, "", None));
            return column![].push(wrong).into();
        }
        let pin = field(words.plain("approvals-pin"), "", &self.pin).id(PIN).secret().on_input(Message::Pin).wrong(wrong);
        let reason = field(words.plain("approvals-reason"), "", &self.reason).on_input(Message::Reason);
        let fields = row![Element::from(pin), Element::from(reason)].spacing(space::L);
        let why = self.open.as_ref().map(|(_, shown)| approval::why(shown, shared));
        column![].push(why).push(fields).spacing(space::M).into()
    }

    fn side<'a>(&'a self, shown: &'a Shown, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let (draft::Figure::Back(moves) | draft::Figure::Pay(moves)) = shown.figure;
        let is_on = !self.is_deciding;
        let approve = (is_on && self.pin.len() >= PIN_DIGITS).then_some(Message::Approve);
        let refuse = (is_on && self.pin.len() >= PIN_DIGITS).then_some(Message::Refuse);
        let done = column![
            money(words.named(&shown.quoted.quote.job), words.formats().money(moves)),
            button::primary(words.plain("button-approve"), Some("Enter"), approve),
            button::danger(words.plain("button-refuse"), Some(Act::Refuse.cap()), refuse),
        ]
        .spacing(space::S);
        frame::side(column![caption(words.plain("preview-title")), receipt(&shown.rows, SIDE_SHEET_PX)].spacing(space::S), done)
    }
}

fn cells<'a>(waits: &'a Waiting, is_current: bool, shared: &'a Shared) -> Vec<Element<'a, Message>> {
    let words = &shared.words;
    let clerk = shared.people.iter().find(|person| person.no == waits.clerk).map_or("", |person| person.name.as_str());
    let from = words.say("approvals-from", &[("name", Arg::text(clerk)), ("desk", Arg::text(waits.desk.to_string()))]);
    vec![
        item(words.named(&waits.job), from, is_current),
        body(words.named(&waits.role)).into(),
        amount(words.formats().money(waits.amount), is_current),
    ]
}
