//! The whole window driven by keys alone, on a practice shop with a real desk behind it: what a clerk does, key by key.

use courtesy::desk::{Answer, Desk, DeskError, Hit, HomeView};
use courtesy::domain::ids::DeskNo;
use courtesy::domain::request::{Job, OpenShift, Request};
use courtesy::gui::app::{App, Message, Options};
use courtesy::gui::opening::Books;
use courtesy::gui::theme::{Look, letters, size};
use courtesy::receipt::print::Printer;
use courtesy::text::{Language, Words};
use iced::advanced::renderer::Headless;
use iced::advanced::widget::operation::Outcome;
use iced::keyboard::{Event as Keys, Key, Modifiers, key::Named};
use iced::time::{Duration, Instant};
use iced::{Event, Renderer, Settings, Size, Task, window};
use iced_test::Simulator;
use iced_test::futures::futures::StreamExt;
use iced_test::futures::futures::executor::block_on;
use iced_test::runtime::user_interface::{Cache, UserInterface};
use iced_test::runtime::{Action, task};
use iced_test::simulator::{press_key, tap_key};

/// A window, the shop behind it, and what the widgets remember between two keys.
struct Driven {
    app: App,
    cache: Option<Cache>,
    renderer: Renderer,
    _folder: tempfile::TempDir,
}

fn settings() -> Settings {
    Settings { fonts: letters::files(), default_font: letters::REGULAR, ..Settings::default() }
}

impl Driven {
    fn open(language: Language) -> Self {
        let today = jiff::civil::date(2026, 11, 23);
        let folder = tempfile::tempdir().unwrap();
        let books = Books::Practice { folder: folder.path().to_owned(), seed: 7, today: Some(today), language };
        Self::on(books, language, folder)
    }

    fn on(books: Books, language: Language, folder: tempfile::TempDir) -> Self {
        let (app, task) = App::open(Options { books, words: Words::new(language), look: Look::Light });
        // Loads the fonts, once for all that is drawn.
        drop(Simulator::<Message, Look>::with_size(settings(), size::WINDOW, app.view()));
        let renderer = block_on(<Renderer as Headless>::new(letters::REGULAR, 16.0.into(), None)).unwrap();
        let mut driven = Self { app, cache: Some(Cache::new()), renderer, _folder: folder };
        driven.settle(task);
        driven
    }

    fn interface<T>(&mut self, act: impl FnOnce(&mut UserInterface<'_, Message, Look, Renderer>, &mut Renderer) -> T) -> T {
        let (width, height) = size::WINDOW;
        let cache = self.cache.take().unwrap();
        let mut interface = UserInterface::build(self.app.view(), Size::new(width, height), cache, &mut self.renderer);
        let done = act(&mut interface, &mut self.renderer);
        self.cache = Some(interface.into_cache());
        done
    }

    /// Does all that a task asks for, and all that follows from it.
    fn settle(&mut self, task: Task<Message>) {
        let Some(mut stream) = task::into_stream(task) else { return };
        while let Some(action) = block_on(stream.next()) {
            match action {
                Action::Output(message) => {
                    let next = self.app.update(message);
                    self.settle(next);
                }
                Action::Widget(operation) => self.interface(|interface, renderer| {
                    let mut next = Some(operation);
                    while let Some(mut operation) = next.take() {
                        interface.operate(renderer, operation.as_mut());
                        if let Outcome::Chain(chained) = operation.finish() {
                            next = Some(chained);
                        }
                    }
                }),
                _ => {}
            }
        }
    }

    fn events(&mut self, events: &[Event]) {
        let mut messages = Vec::new();
        self.interface(|interface, renderer| {
            let cursor = iced::mouse::Cursor::Unavailable;
            let _ = interface.update(events, cursor, renderer, &mut iced::advanced::clipboard::Null, &mut messages);
        });
        for message in messages {
            let task = self.app.update(message);
            self.settle(task);
        }
    }

    /// Lets the moment pass in which letters are held back.
    fn pause(&mut self) {
        // The first says that the window was busy for long; then the letters are held once more.
        for seconds in [1, 2] {
            let now = Instant::now() + Duration::from_secs(seconds);
            self.events(&[Event::Window(window::Event::RedrawRequested(now))]);
        }
    }

    fn press(&mut self, key: Named) -> &mut Self {
        let text = (key == Named::Enter).then(|| "\r".into());
        let events: Vec<Event> = tap_key(key, text).collect();
        std::thread::sleep(Duration::from_millis(40));
        self.events(&events);
        self
    }

    fn press_shifted(&mut self, key: Named) -> &mut Self {
        let mut event = press_key(key, None);
        if let Event::Keyboard(Keys::KeyPressed { modifiers, .. }) = &mut event {
            *modifiers = Modifiers::SHIFT;
        }
        self.events(&[event]);
        self
    }

    fn type_out(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            let letter = letter.to_string();
            let events: Vec<Event> = tap_key(Key::Character(letter.as_str().into()), Some(letter.as_str().into())).collect();
            self.events(&events);
            self.pause();
        }
        self
    }

