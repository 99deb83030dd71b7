//! The job screens, driven by their keys with a real desk of the practice shop behind them.
//!
//! With `COURTESY_PICTURES` naming a folder, each state that is looked at is also drawn there, in light, dark, high contrast and Finnish.

use courtesy::desk::{Desk, DeskError, Worker, demo};
use courtesy::domain::ids::{BillId, MemberId};
use courtesy::domain::request::{Goods, Job, Request};
use courtesy::domain::say::Saying;
use courtesy::domain::staff::{Role, Staff};
use courtesy::gui::draft::{self, Stage};
use courtesy::gui::note;
use courtesy::gui::screens::approvals::{self as decisions, Approvals};
use courtesy::gui::screens::bill::{self, Bill};
use courtesy::gui::screens::member::{self, Member};
use courtesy::gui::screens::shift::{self, Shift};
use courtesy::gui::screens::sign_up::{self, Field, SignUp};
use courtesy::gui::shared::{Action, Parts, Place, Shared};
use courtesy::gui::theme::{Look, letters, size};
use courtesy::gui::widgets::{Element, bars, frame, modal};
use courtesy::text::{Form, Language, Words};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::{Settings, Task};
use iced_test::Simulator;
use iced_test::futures::futures::StreamExt;
use iced_test::futures::futures::executor::block_on;
use iced_test::runtime::{self, task};

mod approvals;

/// What the job screens have in common.
trait Screen: Sized {
    type Message: Clone + Send + 'static;
    type Effect: Clone + PartialEq + std::fmt::Debug;
    fn update(&mut self, message: Self::Message, shared: &Shared) -> Action<Self::Effect>;
    fn key(&self, key: &Key, shared: &Shared) -> Option<Self::Message>;
    fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Self::Message>;
    fn perform(effect: Self::Effect, worker: &Worker) -> Task<Self::Message>;
}

macro_rules! screen {
    ($type:ident $module:ident) => {
        impl Screen for $type {
            type Message = $module::Message;
            type Effect = $module::Effect;
            fn update(&mut self, message: Self::Message, shared: &Shared) -> Action<Self::Effect> {
                $type::update(self, message, shared)
            }
            fn key(&self, key: &Key, shared: &Shared) -> Option<Self::Message> {
                $type::key(self, key, Modifiers::empty(), shared)
            }
            fn view<'a>(&'a self, shared: &'a Shared) -> Parts<'a, Self::Message> {
                $type::view(self, shared)
            }
            fn perform(effect: Self::Effect, worker: &Worker) -> Task<Self::Message> {
                effect.perform(worker)
            }
        }
    };
}

screen!(Bill bill);
screen!(Member member);
screen!(SignUp sign_up);
screen!(Shift shift);
screen!(Approvals decisions);

/// The practice shop, and what a clerk is lent there.
struct Shop {
    worker: Worker,
    shared: Shared,
    pins: Vec<(Role, String)>,
    _folder: tempfile::TempDir,
}

impl Shop {
    fn open() -> Self {
        let demo = demo::open(7, Some(jiff::civil::date(2026, 11, 23)), "en").unwrap();
        Self::around(demo.desk, demo.people, demo.folder)
    }

    fn around(desk: Desk, people: Vec<(Staff, String)>, folder: tempfile::TempDir) -> Self {
        let pins = people.iter().map(|(person, pin)| (person.role, pin.clone())).collect();
        let worker = Worker::start(desk).unwrap();
        let basics = block_on(worker.ask(Desk::basics)).unwrap();
        let clerk = basics.people.iter().find(|person| person.role == Role::Clerk).unwrap().clone();
        let shared = Shared {
            words: Words::new(Language::En),
            look: Look::Light,
            clerk,
            people: basics.people,
            desk: basics.desk,
            shop_name: basics.shop.name.clone(),
            currency: basics.shop.currency,
            today: basics.today,
            policy: basics.policy,
            texts: basics.texts,
            plans: basics.plans,
            reads_only: basics.reads_only,
            trouble: basics.trouble,
        };
        Self { worker, shared, pins, _folder: folder }
    }

