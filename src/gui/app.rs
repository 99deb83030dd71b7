//! The root of the window: from the first start over the sign-in to the work, and the lock between.
//!
//! It alone knows the desk's worker, the look and the size of everything. What a clerk works on lives in [`Work`], and stays
//! there while the window is locked.

mod entrance;
mod size;

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_channel::mpsc;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::{Size, Subscription, Task, window};

use super::opening::{self, Books, Pins};
use super::screens::first_start::{self, FirstStart};
use super::screens::sign_in::{self, SignIn};
use super::screens::trouble;
use super::theme::{self, Look, Tone};
use super::widgets::{
    Element,
    hotkeys::{first, hotkeys},
    scanner::scanner,
};
use super::work::{self, Work};
use crate::desk::{Answer, Basics, DeskError, Progress, Reach, Worker};
use crate::domain::say::Saying;
use crate::domain::staff::Staff;
use crate::store::verify::Finding;
use crate::text::Words;

/// How the window opens.
#[derive(Clone)]
pub struct Options {
    /// What it opens on.
    pub books: Books,
    /// The words before anybody has signed in.
    pub words: Words,
    /// The look at the start.
    pub look: Look,
}

/// How long nobody may touch the window before it locks.
const IDLE: Duration = Duration::from_secs(5 * 60);
/// How often the clock at the top is looked at.
const TICK: Duration = Duration::from_secs(10);

/// Where the window stands.
enum Stage {
    /// The books are being opened, or read; with how far that is, where it takes long.
    Opening(Option<Progress>),
    /// The shop could not be read.
    Failed(Arc<DeskError>),
    /// There is no shop yet.
    FirstStart(Box<FirstStart>),
    /// Nobody is signed in.
    SignIn(SignIn),
    /// Somebody works.
    Working(Box<Work>),
    /// Somebody works, and was away; the work waits as it was left.
    Locked(Box<Work>, SignIn),
}

/// The root of the window.
pub struct App {
    stage: Stage,
    worker: Option<Worker>,
    basics: Option<Basics>,
    books: Books,
    pins: Pins,
    words: Words,
    look: Look,
    scale: usize,
    /// The window's size as it would be without scaling.
    room: Size,
    touched: Instant,
    /// Counts sign-ins, so that what was asked for somebody else is dropped.
    turn: u64,
}

/// What happens to the root.
#[derive(Debug, Clone)]
pub enum Message {
    /// While the books are being opened.
    Opening(opening::Message),
    /// Tries again to open what could not be opened.
    Again,
    /// The shop was read, to sign in.
    Opened(Answer<Basics>),
    /// The shop was read again for somebody who signed in.
    Admitted(Staff, Answer<Basics>),
    /// In the first start.
    FirstStart(first_start::Message),
    /// In the sign-in.
    SignIn(sign_in::Message),
    /// In the work of one turn.
    Work(u64, work::Message),
    /// A scanner read this.
    Scanned(String),
    /// The next look.
    NextLook,
    /// Everything larger.
    Larger,
    /// Everything smaller.
    Smaller,
    /// The window has this size, as it is scaled now.
    Resized(Size),
    /// Nobody may see this until the PIN is typed.
    Lock,
    /// Time went by.
    Tick,
    /// Somebody may ask for a word, or have given it.
    LookAround,
    /// What is so in the shop now: the clock, the people, the rules.
    Refreshed(Answer<Basics>),
    /// The books came or went; what is drawn looks for itself.
    Reached(Reach),
    /// The whole books were looked through behind the work; what is wrong with them.
    LookedThrough(Answer<Vec<Finding>>),
    /// Somebody is there.
    Touched,
}

/// The one desk of the window, whose books may come and go.
struct Watched(Worker);

impl Hash for Watched {
    /// There is one desk for as long as the window is open.
    fn hash<H: Hasher>(&self, state: &mut H) {
        "books".hash(state);
    }
}

impl App {
    /// The window as it opens.
    pub fn open(options: Options) -> (Self, Task<Message>) {
        let mut app = Self {
            stage: Stage::Opening(None),
            worker: None,
            basics: None,
            books: options.books,
            pins: Pins::new(),
            words: options.words,
            look: options.look,
            scale: 0,
            room: theme::size::WINDOW.into(),
            touched: Instant::now(),
            turn: 0,
        };
        let task = app.open_books();
        (app, task)
    }