    /// A scanner reads: all letters and Enter at once.
    fn scan(&mut self, code: &str) -> &mut Self {
        let mut events = Vec::new();
        for letter in code.chars().map(String::from) {
            events.extend(tap_key(Key::Character(letter.as_str().into()), Some(letter.as_str().into())));
        }
        events.extend(tap_key(Named::Enter, Some("\r".into())));
        self.events(&events);
        std::thread::sleep(Duration::from_millis(60));
        self.pause();
        self
    }

    fn sees(&self, text: &str) -> bool {
        Simulator::<Message, Look>::with_size(settings(), size::WINDOW, self.app.view()).find(text).is_ok()
    }

    #[track_caller]
    fn must_see(&self, text: &str) {
        assert!(self.sees(text), "“{text}” is not on the screen");
    }

    fn ask<T: Send + 'static>(&self, work: impl FnOnce(&mut Desk) -> Result<T, DeskError> + Send + 'static) -> T {
        let answer: Answer<T> = block_on(self.app.worker().unwrap().ask(work));
        answer.unwrap()
    }

    /// The PIN of a person of the rota.
    fn pin(&self, place: usize) -> String {
        self.app.pins()[place].1.clone()
    }

    fn home(&self) -> HomeView {
        self.ask(Desk::home)
    }

    fn done(&self, job: Job) -> usize {
        self.home().done.iter().find(|(done, _)| *done == job).map_or(0, |(_, count)| *count)
    }

    /// The number of a bill that a clerk may give back without anybody's word.
    fn small_bill(&self) -> String {
        let bills = self.home().bills;
        bills.iter().find(|bill| bill.gross.minor() < 5000).map(|bill| bill.number.clone()).expect("a small bill")
    }

    /// The card of a member.
    fn card(&self) -> String {
        let found = self.ask(|desk| desk.find("ber"));
        let card = found.hits.iter().find_map(|hit| match hit {
            Hit::Member(member) => member.card,
            _ => None,
        });
        card.expect("a card").to_string()
    }

    /// Signs in the second person of the rota, a clerk.
    fn signed_in(language: Language) -> Self {
        let mut driven = Self::open(language);
        let pin = driven.pin(1);
        driven.type_out("2").type_out(&pin).press(Named::Enter);
        driven
    }
}

#[test]
fn the_window_is_there_before_the_books_are_and_says_how_far_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let books = Books::Practice { folder: folder.path().to_owned(), seed: 7, today: None, language: Language::En };
    let (mut app, task) = App::open(Options { books, words: Words::new(Language::En), look: Look::Light });
    let sees = |app: &App, text: &str| Simulator::with_size(settings(), size::WINDOW, app.view()).find(text).is_ok();
    assert!(app.worker().is_none() && sees(&app, "Opening the shop") && sees(&app, "This takes a moment."));
    let mut stream = task::into_stream(task).unwrap();
    let mut seen = Vec::new();
    while app.worker().is_none() {
        let Some(Action::Output(message)) = block_on(stream.next()) else { panic!("nothing was opened") };
        let _reads_the_shop = app.update(message);
        let steps = ["Writing in the members", "Ringing up the sales of the last weeks", "Giving the staff their PINs"];
        seen.extend(steps.into_iter().filter(|step| sees(&app, step)));
    }
    seen.dedup();
    assert_eq!(seen, ["Writing in the members", "Ringing up the sales of the last weeks", "Giving the staff their PINs"]);
}

