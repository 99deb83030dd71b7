//! What a clerk works on: the open screen in its frame, the scan box over it, and the line that says what just happened.
//!
//! Only this changes screens. A message carries the visit it belongs to; what arrives after the screen was left is dropped.

mod view;

use iced::Task;
use iced::advanced::widget::Id;
use iced::keyboard::{Key, Modifiers, key::Named};

use super::finder::{self, Finder};
use super::keys::{self, Act};
use super::route::{self, Asked, Screen};
use super::shared::{Place, Shared};
use super::theme::{Look, Tone};
use super::widgets::{focus, scan_box};
use crate::desk::{Answer, Basics, Desk, Worker};
use crate::domain::calendar::Moment;
use crate::domain::ids::StaffNo;
use crate::domain::say::Saying;
use crate::text::Words;

/// Ticks for which a line that says that something is done stays.
const TICKS_SHOWN: u8 = 2;

/// The line above the foot.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    tone: Tone,
    saying: Saying,
    ticks: u8,
}

/// Where one was; with the screen itself where its work was left in the middle.
struct Behind {
    place: Place,
    visit: u64,
    screen: Option<Screen>,
}

impl Behind {
    /// A place where nothing was left.
    fn fresh(place: Place) -> Self {
        Self { place, visit: 0, screen: None }
    }
}

/// What a clerk works on.
pub struct Work {
    shared: Shared,
    worker: Worker,
    now: Moment,
    place: Place,
    screen: Screen,
    behind: Vec<Behind>,
    /// The visit of the open screen, and how many there were.
    visit: u64,
    visits: u64,
    finder: Finder,
    line: Option<Line>,
    is_help: bool,
    /// Receipts that wait to be printed, as far as is known.
    unprinted: usize,
    /// Requests that wait for a second person, for those who may decide.
    waiting: usize,
}

/// What happens behind the sign-in.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the screen of a visit.
    Screen(u64, route::Message),
    /// In the scan box.
    Finder(finder::Message),
    /// A scanner read this.
    Scanned(String),
    /// A scanner read this while a widget of that name had the focus.
    ScannedAt(Option<Id>, String),
    /// Another place.
    Go(Place),
    /// Another place, with a line that says what to do there.
    GoAndSay(Place, Saying),
    /// To where one came from.
    Back,
    /// The scan box, from anywhere.
    FocusScan,
    /// The card of all keys.
    Help(bool),
    /// The line was read.
    Dismiss,
    /// How many receipts wait to be printed.
    Unprinted(Answer<usize>),
    /// How many requests wait for a second person.
    Waiting(Answer<usize>),
    /// Nobody may see this.
    Lock,
    /// Somebody else's turn.
    SignOut,
    /// Another look.
    NextLook,
}

impl Work {
    /// The work of who just signed in.
    pub fn open(shared: Shared, now: Moment, worker: Worker) -> (Self, Task<Message>) {
        let place = Place::Home;
        let (screen, asked) = route::open(&place, &worker);
        let mut work = Self {
            shared,
            worker,
            now,
            place,
            screen,
            behind: Vec::new(),
            visit: 0,
            visits: 0,
            finder: Finder::default(),
            line: None,
            is_help: false,
            unprinted: 0,
            waiting: 0,
        };
        let task = work.settle(asked);
        (work, Task::batch([task, focus_scan()]))
    }

    /// Whose work it is.
    #[must_use]
    pub fn clerk(&self) -> StaffNo {
        self.shared.clerk.no
    }