    fn ask<T: Send + 'static>(&self, work: impl FnOnce(&mut Desk) -> Result<T, DeskError> + Send + 'static) -> T {
        block_on(self.worker.ask(work)).unwrap()
    }

    fn done(&self, job: Job) -> usize {
        self.ask(Desk::home).done.iter().find(|(done, _)| *done == job).map_or(0, |(_, count)| *count)
    }

    /// A bill of the day whose sum lies between two amounts, in cents.
    fn bill(&self, from_minor: i64, to_minor: i64) -> BillId {
        let bills = self.ask(Desk::home).bills;
        let fits = |bill: &&courtesy::store::bill::Summary| {
            (from_minor..to_minor).contains(&bill.gross.minor()) && bill.member.is_some()
        };
        bills.iter().find(fits).unwrap().id
    }

    fn member(&self) -> MemberId {
        self.ask(Desk::home).bills.iter().find_map(|bill| bill.member).unwrap()
    }

    fn person(&self, role: Role) -> Staff {
        self.shared.people.iter().find(|person| person.role == role).unwrap().clone()
    }

    fn pin(&self, role: Role) -> String {
        self.pins.iter().find(|(of, _)| *of == role).unwrap().1.clone()
    }
}

/// A screen that is open before somebody, where it wanted to go, and what it said above the foot.
struct Open<'a, S: Screen> {
    shop: &'a Shop,
    shared: Shared,
    screen: S,
    went: Vec<Place>,
    said: Vec<Saying>,
}

impl<'a, S: Screen> Open<'a, S> {
    fn new(shop: &'a Shop, (screen, action): (S, Action<S::Effect>)) -> Self {
        Self::before(shop, Role::Clerk, (screen, action))
    }

    /// Before the first person of the rota who has that role.
    fn before(shop: &'a Shop, role: Role, (screen, action): (S, Action<S::Effect>)) -> Self {
        let clerk = shop.person(role);
        let shared = Shared { clerk, ..shop.shared.clone() };
        let mut open = Self { shop, shared, screen, went: Vec::new(), said: Vec::new() };
        open.act(action);
        open
    }

    fn act(&mut self, action: Action<S::Effect>) {
        match action {
            Action::None => {}
            Action::Notice(_, saying) => self.said.push(saying),
            Action::Go(place) => self.went.push(place),
            Action::All(actions) => actions.into_iter().for_each(|action| self.act(action)),
            Action::Run(effects) => effects.into_iter().for_each(|effect| self.settle(S::perform(effect, &self.shop.worker))),
        }
    }

    fn settle(&mut self, task: Task<S::Message>) {
        let Some(mut stream) = task::into_stream(task) else { return };
        while let Some(action) = block_on(stream.next()) {
            if let runtime::Action::Output(message) = action {
                self.send(message);
            }
        }
    }

    fn send(&mut self, message: S::Message) -> &mut Self {
        let action = self.screen.update(message, &self.shared);
        self.act(action);
        self
    }

    fn press(&mut self, key: Named) -> &mut Self {
        if let Some(message) = self.screen.key(&Key::Named(key), &self.shared) {
            self.send(message);
        }
        self
    }

    fn type_out(&mut self, text: &str) -> &mut Self {
        for letter in text.chars().map(String::from) {
            if let Some(message) = self.screen.key(&Key::Character(letter.as_str().into()), &self.shared) {
                self.send(message);
            }
        }
        self
    }

    fn sees(&self, text: &str) -> bool {
        sim(framed(&self.screen, &self.shared)).find(text).is_ok()
    }