#[test]
fn a_database_of_another_program_is_left_alone_and_opening_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("courtesy.db");
    std::fs::write(&path, "letters, not a database".repeat(100)).unwrap();
    let mut driven = Driven::on(shop_at(&path, folder.path()), Language::En, folder);
    driven.must_see("The shop could not be opened");
    driven.must_see(&format!("The books are kept in {}", path.display()));
    std::fs::remove_file(&path).unwrap();
    driven.press(Named::Enter);
    driven.must_see("Open your shop");
}

/// A shop's own books.
fn shop_at(path: &std::path::Path, folder: &std::path::Path) -> Books {
    Books::Shop { path: path.to_owned(), printer: Printer::Folder(folder.join("receipts")), desk: DeskNo(1) }
}

#[test]
fn the_whole_books_are_looked_through_behind_the_work() {
    for (damage, is_wrong) in [("", false), ("UPDATE bill_line SET discount_minor = discount_minor + 1 WHERE no = 1", true)] {
        let courtesy::desk::demo::Demo { desk, folder, people } = courtesy::desk::demo::open(7, None, "en").unwrap();
        drop(desk);
        let path = folder.path().join("courtesy.db");
        rusqlite::Connection::open(&path).unwrap().execute_batch(damage).unwrap();
        let books = shop_at(&path, folder.path());
        let mut driven = Driven::on(books, Language::En, folder);
        driven.type_out("2").type_out(&people[1].1).press(Named::Enter);
        assert_eq!(driven.sees("The books are not in order; only to look at"), is_wrong, "{damage}");
    }
}

#[test]
fn a_clerk_signs_in_by_keys_and_a_wrong_pin_lets_nobody_in() {
    let mut driven = Driven::open(Language::En);
    driven.must_see("Who is at the desk?");
    driven.type_out("2").type_out("999999").press(Named::Enter);
    driven.must_see("Who is at the desk?");
    let pin = driven.pin(1);
    driven.type_out(&pin).press(Named::Enter);
    driven.must_see("Start here");
}

#[test]
fn a_locked_window_comes_back_as_it_was_left() {
    let mut driven = Driven::signed_in(Language::En);
    driven.press(Named::F5);
    driven.must_see("Find a bill");
    driven.press(Named::F12);
    driven.must_see("The desk is locked");
    assert!(!driven.sees("Find a bill"));
    let pin = driven.pin(1);
    driven.type_out(&pin).press(Named::Enter);
    driven.must_see("Find a bill");
}

#[test]
fn somebody_else_takes_over_a_locked_window_by_arrows_or_by_number() {
    let mut driven = Driven::signed_in(Language::En);
    for (to, place, name) in [(&[Named::ArrowDown][..], 2, "Otto Lepp"), (&[Named::Escape], 3, "Helena Ozola")] {
        driven.press(Named::F5).press(Named::F12);
        for key in to {
            driven.press(*key);
        }
        if to == [Named::Escape] {
            driven.must_see("Press your number, or go to your name with the arrows.");
            driven.type_out("4");
        }
        driven.must_see(&format!("PIN of {name}"));
        let pin = driven.pin(place);
        driven.type_out(&pin).press(Named::Enter);
        driven.must_see(name);
        driven.must_see("Start here");
    }
}

#[test]
fn typing_finds_and_escape_lets_go() {
    let mut driven = Driven::signed_in(Language::En);
    driven.type_out("ber");
    driven.must_see("Search · 20 found");
    driven.press(Named::Escape);
    assert!(!driven.sees("Search · 20 found"));
    driven.must_see("Start here");
}