    /// The words of the person.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.shared.words
    }

    /// The place that is open.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What is said above the foot.
    #[must_use]
    pub fn said(&self) -> Option<(Tone, &Saying)> {
        self.line.as_ref().map(|line| (line.tone, &line.saying))
    }

    /// Another look.
    pub fn set_look(&mut self, look: Look) {
        self.shared.look = look;
    }

    /// What is so in the shop now.
    pub fn refresh(&mut self, basics: &Basics) {
        self.now = basics.now;
        let shared = &mut self.shared;
        shared.today = basics.today;
        shared.people.clone_from(&basics.people);
        shared.policy = std::sync::Arc::clone(&basics.policy);
        shared.texts.clone_from(&basics.texts);
        shared.plans.clone_from(&basics.plans);
        shared.reads_only = basics.reads_only;
        shared.trouble.clone_from(&basics.trouble);
    }

    /// Lets a line go that only said that something is done.
    pub fn let_time_pass(&mut self) {
        if let Some(line) = &mut self.line {
            line.ticks = line.ticks.saturating_add(1);
        }
        self.line.take_if(|line| line.tone == Tone::Allowed && line.ticks > TICKS_SHOWN);
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Screen(visit, message) if visit == self.visit => {
                let asked = self.screen.update(message, &self.shared, &self.worker);
                self.settle(asked)
            }
            Message::Screen(visit, message) => self.update_behind(visit, message),
            Message::Lock | Message::SignOut | Message::NextLook => Task::none(),
            Message::Finder(message) => self.find(message),
            Message::Scanned(code) => focus::focused().map(move |field| Message::ScannedAt(field, code.clone())),
            Message::ScannedAt(field, code) => self.scanned(field, code),
            Message::Go(place) => self.go(place),
            Message::GoAndSay(place, saying) => {
                let task = if place == self.place { Task::none() } else { self.go(place) };
                self.say(Tone::Accent, saying);
                task.chain(focus_scan())
            }
            Message::Back => self.back(),
            Message::FocusScan => Task::batch([focus_scan(), iced::widget::operation::select_all(scan_box::scan_box_id())]),
            Message::Help(is_open) => {
                self.is_help = is_open;
                Task::none()
            }
            Message::Dismiss => {
                self.line = None;
                Task::none()
            }
            Message::Waiting(answer) => {
                self.waiting = answer.unwrap_or(self.waiting);
                Task::none()
            }
            Message::Unprinted(answer) => {
                self.unprinted = answer.unwrap_or(self.unprinted);
                Task::none()
            }
        }
    }

    /// Looks whether somebody asks for a word, or gave it.
    pub fn look(&mut self) -> Task<Message> {
        let behind = self.behind.iter().filter_map(|left| Some((left.visit, left.screen.as_ref()?.look()?)));
        let heard: Vec<_> = self.screen.look().map(|look| (self.visit, look)).into_iter().chain(behind).collect();
        let mut tasks: Vec<_> = heard.into_iter().map(|(visit, look)| self.update(Message::Screen(visit, look))).collect();
        if self.shared.may_decide() {
            let count = self.worker.ask(|desk| Ok(desk.waiting()?.len()));
            tasks.push(Task::perform(count, Message::Waiting));
        }
        Task::batch(tasks)
    }

    /// A scan fills the field that asks for a code; else it opens what it is.
    fn scanned(&mut self, field: Option<Id>, code: String) -> Task<Message> {
        self.is_help = false;
        if self.is_asking() {
            self.say(Tone::Ask, Saying::new("scan-left"));
            return Task::none();
        }
        match field.and_then(|field| self.screen.scanned(&field, &code)) {
            Some(message) => self.update(Message::Screen(self.visit, message)),
            None => self.find(finder::Message::Scanned(code)),
        }
    }

    fn find(&mut self, message: finder::Message) -> Task<Message> {
        match self.finder.update(message) {
            finder::Action::None => Task::none(),
            finder::Action::Run(effect) => effect.perform(&self.worker).map(Message::Finder),
            finder::Action::Open(..) if self.is_asking() => {
                self.say(Tone::Ask, Saying::new("scan-left"));
                Task::none()
            }
            finder::Action::Open(place, line) => {
                let task = self.go(place);
                if let Some((tone, saying)) = line {
                    self.say(tone, saying);
                }
                task
            }
            finder::Action::Say(tone, saying) => {
                self.say(tone, saying);
                Task::none()
            }
            finder::Action::Leave => unfocus(),
        }
    }

    /// Says something above the foot that concerns no screen.
    pub fn tell(&mut self, tone: Tone, saying: Saying) {
        self.say(tone, saying);
    }

    fn say(&mut self, tone: Tone, saying: Saying) {
        self.line = Some(Line { tone, saying, ticks: 0 });
    }

    /// Whether a card over the screen waits for a person's word.
    fn is_asking(&self) -> bool {
        self.screen.view(&self.shared).over.is_some()
    }

    /// An answer for a screen that was left in the middle of its work. Where it would go and what it would say has no place
    /// while another screen is open.
    fn update_behind(&mut self, visit: u64, message: route::Message) -> Task<Message> {
        let left = self.behind.iter_mut().filter(|behind| behind.visit == visit).find_map(|behind| behind.screen.as_mut());
        let Some(screen) = left else { return Task::none() };
        let asked = screen.update(message, &self.shared, &self.worker);
        of_visit(asked.tasks, visit)
    }

    /// Goes to a place; where one was is remembered for the way back, with the work that was left there.
    fn go(&mut self, place: Place) -> Task<Message> {
        if place == self.place && self.screen.is_unfinished() {
            return Task::none();
        }
        let is_home = place == Place::Home;
        let left = self.behind.iter().position(|behind| behind.screen.is_some() && behind.place == place);
        let next = match left {
            Some(at) => self.behind.remove(at),
            None => Behind::fresh(place),
        };
        let (behind, task) = self.enter(next);
        if is_home {
            self.behind.retain(|behind| behind.screen.is_some());
        }
        if behind.screen.is_some() || (!is_home && behind.place != self.place) {
            self.behind.push(behind);
        }
        task
    }

    fn back(&mut self) -> Task<Message> {
        let next = self.behind.pop().unwrap_or(Behind::fresh(Place::Home));
        self.enter(next).1
    }

    /// From a screen that is through: to the work that was left last, else home.
    fn leave(&mut self) -> Task<Message> {
        self.behind.retain(|behind| behind.screen.is_some());
        self.back()
    }

    /// Opens a place, or goes on with what was left there; answers with where one was.
    fn enter(&mut self, next: Behind) -> (Behind, Task<Message>) {
        self.finder.close();
        self.line = None;
        let (screen, asked, visit) = match next.screen {
            Some(mut screen) => {
                let asked = screen.resume(&self.shared, &self.worker);
                self.say(Tone::Accent, Saying::new("work-taken-up"));
                (screen, asked, next.visit)
            }
            None => {
                self.visits += 1;
                let (screen, asked) = route::open(&next.place, &self.worker);
                (screen, asked, self.visits)
            }
        };
        let screen = Some(std::mem::replace(&mut self.screen, screen)).filter(Screen::is_unfinished);
        let place = std::mem::replace(&mut self.place, next.place);
        let behind = Behind { place, visit: std::mem::replace(&mut self.visit, visit), screen };
        let task = self.settle(asked);
        // What had the focus is gone or belongs to no screen; only then may the new screen take it.
        let task = unfocus().chain(task);
        (behind, if self.place == Place::Home { task.chain(focus_scan()) } else { task })
    }

    /// Does what a screen asked for: first its work, then the way to another place, last the line.
    fn settle(&mut self, asked: Asked<route::Message>) -> Task<Message> {
        let visit = self.visit;
        let mut tasks = vec![of_visit(asked.tasks, visit)];
        match asked.place {
            Some(Place::Home) => tasks.push(self.leave()),
            Some(place) => tasks.push(self.go(place)),
            None => {}
        }
        if let Some((tone, saying)) = asked.notice {
            self.say(tone, saying);
            tasks.push(self.count_unprinted());
        }
        Task::batch(tasks)
    }

    fn count_unprinted(&self) -> Task<Message> {
        Task::perform(self.worker.ask(Desk::waiting_receipts), Message::Unprinted)
    }

    /// What a key does that no widget took; `is_asking` while a card lies over the screen.
    pub fn key(&self, key: &Key, modifiers: Modifiers, is_asking: bool) -> Option<Message> {
        if self.is_help {
            return matches!(key.as_ref(), Key::Named(Named::Escape | Named::F1 | Named::Enter)).then_some(Message::Help(false));
        }
        let of_screen = || self.screen.key(key, modifiers, &self.shared).map(|message| Message::Screen(self.visit, message));
        if is_asking {
            return of_screen();
        }
        match keys::act(key, modifiers) {
            Some(Act::AllKeys) => return Some(Message::Help(true)),
            Some(Act::Find) => return Some(Message::FocusScan),
            _ => {}
        }
        if let Some(message) = self.finder.key(key) {
            return Some(Message::Finder(message));
        }
        of_screen().or_else(|| self.way(keys::act(key, modifiers)?))
    }

    /// Where a key of the table leads from a screen that has no use for it.
    fn way(&self, act: Act) -> Option<Message> {
        match act {
            Act::SignUp => Some(Message::Go(Place::SignUp)),
            Act::Refund | Act::PriceFix | Act::Goodwill => Some(Message::GoAndSay(Place::Bills, Saying::new("hint-bill-first"))),
            Act::Renew => Some(Message::GoAndSay(Place::Home, Saying::new("hint-member-first"))),
            Act::Due => Some(Message::Go(Place::Due)),
            Act::History => Some(Message::Go(Place::History)),
            Act::Approvals => self.shared.may_decide().then_some(Message::Go(Place::Approvals)),
            Act::Shift => Some(Message::Go(Place::Shift)),
            Act::Aside if self.line.is_some() => Some(Message::Dismiss),
            Act::Aside if self.place != Place::Home || !self.behind.is_empty() => Some(Message::Back),
            Act::Aside | Act::AllKeys | Act::Find | Act::Refuse | Act::NextLook | Act::Lock => None,
        }
    }
}

fn of_visit(tasks: Vec<Task<route::Message>>, visit: u64) -> Task<Message> {
    Task::batch(tasks.into_iter().map(|task| task.map(move |message| Message::Screen(visit, message))))
}

fn focus_scan() -> Task<Message> {
    iced::widget::operation::focus(scan_box::scan_box_id())
}

/// Takes the focus from whatever has it, so that keys reach the screen.
fn unfocus() -> Task<Message> {
    iced::advanced::widget::operate(iced::advanced::widget::operation::focusable::unfocus())
}