    /// Draws the state where pictures are wanted.
    fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("COURTESY_PICTURES") else { return };
        let looks = [Look::Light, Look::Dark, Look::ContrastLight].map(|look| (look, Language::En));
        for (look, language) in looks.into_iter().chain([(Look::Light, Language::Fi)]) {
            let shared = Shared { look, words: Words::new(language), ..self.shared.clone() };
            let mut sim = sim(framed(&self.screen, &shared));
            let path = std::path::Path::new(&folder).join(format!("{name}-{}-{}.png", look.key(), language.code()));
            assert!(sim.snapshot(&look).unwrap().matches_image(path).unwrap());
        }
    }
}

fn sim<'a, M: 'a>(view: Element<'a, M>) -> Simulator<'a, M, Look> {
    let settings = Settings { fonts: letters::files(), default_font: letters::REGULAR, ..Settings::default() };
    Simulator::with_size(settings, size::WINDOW, view)
}

/// A screen's parts in the frame, as the window puts them there.
fn framed<'a, S: Screen>(screen: &'a S, shared: &'a Shared) -> Element<'a, S::Message> {
    let parts = screen.view(shared);
    let frame = frame::frame(frame::Frame {
        rail: iced::widget::space().width(size::RAIL).into(),
        top: iced::widget::space().height(size::TOP).into(),
        body: parts.body,
        side: parts.side,
        foot: bars::foot_bar(parts.keys, courtesy::gui::theme::Tone::Allowed, String::new()),
        found: None,
    });
    modal::modal(frame, parts.over)
}

fn stage(open: &Open<'_, Bill>) -> Stage {
    open.screen.draft().stage().clone()
}

#[test]
fn everything_comes_back_with_two_keys_and_enter_again_posts_nothing_more() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, Bill::open(shop.bill(100, 4000)));
    open.picture("bill-open");
    open.press(Named::Enter);
    assert_eq!(stage(&open), Stage::Quoted);
    assert!(open.sees("Money back"));
    open.picture("bill-quoted");
    open.press(Named::Enter);
    assert!(matches!(stage(&open), Stage::Posted(_)));
    assert_eq!(shop.done(Job::Refund), 1);
    open.picture("bill-posted");
    open.press(Named::Enter);
    assert_eq!((shop.done(Job::Refund), open.went), (1, vec![Place::Home]));
}

#[test]
fn the_first_line_alone_takes_space_and_enter_and_more_than_is_left_is_refused() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, Bill::open(shop.bill(100, 4000)));
    open.press(Named::Space);
    let Some(Request::Refund(refund)) = open.screen.draft().request().cloned() else { panic!("nothing is asked") };
    assert!(matches!(refund.goods, Goods::Lines { ref lines, .. } if lines.len() == 1));
    open.type_out("99").press(Named::Enter);
    assert_eq!((stage(&open), shop.done(Job::Refund)), (Stage::Quoted, 0));
    open.picture("bill-too-many");
    open.press(Named::Escape);
    assert_eq!(stage(&open), Stage::Empty);
    open.press(Named::Space).press(Named::Enter);
    assert_eq!(shop.done(Job::Refund), 1);
}

#[test]
fn a_price_is_put_right_and_an_apology_given_by_digits_alone() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, Bill::open(shop.bill(100, 4000)));
    open.press(Named::F6).type_out("1,00");
    open.picture("bill-price");
    open.press(Named::Enter);
    assert_eq!(shop.done(Job::CorrectPrice), 1);
    let mut open = Open::new(&shop, Bill::open(shop.bill(100, 4000)));
    open.press(Named::F7).type_out("10");
    open.picture("bill-goodwill");
    open.press(Named::Enter);
    assert_eq!(shop.done(Job::Goodwill), 1);
}