#[test]
fn a_scan_opens_what_it_is_on_every_screen_and_posts_nothing() {
    let mut driven = Driven::signed_in(Language::En);
    let bill = driven.home().bills[0].clone();
    for key in [Named::Escape, Named::F9, Named::F10, Named::F5] {
        let before = driven.home().recent.len();
        driven.press(key);
        driven.scan(&bill.number).scan(&bill.number);
        driven.must_see(&format!("Bill {}", bill.number));
        assert_eq!(driven.home().recent.len(), before, "after {key:?}");
    }
}

#[test]
fn a_scan_fills_the_field_that_asks_for_a_code_and_keeps_the_form() {
    let mut driven = Driven::signed_in(Language::En);
    let card = driven.card();
    driven.press(Named::F3).type_out("Õie");
    for _ in 0..6 {
        driven.press(Named::Tab);
    }
    driven.scan(&card);
    driven.must_see("New membership");
    driven.must_see("Õie");
    driven.must_see(&card);
}

#[test]
fn a_scan_fills_the_code_of_the_credit_that_pays_a_renewal() {
    let mut driven = Driven::signed_in(Language::En);
    let card = driven.card();
    driven.scan(&card).press(Named::F8).press(Named::ArrowDown).press(Named::ArrowDown);
    driven.must_see("Code of the store credit");
    driven.scan("C1-000001");
    driven.must_see("Code of the store credit");
    driven.must_see("C1-000001");
}

#[test]
fn a_scan_fills_the_reference_of_the_terminal() {
    let mut driven = Driven::signed_in(Language::En);
    let bills = driven.home().bills;
    let mut small = bills.iter().filter(|bill| bill.gross.minor() < 5000);
    let by_card = small.find(|bill| {
        let id = bill.id;
        let payments = driven.ask(move |desk| desk.bill(id)).standing.bill.payments;
        payments.iter().all(|payment| payment.tender == courtesy::domain::bill::Tender::Card)
    });
    let number = by_card.map(|bill| bill.number.clone()).expect("a small bill paid by card");
    driven.scan(&number).press(Named::Enter).press(Named::Enter);
    driven.press(Named::F9);
    let document = driven.home().recent[0].number.to_string();
    for (width, height) in [size::WINDOW, (960.0, 600.0)] {
        let mut sim = Simulator::<Message, Look>::with_size(settings(), (width, height), driven.app.view());
        let seen = sim.find(document.as_str()).unwrap().visible_bounds().map_or(0.0, |bounds| bounds.width);
        assert!(seen > 50.0, "{seen} px of the document's number in {width} px");
    }
    driven.scan("TERM-4711-22");
    driven.must_see("Card payouts due");
    driven.must_see("TERM-4711-22");
    driven.press(Named::Enter);
    assert_eq!(driven.done(Job::RecordPayout), 1);
}

#[test]
fn a_filled_form_waits_while_a_scan_is_looked_at() {
    let mut driven = Driven::signed_in(Language::En);
    let number = driven.small_bill();
    driven.press(Named::F3).type_out("Õie").press(Named::Tab).type_out("Saar");
    driven.scan(&number);
    driven.must_see(&format!("Bill {number}"));
    driven.press(Named::Escape);
    driven.must_see("New membership");
    driven.must_see("This was left in the middle, and goes on from there.");
    driven.must_see("Õie");
    driven.press(Named::Enter);
    assert_eq!(driven.done(Job::SignUp), 1);
}

#[test]
fn a_scan_in_the_same_instant_as_the_answer_to_a_posting_opens_and_types_nothing() {
    let mut driven = Driven::signed_in(Language::En);
    let (first, second) = (driven.small_bill(), driven.home().bills[0].number.clone());
    driven.scan(&first).press(Named::Enter);
    let taps = |text: &str| -> Vec<Event> {
        let letters = text.chars().map(String::from);
        letters.flat_map(|letter| tap_key(Key::Character(letter.as_str().into()), Some(letter.as_str().into()))).collect()
    };
    let enter = || tap_key(Named::Enter, Some("\r".into()));
    std::thread::sleep(Duration::from_millis(60));
    // The window is busy with the answer while the second half of the number waits.
    let (head, tail) = second.split_at(3);
    driven.events(&enter().chain(taps(head)).collect::<Vec<_>>());
    // However long the window takes to draw, the redraw comes late and before the next letter.
    let late = Instant::now() + Duration::from_secs(1);
    driven.events(&[Event::Window(window::Event::RedrawRequested(late))]);
    driven.events(&taps(tail).into_iter().chain(enter()).collect::<Vec<_>>());
    assert_eq!(driven.done(Job::Refund), 1);
    driven.must_see(&format!("Bill {second}"));
    driven.must_see("All that may come back");
}

