//! Who comes in: opening the books, the first start, signing in, and the lock.

use std::sync::Arc;
use std::time::Instant;

use iced::Task;

use super::{App, Message, Stage};
use crate::desk::{Answer, Basics, Desk, DeskError, Worker};
use crate::domain::say::Saying;
use crate::domain::staff::Staff;
use crate::gui::opening;
use crate::gui::screens::first_start::{self, FirstStart};
use crate::gui::screens::sign_in::{self, SignIn};
use crate::gui::shared::Shared;
use crate::gui::theme::Tone;
use crate::gui::work::Work;
use crate::store::verify::Finding;
use crate::text::{Form, Language, Words};

impl App {
    /// Opens the books, or reads them anew where they are open.
    pub(super) fn open_books(&mut self) -> Task<Message> {
        self.stage = Stage::Opening(None);
        if self.worker.is_some() { self.read_shop() } else { self.books.open().map(Message::Opening) }
    }

    pub(super) fn read_shop(&self) -> Task<Message> {
        match &self.worker {
            Some(worker) => Task::perform(worker.ask(Desk::basics), Message::Opened),
            None => Task::none(),
        }
    }

    pub(super) fn opening(&mut self, message: opening::Message) -> Task<Message> {
        match message {
            opening::Message::Progress(progress) => {
                if let Stage::Opening(shown) = &mut self.stage {
                    *shown = Some(progress);
                }
                Task::none()
            }
            opening::Message::Opened(Ok((worker, pins))) => {
                self.worker = Some(worker);
                self.pins = pins;
                let look = self.books.look_through().map(|look| Task::perform(look, Message::LookedThrough));
                Task::batch([self.read_shop()].into_iter().chain(look))
            }
            opening::Message::Opened(Err(error)) if self.books.are_missing(&error) => {
                self.stage = Stage::FirstStart(Box::new(FirstStart::new(&self.words)));
                Task::none()
            }
            opening::Message::Opened(Err(error)) => self.fail(error),
        }
    }

    /// Where the whole books are not in order the desk only reads from now on, which is said wherever it stands.
    pub(super) fn looked_through(&mut self, answer: Answer<Vec<Finding>>) -> Task<Message> {
        let Some(worker) = &self.worker else { return Task::none() };
        match answer {
            Ok(findings) if findings.is_empty() => Task::none(),
            Ok(findings) => {
                let language = self.words.language();
                let taken_in = worker.ask(move |desk| {
                    desk.take_in(findings);
                    desk.basics_in(language.code())
                });
                Task::perform(taken_in, Message::Refreshed)
            }
            Err(error) => {
                if let Stage::Working(work) | Stage::Locked(work, _) = &mut self.stage {
                    work.tell(Tone::Ask, Saying::new("look-through-failed").with("error", error.to_string()));
                }
                Task::none()
            }
        }
    }

    pub(super) fn opened(&mut self, basics: Basics) -> Task<Message> {
        self.words = shop_words(Language::or_english(&basics.shop.language), &basics);
        self.stage = Stage::SignIn(SignIn::new(&basics, self.pins.clone(), None));
        self.basics = Some(basics);
        Task::none()
    }

    pub(super) fn fail(&mut self, error: Arc<DeskError>) -> Task<Message> {
        self.stage = Stage::Failed(error);
        Task::none()
    }

    pub(super) fn first_start(&mut self, message: first_start::Message) -> Task<Message> {
        let Stage::FirstStart(screen) = &mut self.stage else { return Task::none() };
        match screen.update(message, &self.words) {
            first_start::Action::None => Task::none(),
            first_start::Action::Focus(id) => iced::widget::operation::focus(id),
            first_start::Action::Speak(language) => {
                self.words = Words::new(language);
                Task::none()
            }
            first_start::Action::SetUp(opening) => first_start::set_up(&self.books, opening).map(Message::FirstStart),
            first_start::Action::Enter(worker) => {
                // Whoever goes on from the recovery code has seen it.
                let basics = worker.ask(|desk| {
                    desk.code_was_seen()?;
                    desk.basics()
                });
                self.worker = Some(worker);
                Task::perform(basics, Message::Opened)
            }
        }
    }

    pub(super) fn sign_in(&mut self, message: sign_in::Message) -> Task<Message> {
        let (Stage::SignIn(screen) | Stage::Locked(_, screen)) = &mut self.stage else { return Task::none() };
        let Some(worker) = self.worker.clone() else { return Task::none() };
        match screen.update(message) {
            sign_in::Action::None => Task::none(),
            sign_in::Action::Try(effect) => effect.perform(&worker).map(Message::SignIn),
            sign_in::Action::Admit(staff) => self.admit(staff, &worker),
        }
    }

    /// Unlocks the work of the same person as it was left; for anybody else, reads the shop anew.
    pub(super) fn admit(&mut self, staff: Staff, worker: &Worker) -> Task<Message> {
        self.touched = Instant::now();
        match std::mem::replace(&mut self.stage, Stage::Opening(None)) {
            Stage::Locked(work, _) if work.clerk() == staff.no => {
                self.words = work.words().clone();
                self.stage = Stage::Working(work);
                Task::none()
            }
            _ => {
                let language = staff.language.clone();
                let basics = worker.ask(move |desk| desk.basics_in(&language));
                Task::perform(basics, move |answer| Message::Admitted(staff.clone(), answer))
            }
        }
    }

    pub(super) fn begin(&mut self, clerk: Staff, basics: Basics) -> Task<Message> {
        let Some(worker) = self.worker.clone() else { return Task::none() };
        self.turn += 1;
        self.touched = Instant::now();
        self.words = shop_words(Language::or_english(&clerk.language), &basics);
        let shared = Shared {
            words: self.words.clone(),
            look: self.look,
            clerk,
            people: basics.people.clone(),
            desk: basics.desk,
            shop_name: basics.shop.name.clone(),
            currency: basics.shop.currency,
            today: basics.today,
            policy: Arc::clone(&basics.policy),
            texts: basics.texts.clone(),
            plans: basics.plans.clone(),
            reads_only: basics.reads_only,
            trouble: basics.trouble.clone(),
        };
        let (mut work, task) = Work::open(shared, basics.now, worker);
        if let Some(saying) = basics.resent.clone().filter(|_| self.turn == 1) {
            work.tell(Tone::Ask, saying);
        }
        self.basics = Some(basics);
        self.stage = Stage::Working(Box::new(work));
        let turn = self.turn;
        task.map(move |message| Message::Work(turn, message))
    }

    pub(super) fn lock(&mut self) -> Task<Message> {
        let Some(basics) = &self.basics else { return Task::none() };
        match std::mem::replace(&mut self.stage, Stage::Opening(None)) {
            Stage::Working(work) => {
                let screen = SignIn::new(basics, self.pins.clone(), Some(work.clerk()));
                self.stage = Stage::Locked(work, screen);
            }
            other => self.stage = other,
        }
        Task::none()
    }
}

/// The words of a person, with money and dates in the form of the shop.
fn shop_words(language: Language, basics: &Basics) -> Words {
    Words::in_form(language, Form::of(Language::or_english(&basics.shop.language)))
}