#[test]
fn a_manager_approves_on_the_clerks_screen_and_a_wrong_pin_keeps_everything() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, Bill::open(shop.bill(25_000, 100_000)));
    open.press(Named::Enter);
    open.picture("bill-asks");
    open.press(Named::Enter);
    assert!(matches!(stage(&open), Stage::Approving(_)));
    open.type_out("000000").press(Named::Enter);
    assert!(matches!(stage(&open), Stage::Approving(_)));
    open.picture("approval-wrong-pin");
    open.press(Named::F4);
    assert_eq!((stage(&open), shop.done(Job::Refund)), (Stage::Quoted, 0));
    open.press(Named::Enter).type_out(&shop.pin(Role::Manager)).press(Named::Enter);
    open.picture("bill-approved");
    assert_eq!(shop.done(Job::Refund), 1);
}

#[test]
fn an_answer_to_an_older_question_is_dropped_and_enter_while_booking_does_nothing() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, Bill::open(shop.bill(100, 4000)));
    let asked = open.screen.update(bill::Message::TickCurrent, &shop.shared);
    assert_eq!(stage(&open), Stage::Quoting);
    let Action::All(all) = asked else { panic!("{asked:?}") };
    assert_eq!(all[1], Action::Run(vec![bill::Effect::Draft(draft::Effect::Begin)]));
    all.into_iter().for_each(|action| open.act(action));
    assert_eq!(stage(&open), Stage::Quoted);
    let late = bill::Message::Draft(draft::Message::Quoted(0, Err(std::sync::Arc::new(DeskError::Gone))));
    open.send(late);
    assert_eq!(stage(&open), Stage::Quoted);
    let posting = open.screen.update(bill::Message::Enter, &shop.shared);
    assert!(matches!(stage(&open), Stage::Posting { .. }));
    assert_eq!(open.screen.update(bill::Message::Enter, &shop.shared), Action::None);
    let lost = bill::Message::Draft(draft::Message::Came(2, Err(std::sync::Arc::new(DeskError::Gone))));
    assert_eq!(open.screen.update(lost, &shop.shared), Action::None);
    assert!(matches!(stage(&open), Stage::Failed { posting: true, .. }));
    open.picture("bill-lost");
    drop(posting);
    open.press(Named::Enter);
    assert_eq!(shop.done(Job::Refund), 1);
}

#[test]
fn a_membership_is_renewed_with_two_keys() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, Member::open(shop.member()));
    open.picture("member");
    open.press(Named::F8);
    open.picture("member-renew");
    open.press(Named::Enter);
    open.picture("member-renewed");
    assert_eq!(shop.done(Job::Renew), 1);
    open.press(Named::F7).type_out("5");
    open.picture("member-goodwill");
    open.press(Named::Enter);
    assert_eq!(shop.done(Job::Goodwill), 1);
    open.press(Named::Escape).press(Named::ArrowUp).press(Named::ArrowUp);
    open.picture("member-credit");
}

#[test]
fn a_person_is_erased_only_by_a_key_of_its_own_on_a_card_that_enter_closes() {
    let shop = Shop::open();
    let mut clerk = Open::new(&shop, Member::open(shop.member()));
    clerk.press(Named::Delete);
    assert!(clerk.screen.draft().request().is_none(), "a clerk erases nobody");
    let mut open = Open::before(&shop, Role::Manager, Member::open(shop.member()));
    assert!(open.sees("Del") && open.sees("erase the person"));
    open.press(Named::Delete);
    assert!(open.sees("What goes, for ever") && open.sees("What stays"));
    open.picture("member-erase");
    for key in [Named::Enter, Named::Escape] {
        open.press(Named::Delete).press(key).press(Named::ArrowDown);
        assert!(!open.sees("What goes, for ever"), "{key:?}");
        assert_eq!((shop.done(Job::ErasePerson), open.went.len()), (0, 0), "{key:?}");
    }
    open.press(Named::Delete).type_out("x").press(Named::Delete).press(Named::Space);
    assert_eq!(shop.done(Job::ErasePerson), 0);
    open.type_out("e");
    assert_eq!(shop.done(Job::ErasePerson), 1);
    assert!(open.sees("Erased") && !open.sees("What goes, for ever"));
    open.picture("member-erased");
    open.press(Named::Delete);
    assert!(!open.sees("What goes, for ever"), "who is erased is not erased again");
}