#[test]
fn ticked_lines_wait_while_another_place_is_looked_at() {
    let mut driven = Driven::signed_in(Language::En);
    let card = driven.card();
    driven.scan("536365").press(Named::Space);
    let before = driven.home().recent.len();
    driven.scan(&card).press(Named::F10);
    driven.press(Named::Escape).press(Named::Escape);
    driven.must_see("Bill 536365");
    driven.press(Named::Enter);
    assert_eq!((driven.done(Job::Refund), driven.home().recent.len()), (1, before + 1));
    driven.must_see("85123 · bought 6, 0 left");
}

#[test]
fn a_renewal_waits_and_is_found_again_by_its_card() {
    let mut driven = Driven::signed_in(Language::En);
    let (card, number) = (driven.card(), driven.small_bill());
    driven.scan(&card).press(Named::F8).press(Named::F10);
    driven.press(Named::Escape);
    driven.must_see("Valid to");
    driven.scan(&number).scan(&card);
    driven.must_see("Valid to");
    driven.press(Named::Enter);
    assert_eq!(driven.done(Job::Renew), 1);
}

#[test]
fn a_scan_is_left_while_another_persons_word_is_waited_for() {
    let mut driven = Driven::signed_in(Language::En);
    let (number, pin) = (driven.small_bill(), driven.pin(3));
    driven.scan("536365").press(Named::Enter).press(Named::Enter);
    driven.must_see("Approve");
    driven.scan(&number);
    driven.must_see("Approve");
    driven.press(Named::ArrowDown).type_out(&pin).press(Named::Enter);
    driven.must_see("Bill 536365");
    driven.must_see("The scan was left. Finish what is asked here, or refuse it, and scan again.");
    assert_eq!(driven.done(Job::Refund), 1);
}

#[test]
fn everything_may_come_back_with_two_keys_after_the_scan() {
    let mut driven = Driven::signed_in(Language::En);
    let number = driven.small_bill();
    driven.scan(&number).press(Named::Enter).press(Named::Enter);
    assert_eq!(driven.done(Job::Refund), 1);
}

#[test]
fn a_wrong_price_is_put_right_with_three_keys_and_the_digits() {
    let mut driven = Driven::signed_in(Language::En);
    let number = driven.small_bill();
    driven.scan(&number).press(Named::F6).type_out("1").press(Named::Enter).press(Named::Enter);
    assert_eq!(driven.done(Job::CorrectPrice), 1);
}

#[test]
fn an_apology_takes_two_keys_and_the_digits() {
    let mut driven = Driven::signed_in(Language::En);
    let number = driven.small_bill();
    driven.scan(&number).press(Named::F7).type_out("5").press(Named::Enter);
    assert_eq!(driven.done(Job::Goodwill), 1);
}

#[test]
fn a_membership_is_renewed_with_two_keys_after_the_scan() {
    let mut driven = Driven::signed_in(Language::En);
    let card = driven.card();
    driven.scan(&card).press(Named::F8).press(Named::Enter);
    assert_eq!(driven.done(Job::Renew), 1);
}

#[test]
fn a_person_signs_up_by_keys() {
    let mut driven = Driven::signed_in(Language::En);
    driven.press(Named::F3).type_out("Õie").press(Named::Tab).type_out("Saar").press(Named::Enter);
    for _ in 0..2 {
        if driven.done(Job::SignUp) == 0 {
            driven.press(Named::Enter);
        }
    }
    assert_eq!(driven.done(Job::SignUp), 1);
}