    /// The way to the desk, once its books are open.
    #[must_use]
    pub fn worker(&self) -> Option<&Worker> {
        self.worker.as_ref()
    }

    /// The PINs that the sign-in shows.
    #[must_use]
    pub fn pins(&self) -> &Pins {
        &self.pins
    }

    /// The look of the window.
    #[must_use]
    pub fn look(&self) -> Look {
        self.look
    }

    /// The title of the window.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.basics {
            Some(basics) => self.words.say("window-title-shop", &[("shop", crate::text::Arg::text(&basics.shop.name))]),
            None => self.words.plain("window-title"),
        }
    }

    /// What the root listens to besides its widgets: time, and whether somebody is there.
    pub fn subscription(&self) -> Subscription<Message> {
        let touched = iced::event::listen_with(|event, _, _| match event {
            iced::Event::Keyboard(iced::keyboard::Event::KeyPressed { .. })
            | iced::Event::Mouse(iced::mouse::Event::ButtonPressed(_) | iced::mouse::Event::WheelScrolled { .. })
            | iced::Event::Touch(iced::touch::Event::FingerPressed { .. }) => Some(Message::Touched),
            _ => None,
        });
        let resized = iced::event::listen_with(|event, _, _| match event {
            iced::Event::Window(window::Event::Opened { size, .. } | window::Event::Resized(size)) => {
                Some(Message::Resized(size))
            }
            _ => None,
        });
        let watched = self
            .worker
            .clone()
            .map(|worker| Subscription::run_with(Watched(worker), |watched| watched.0.watch()).map(Message::Reached));
        let ticking = self.worker.as_ref().map(|_| Subscription::run(ticks));
        let working = matches!(self.stage, Stage::Working(_)).then(|| Subscription::batch([touched, Subscription::run(looks)]));
        Subscription::batch([watched, ticking, working].into_iter().flatten().chain([resized]))
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Opening(message) => self.opening(message),
            Message::Again if matches!(self.stage, Stage::Failed(_)) => self.open_books(),
            Message::Again => Task::none(),
            Message::Opened(Ok(basics)) => self.opened(basics),
            Message::Opened(Err(error)) => self.fail(error),
            Message::Admitted(staff, Ok(basics)) => self.begin(staff, basics),
            Message::Admitted(_, Err(error)) => self.fail(error),
            Message::FirstStart(message) => self.first_start(message),
            Message::SignIn(message) => self.sign_in(message),
            Message::Work(turn, message) if turn == self.turn => self.work(message),
            Message::Work(..) => Task::none(),
            Message::LookAround => {
                let Stage::Working(work) = &mut self.stage else { return Task::none() };
                let turn = self.turn;
                work.look().map(move |message| Message::Work(turn, message))
            }
            Message::Scanned(code) => match &self.stage {
                Stage::Working(_) => self.work(work::Message::Scanned(code)),
                _ => Task::none(),
            },
            Message::NextLook => {
                self.look = self.look.next();
                if let Stage::Working(work) | Stage::Locked(work, _) = &mut self.stage {
                    work.set_look(self.look);
                }
                Task::none()
            }
            Message::Larger if self.wanted_scale() >= self.largest_scale() => {
                if let Stage::Working(work) = &mut self.stage {
                    work.tell(Tone::Accent, Saying::new("size-largest"));
                }
                Task::none()
            }
            Message::Larger => self.rescale(self.scale + 1),
            Message::Resized(size) => {
                self.room = size * self.scale();
                Task::none()
            }
            Message::Smaller => self.rescale(self.scale.saturating_sub(1)),
            Message::Lock => self.lock(),
            Message::Tick => self.tick(Instant::now()),
            Message::Refreshed(Ok(basics)) => {
                if let Stage::Working(work) | Stage::Locked(work, _) = &mut self.stage {
                    work.refresh(&basics);
                }
                self.basics = Some(basics);
                Task::none()
            }
            // The next tick asks again; what is being worked on will say if the desk is gone.
            Message::Refreshed(Err(_)) => Task::none(),
            Message::Reached(_) => Task::none(),
            Message::LookedThrough(answer) => self.looked_through(answer),
            Message::Touched => {
                self.touched = Instant::now();
                Task::none()
            }
        }
    }

    /// Draws it.
    pub fn view(&self) -> Element<'_, Message> {
        let (content, is_asking) = match &self.stage {
            Stage::Opening(progress) => (trouble::opening(&self.words, progress.as_ref()), false),
            Stage::Failed(error) => (trouble::failed(&self.words, error, self.books.place(), Message::Again), false),
            Stage::FirstStart(screen) => (screen.view(&self.words).map(Message::FirstStart), false),
            Stage::SignIn(screen) | Stage::Locked(_, screen) => {
                let reach = self.worker.as_ref().map_or(Reach::Connected, Worker::reach);
                (screen.view(&self.words, reach).map(Message::SignIn), false)
            }
            Stage::Working(work) => {
                let turn = self.turn;
                let (content, is_asking) = work.view();
                (content.map(move |message| Message::Work(turn, message)), is_asking)
            }
        };
        let content = hotkeys(content, move |key, modifiers| self.on_key(key, modifiers, is_asking));
        // Before any field writes the sign.
        scanner(first(content, resizes), Message::Scanned)
    }

    /// What a key does that no widget took; `is_asking` while a card lies over the screen.
    fn on_key(&self, key: &Key, modifiers: Modifiers, is_asking: bool) -> Option<Message> {
        match key.as_ref() {
            Key::Named(Named::F11) => return Some(Message::NextLook),
            Key::Named(Named::F12) if matches!(self.stage, Stage::Working(_)) => return Some(Message::Lock),
            _ => {}
        }
        match &self.stage {
            Stage::Opening(_) => None,
            Stage::Failed(_) => (*key == Key::Named(Named::Enter)).then_some(Message::Again),
            Stage::FirstStart(screen) => screen.key(key, modifiers).map(Message::FirstStart),
            Stage::SignIn(screen) | Stage::Locked(_, screen) => screen.key(key, modifiers).map(Message::SignIn),
            Stage::Working(work) => work.key(key, modifiers, is_asking).map(|message| Message::Work(self.turn, message)),
        }
    }

    fn work(&mut self, message: work::Message) -> Task<Message> {
        let (Stage::Working(work) | Stage::Locked(work, _)) = &mut self.stage else { return Task::none() };
        let turn = self.turn;
        match message {
            work::Message::Lock => self.lock(),
            work::Message::SignOut => self.read_shop(),
            work::Message::NextLook => self.update(Message::NextLook),
            message => work.update(message).map(move |message| Message::Work(turn, message)),
        }
    }

    fn tick(&mut self, now: Instant) -> Task<Message> {
        if matches!(self.stage, Stage::Working(_)) && now.saturating_duration_since(self.touched) >= IDLE {
            return self.lock();
        }
        match (&mut self.stage, &self.worker) {
            (Stage::Working(work), Some(worker)) => {
                work.let_time_pass();
                let language = work.words().language();
                Task::perform(worker.ask(move |desk| desk.basics_in(language.code())), Message::Refreshed)
            }
            // Nobody asks a server anything here, so that only this hears when it is back.
            (Stage::SignIn(_) | Stage::Locked(..), Some(worker)) if worker.reach() == Reach::Reconnecting => {
                let asked = worker.clone();
                Task::perform(worker.ask(|desk| desk.people()), move |_| Message::Reached(asked.reach()))
            }
            _ => Task::none(),
        }
    }
}

/// Ctrl with + or − makes everything larger or smaller, wherever the keyboard has these signs.
fn resizes(key: &Key, modifiers: Modifiers) -> Option<Message> {
    match key.as_ref() {
        Key::Character("+" | "=") if modifiers.command() => Some(Message::Larger),
        Key::Character("-") if modifiers.command() => Some(Message::Smaller),
        _ => None,
    }
}

/// Looks at the clock.
fn ticks() -> mpsc::UnboundedReceiver<Message> {
    every(TICK, Message::Tick)
}

/// Looks whether somebody asks for a word, or gave it.
fn looks() -> mpsc::UnboundedReceiver<Message> {
    every(super::LOOK, Message::LookAround)
}

/// A message again and again, from a thread that ends with its listener.
fn every(pause: Duration, message: Message) -> mpsc::UnboundedReceiver<Message> {
    let (ticks, stream) = mpsc::unbounded();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(pause);
            if ticks.unbounded_send(message.clone()).is_err() {
                return;
            }
        }
    });
    stream
}