#[test]
fn a_note_is_written_where_a_job_carries_one_and_goes_with_the_next() {
    let shop = Shop::open();
    let noted = |shop: &Shop, job: Job| {
        let number = shop.ask(Desk::home).recent.iter().find(|row| row.job == job).unwrap().number;
        shop.ask(move |desk| desk.note(number))
    };
    let mut open = Open::new(&shop, Member::open(shop.member()));
    open.press(Named::F7).type_out("5");
    assert!(!open.sees("Note"));
    open.type_out("n");
    assert!(open.sees("Note"));
    open.send(member::Message::Note(note::Message::Typed("Waited for an hour".into())));
    open.picture("member-note");
    open.press(Named::Enter);
    assert_eq!(noted(&shop, Job::Goodwill).as_deref(), Some("Waited for an hour"));
    open.press(Named::F7).type_out("2").press(Named::Enter);
    assert_eq!((shop.done(Job::Goodwill), noted(&shop, Job::Goodwill)), (2, None), "a note is about one document");
    let mut open = Open::new(&shop, Bill::open(shop.bill(100, 4000)));
    open.press(Named::Enter).type_out("n");
    open.send(bill::Message::Note(note::Message::Typed("4000 1234 5678 9017".into())));
    open.press(Named::Enter);
    assert_eq!(shop.done(Job::Refund), 0, "no card number is kept in a note");
    open.picture("bill-note");
    open.send(bill::Message::Note(note::Message::Typed("The box was open".into())));
    open.press(Named::Enter);
    assert_eq!((shop.done(Job::Refund), noted(&shop, Job::Refund).as_deref()), (1, Some("The box was open")));
}

#[test]
fn what_is_known_of_a_person_is_handed_out_as_a_file_that_an_erasure_removes() {
    let shop = Shop::open();
    let member = shop.member();
    let mut clerk = Open::new(&shop, Member::open(member));
    clerk.type_out("x");
    assert!(clerk.said.is_empty(), "a clerk hands nothing out");
    let mut open = Open::before(&shop, Role::Manager, Member::open(member));
    open.type_out("x").type_out("x");
    let paths: Vec<_> = open.said.iter().map(said_path).collect();
    let known = shop.ask(move |desk| desk.about_person(&member.to_string()));
    let name = known.person.unwrap().family;
    assert!(paths.len() == 2 && paths[0] != paths[1]);
    for path in &paths {
        assert!(std::fs::read_to_string(path).unwrap().contains(&name));
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
        assert_eq!(mode & 0o77, 0, "only its owner reads it");
    }
    open.press(Named::Delete).type_out("e");
    assert_eq!(shop.done(Job::ErasePerson), 1);
    assert!(paths.iter().all(|path| !path.exists()));
}

/// The file that a line above the foot names.
fn said_path(said: &Saying) -> std::path::PathBuf {
    assert_eq!(said.id, "member-handed-out");
    match &said.args[0].1 {
        courtesy::domain::say::Value::Text(path) => path.into(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_about_the_desk_or_a_person_is_not_asked_for_elsewhere() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, Shift::open());
    open.type_out("k").press(Named::Enter);
    assert!(open.sees("A second person’s word is needed") && !open.sees("Ask at another desk"));
    open.type_out("w");
    assert!(open.screen.draft().approving().is_some_and(|approval| !approval.waits()));
    assert!(shop.ask(Desk::waiting).is_empty());
}

#[test]
fn a_person_signs_up_and_faults_show_once_a_field_was_left() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, SignUp::open());
    let typed = |field, text: &str| sign_up::Message::Typed(field, String::from(text));
    open.send(typed(Field::Email, "oie@saar"));
    let fault = "×\u{a0}This is not an e-mail address. It looks like name@example.com.";
    assert!(!open.sees(fault));
    open.picture("sign-up-typing");
    open.send(typed(Field::Given, "Õie")).send(typed(Field::Family, "Šaar"));
    assert!(open.sees(fault));
    open.press(Named::Enter);
    open.picture("sign-up-fault");
    assert_eq!(shop.done(Job::SignUp), 0);
    open.send(typed(Field::Email, "oie@saar.ee"));
    open.press(Named::Enter);
    open.picture("sign-up-done");
    assert_eq!(shop.done(Job::SignUp), 1);
    assert!(open.sees("Number of the new card"));
    let member = open.screen.draft().done().unwrap().posted.document.quote.subject.member.unwrap();
    open.press(Named::Enter);
    assert_eq!(open.went, [Place::Member(member)]);
}