#[test]
fn what_is_above_the_clerks_limit_waits_for_anothers_word() {
    let mut driven = Driven::signed_in(Language::En);
    let bills = driven.home().bills;
    let large = bills.iter().find(|bill| bill.gross.minor() > 10_000).map(|bill| bill.number.clone());
    driven.scan(&large.expect("a large bill")).press(Named::Enter).press(Named::Enter);
    assert_eq!(driven.done(Job::Refund), 0);
    driven.must_see("Approve");
    driven.press(Named::Escape);
    assert_eq!(driven.done(Job::Refund), 0);
}

#[test]
fn every_key_of_the_table_leads_somewhere_and_back() {
    let mut driven = Driven::signed_in(Language::En);
    for (key, seen) in [(Named::F5, "Find a bill"), (Named::F9, "Card payouts due"), (Named::F1, "Keys")] {
        driven.press(key);
        driven.must_see(seen);
        driven.press(Named::Escape).press(Named::Escape).press(Named::Escape);
        driven.must_see("Start here");
    }
    driven.press_shifted(Named::F10);
    driven.must_see("This desk’s shift and key");
    driven.press(Named::Escape);
    driven.must_see("Start here");
    driven.press_shifted(Named::F9);
    driven.must_see("Start here");
}

#[test]
fn a_manager_gets_to_approvals_by_a_key_and_a_person_is_erased_by_two_but_not_with_enter() {
    let mut driven = Driven::open(Language::En);
    let pin = driven.pin(3);
    driven.type_out("4").type_out(&pin).press(Named::Enter);
    driven.must_see("approvals");
    driven.press_shifted(Named::F9);
    driven.must_see("Nothing waits");
    let card = driven.card();
    driven.scan(&card).press(Named::Delete);
    driven.must_see("What goes, for ever");
    driven.press(Named::Enter);
    assert!(!driven.sees("What goes, for ever"), "the button that keeps has the focus");
    driven.press(Named::Delete).press(Named::Space);
    assert!(!driven.sees("What goes, for ever"));
    assert_eq!(driven.done(Job::ErasePerson), 0);
    driven.press(Named::Delete).type_out("e");
    assert_eq!(driven.done(Job::ErasePerson), 1);
    driven.must_see("Erased");
}

#[test]
fn the_reason_of_a_restore_is_typed_to_its_end_while_the_desk_answers() {
    let courtesy::desk::demo::Demo { mut desk, folder, people } = courtesy::desk::demo::open(7, None, "en").unwrap();
    let path = folder.path().join("courtesy.db");
    let older = folder.path().join("older.db");
    let copy = format!("VACUUM INTO '{}'", older.display());
    rusqlite::Connection::open(&path).unwrap().execute_batch(&copy).unwrap();
    let opened = courtesy::desk::ask(DeskNo(1), people[3].0.no, Request::OpenShift(OpenShift {}));
    desk.post(&opened, &courtesy::desk::Proof::default()).unwrap();
    drop(desk);
    for beside in ["-wal", "-shm"] {
        let _gone_already = std::fs::remove_file(folder.path().join(format!("courtesy.db{beside}")));
    }
    std::fs::copy(&older, &path).unwrap();
    let books = shop_at(&path, folder.path());
    let mut driven = Driven::on(books, Language::En, folder);
    driven.type_out("2").type_out(&people[1].1).press(Named::Enter).press_shifted(Named::F10);
    driven.type_out("D");
    driven.must_see("Ask a manager");
    driven.type_out("isk").press(Named::Enter).type_out(&people[3].1).press(Named::Enter);
    assert_eq!(driven.done(Job::ReAnchor), 1);
    let number = driven.home().recent.iter().find(|row| row.job == Job::ReAnchor).unwrap().number;
    let document = driven.ask(move |desk| desk.filled(number, 0)).1;
    assert_eq!(document.quote.reason.as_deref(), Some("Disk"));
}

#[test]
fn the_window_speaks_the_clerks_language() {
    let mut driven = Driven::open(Language::Fi);
    driven.must_see("Kuka on tiskillä?");
    let pin = driven.pin(0);
    driven.type_out("1").type_out(&pin).press(Named::Enter);
    driven.must_see("Aloita tästä");
}

#[test]
fn a_document_is_printed_again_and_undone() {
    let mut driven = Driven::signed_in(Language::En);
    let number = driven.small_bill();
    driven.scan(&number).press(Named::Enter).press(Named::Enter);
    let document = driven.home().recent[0].number;
    driven.press(Named::F10).press(Named::Enter);
    driven.must_see(&format!("Document {document}"));
    driven.type_out("p");
    driven.must_see(&format!("A copy of {document} is printing."));
    driven.type_out("v").press(Named::Enter);
    assert_eq!(driven.done(Job::Void), 1);
}

#[test]
fn a_screen_gets_its_letters_after_the_scan_box_was_left() {
    let mut driven = Driven::signed_in(Language::En);
    driven.press(Named::F10).press(Named::Enter);
    driven.must_see("Print again");
    driven.type_out("p");
    assert!(!driven.sees("Nothing found for “p”. Try a part of the name, the phone number, or the number on the receipt."));
}

#[test]
fn a_manager_adds_a_person_with_a_pin() {
    let mut driven = Driven::open(Language::En);
    let pin = driven.pin(0);
    driven.type_out("1").type_out(&pin).press(Named::Enter);
    driven.press_shifted(Named::Tab).press(Named::Enter);
    driven.must_see("People of this shop");
    driven.type_out("n").type_out("Aino");
    for _ in 0..8 {
        driven.press(Named::Tab);
    }
    driven.type_out("246813").press(Named::Tab).type_out("246813").press(Named::Enter);
    let people = driven.ask(Desk::people);
    assert!(people.iter().any(|person| person.name == "Aino"), "{people:?}");
}

#[test]
fn keys_that_are_held_count_once() {
    let mut driven = Driven::signed_in(Language::En);
    let number = driven.small_bill();
    driven.scan(&number);
    let before = driven.home().recent.len();
    let held: Vec<Event> = tap_key(Named::Enter, Some("\r".into())).take(1).map(with_repeat).collect();
    for _ in 0..5 {
        driven.events(&held);
    }
    assert_eq!(driven.home().recent.len(), before);
}

fn with_repeat(event: Event) -> Event {
    match event {
        Event::Keyboard(Keys::KeyPressed { key, modified_key, physical_key, location, modifiers, text, .. }) => {
            Event::Keyboard(Keys::KeyPressed { key, modified_key, physical_key, location, modifiers, text, repeat: true })
        }
        other => other,
    }
}

#[test]
fn f8_renews_the_member_of_a_bill_and_of_a_document() {
    let mut driven = Driven::signed_in(Language::En);
    let bills = driven.home().bills;
    let bill = bills.iter().find(|bill| bill.member.is_some() && bill.gross.minor() < 5000).expect("a member's bill");
    driven.scan(&bill.number).press(Named::F8);
    driven.must_see("Valid to");
    driven.press(Named::Enter);
    assert_eq!(driven.done(Job::Renew), 1);
    driven.press(Named::F10).press(Named::Enter).press(Named::F8).press(Named::Enter);
    assert_eq!(driven.done(Job::Renew), 2);
}

#[test]
fn a_slip_of_store_credit_is_used_with_one_key_after_the_scan() {
    let mut driven = Driven::signed_in(Language::En);
    let number = driven.small_bill();
    driven.scan(&number).type_out("t").press(Named::Enter).press(Named::Enter);
    let slip = driven.home().recent[0].number;
    let code = courtesy::domain::ids::CreditCode(slip);
    let left = driven.ask(move |desk| desk.credit(code)).balance;
    assert!(left.is_positive());
    driven.scan(&code.to_string());
    driven.must_see(&format!("Store credit {code}"));
    driven.type_out("0.50");
    driven.press(Named::Enter);
    assert_eq!(driven.done(Job::RedeemCredit), 1);
    driven.must_see("print again");
    driven.scan(&code.to_string()).press(Named::Enter);
    assert_eq!((driven.done(Job::RedeemCredit), driven.ask(move |desk| desk.credit(code)).balance.is_zero()), (2, true));
    driven.scan(&code.to_string()).press(Named::Enter);
    assert_eq!(driven.done(Job::RedeemCredit), 2);
}