#[test]
fn a_filled_form_is_put_aside_only_when_that_is_asked_twice() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, SignUp::open());
    let typed = |text: &str| sign_up::Message::Typed(Field::Given, String::from(text));
    open.send(typed("Õie")).press(Named::Escape);
    assert_eq!(open.went, []);
    open.send(typed("Õie Anna")).press(Named::Escape);
    assert_eq!(open.went, []);
    open.press(Named::Escape);
    assert_eq!(open.went, [Place::Home]);
    let mut empty = Open::new(&shop, SignUp::open());
    empty.press(Named::Escape);
    assert_eq!(empty.went, [Place::Home]);
}

#[test]
fn a_quantity_that_cannot_be_taken_ticks_nothing_until_it_is_mended() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, Bill::open(shop.bill(100, 4000)));
    let all = "All that may come back";
    assert!(open.sees(all));
    for typed in ["1.,5", "0"] {
        open.type_out(typed);
        assert!(!open.sees(all), "{typed}");
        open.press(Named::Enter).press(Named::ArrowDown).press(Named::Enter).press(Named::ArrowUp);
        assert_eq!((stage(&open), open.screen.draft().request()), (Stage::Empty, None), "{typed}");
    }
    open.press(Named::Space).press(Named::Enter);
    assert_eq!(shop.done(Job::Refund), 1);
}

#[test]
fn what_stands_in_little_room_writes_no_month_out() {
    let mut shop = Shop::open();
    let bills = shop.ask(Desk::home).bills;
    shop.shared.words = Words::in_form(Language::Fi, Form::British);
    let lines = bills.iter().flat_map(|bill| {
        let id = bill.id;
        shop.ask(move |desk| desk.bill(id)).lines
    });
    let ruling = lines.filter_map(|line| line.window).find(|ruling| ruling.say.id == "ruling-in-window");
    let ruling = &ruling.expect("goods that may come back for some days");
    let short = shop.shared.ruling_short(ruling).expect("a short form");
    assert!(short.ends_with(" asti") && !short.contains("kuuta"), "{short}");
}

#[test]
fn a_shift_is_opened_sealed_and_the_key_changed_by_keys() {
    let shop = Shop::open();
    let mut open = Open::new(&shop, Shift::open());
    assert!(open.sees("none is open"));
    open.press(Named::Enter);
    assert_eq!(shop.done(Job::OpenShift), 1);
    open.picture("shift-opened");
    let mut open = Open::new(&shop, Shift::open());
    open.press(Named::Enter);
    assert_eq!(shop.done(Job::CloseShift), 1);
    assert_eq!(shop.ask(Desk::shift).unsealed, 0);
    open.press(Named::Enter);
    assert_eq!(open.went, vec![Place::Home]);
    let mut open = Open::new(&shop, Shift::open());
    open.type_out("k").press(Named::Enter).type_out(&shop.pin(Role::Manager)).press(Named::Enter);
    open.picture("shift-key");
    let stands = shop.ask(Desk::shift);
    assert_eq!((shop.done(Job::RotateKey), stands.key.unwrap().0, stands.unsealed), (1, 2, 1));
}