#[test]
fn more_of_a_line_than_is_left_is_refused_with_what_can_still_come_back() {
    let mut driven = Driven::signed_in(Language::En);
    driven.scan("536365").type_out("4").press(Named::Enter);
    assert_eq!(driven.done(Job::Refund), 1);
    driven.scan("536365").type_out("7");
    driven.must_see("“Of White hanging heart holder, 2 can still come back, not 7.”");
    driven.press(Named::Enter);
    assert_eq!(driven.done(Job::Refund), 1);
}

#[test]
fn a_clerk_reads_the_policy_in_their_language_and_the_books_keep_the_shops() {
    let mut driven = Driven::open(Language::En);
    let pin = driven.pin(4);
    driven.type_out("5").type_out(&pin).press(Named::Enter);
    driven.scan("536365").press(Named::Space);
    driven.must_see("Muutti mielensä");
    driven.type_out("r");
    driven.must_see("Ei sovi");
    driven.press(Named::Enter);
    let number = driven.home().recent[0].number;
    let document = driven.ask(move |desk| desk.filled(number, 0)).1;
    assert_eq!(document.quote.reason.as_deref(), Some("Does not fit"));
}

#[test]
fn everything_is_drawn_larger_as_far_as_the_window_has_the_room() {
    let mut driven = Driven::signed_in(Language::En);
    for (size, scale) in [(Size::new(1920.0, 1080.0), 2.0), (Size::new(1280.0, 800.0), 4.0 / 3.0), (Size::new(800.0, 600.0), 1.0)]
    {
        let size = size * (1.0 / driven.app.scale());
        let _nothing = driven.app.update(Message::Resized(size));
        for _ in 0..9 {
            let _nothing = driven.app.update(Message::Larger);
        }
        assert!((driven.app.scale() - scale).abs() < 0.001, "{size:?}: {}", driven.app.scale());
    }
    driven.must_see("This is as large as this window allows. A larger window allows more.");
}

#[test]
fn the_first_line_alone_comes_back_with_three_keys_at_most() {
    let mut driven = Driven::signed_in(Language::En);
    driven.scan("536365").press(Named::Space).press(Named::Enter);
    assert_eq!(driven.done(Job::Refund), 1);
    driven.must_see("85123 · bought 6, 0 left");
}

#[test]
fn another_persons_word_takes_the_person_the_pin_and_enter() {
    let mut driven = Driven::signed_in(Language::En);
    let pin = driven.pin(3);
    driven.scan("536365").press(Named::Enter).press(Named::Enter);
    driven.press(Named::ArrowDown).type_out(&pin).press(Named::Enter);
    assert_eq!(driven.done(Job::Refund), 1);
    let number = driven.home().recent[0].number;
    let document = driven.ask(move |desk| desk.filled(number, 0)).1;
    assert_eq!(document.approval.map(|approval| approval.by.to_string()).as_deref(), Some("4"));
}

#[test]
fn a_shop_is_opened_by_keys_and_its_manager_signs_in() {
    let folder = tempfile::tempdir().unwrap();
    let books = shop_at(&folder.path().join("books").join("courtesy.db"), folder.path());
    let mut driven = Driven::on(books, Language::En, folder);
    driven.must_see("Open your shop");
    driven.press(Named::Enter).press(Named::Enter);
    driven.must_see("×\u{a0}This must be filled in.");
    driven.press(Named::Escape).press(Named::Escape);
    driven.press(Named::Tab).press(Named::Tab).press(Named::Enter);
    driven.type_out("Corner Club").press(Named::Enter);
    driven.type_out("Maria").press(Named::Tab).type_out("314159").press(Named::Tab).type_out("314159").press(Named::Enter);
    driven.must_see("Write this code down and keep it where only the owner finds it. It is shown once.");
    driven.press(Named::Enter);
    driven.must_see("Corner Club");
    driven.type_out("314159").press(Named::Enter);
    driven.must_see("Start here");
}
