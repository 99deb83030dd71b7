//! Who decides about whose money: PINs that are guessed, and second persons' words that do not count.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use courtesy::desk::demo::{self, Demo};
use courtesy::desk::{
    Approved, Clock, Desk, DeskError, FirstPerson, Opening, Outcome, Pin, Proof, Shop, SignedIn, ask, hire, set_up,
};
use courtesy::domain::bill::Tender;
use courtesy::domain::ids::{CardNumber, DeskNo, MemberId, StaffNo};
use courtesy::domain::member::Person;
use courtesy::domain::request::{
    AdoptPolicy, CorrectPrice, Give, Goods, Goodwill, GoodwillTo, LinePart, PayIn, PayoutOutcome, RecordPayout, RedeemCredit,
    Refund, Renew, Request, RightPrice, RotateKey, SetStaff, SignUp, Void,
};
use courtesy::domain::ruling;
use courtesy::domain::staff::{LOCK_US, Role, Staff, TRIES};
use courtesy::receipt::print::Printer;
use courtesy::store::Store;
use jiff::Timestamp;
use uuid::Uuid;

use super::{count, told};
use crate::program::Program;
use crate::server;

pub const ADMINISTRATOR: StaffNo = StaffNo(1);
pub const ANN: StaffNo = StaffNo(2);
pub const LEAD: StaffNo = StaffNo(3);
pub const MANAGER: StaffNo = StaffNo(4);
/// A clerk who is a member as well.
pub const JUHANI: StaffNo = StaffNo(5);
const AUDITOR: StaffNo = StaffNo(6);

/// A clock whose hands are moved by the test.
#[derive(Clone)]
pub struct Hands(Arc<Mutex<Timestamp>>);

impl Hands {
    pub fn at(text: &str) -> Self {
        Self(Arc::new(Mutex::new(text.parse().unwrap())))
    }

    pub fn turn(&self, by: Duration) {
        let mut hands = self.0.lock().unwrap();
        *hands = hands.checked_add(by).unwrap();
    }

    pub fn set(&self, to: Timestamp) {
        *self.0.lock().unwrap() = to;
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// The practice shop with a clock of the test's own.
pub struct Practice {
    pub desk: Desk,
    pub hands: Hands,
    people: Vec<(Staff, String)>,
    folder: tempfile::TempDir,
}

impl Practice {
    pub fn open() -> Self {
        let Demo { desk, people, folder } = demo::open(1, Some("2026-11-23".parse().unwrap()), "en").unwrap();
        drop(desk);
        let hands = Hands::at("2026-11-23T08:05:00Z");
        let printer = Printer::Folder(folder.path().join("receipts"));
        let path = folder.path().join("courtesy.db");
        let desk = Desk::open_path(&path, DeskNo(1), Box::new(hands.clone()), printer).unwrap();
        Self { desk, hands, people, folder }
    }

    /// Opens the desk anew, as after a restart, in a shop of this zone.
    pub fn reopen_in(&mut self, zone: &str) {
        let path = self.folder.path().join("courtesy.db");
        rusqlite::Connection::open(&path).unwrap().execute("UPDATE shop SET zone = ?1", [zone]).unwrap();
        self.reopen_with(Box::new(self.hands.clone()));
    }

    /// Opens the desk anew with another clock.
    pub fn reopen_with(&mut self, clock: Box<dyn Clock>) {
        let printer = Printer::Folder(self.folder.path().join("receipts"));
        self.desk = Desk::open_path(&self.folder.path().join("courtesy.db"), DeskNo(1), clock, printer).unwrap();
    }

    /// The books' file.
    pub fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("courtesy.db")
    }

    pub fn pin(&self, no: StaffNo) -> Pin {
        Pin::new(self.people.iter().find(|(person, _)| person.no == no).unwrap().1.clone())
    }

    pub fn person(&mut self, no: StaffNo) -> Staff {
        self.desk.store().read(|tx| courtesy::store::staff::load(tx, no)).unwrap().unwrap()
    }

    /// Changes a person of the staff, as an administrator does.
    fn change(&mut self, staff: Staff) {
        self.post(ADMINISTRATOR, Request::SetStaff(SetStaff { staff }));
    }

    pub fn post(&mut self, clerk: StaffNo, request: Request) -> courtesy::domain::document::Document {
        match self.desk.post(&ask(DeskNo(1), clerk, request), &Proof::default()).unwrap() {
            Outcome::Posted(posted) => posted.document,
            other => panic!("not posted: {other:?}"),
        }
    }

    pub fn documents(&mut self) -> i64 {
        let sql = "SELECT CAST(SUM(last_sequence) AS INTEGER) FROM desk";
        self.desk.store().read(|tx| tx.one(sql, &[])).unwrap().unwrap().int(0).unwrap()
    }
}

/// Something that a clerk may not do alone, with what it is changed into.
struct Asks {
    clerk: StaffNo,
    request: Request,
    edited: Vec<Request>,
}

pub fn back(lines: &[(u32, Option<&str>)]) -> Request {
    let part = |(line, quantity): &(u32, Option<&str>)| LinePart { line: *line, quantity: quantity.map(|q| q.parse().unwrap()) };
    let goods = Goods::Lines { bill: "536365".to_owned(), lines: lines.iter().map(part).collect() };
    Request::Refund(Refund { goods, to: None, reason: None, condition: None, seen: None, note: None })
}

pub fn right_price(price: &str) -> Request {
    let lines = vec![RightPrice { line: 3, price: price.parse().unwrap() }];
    Request::CorrectPrice(CorrectPrice { bill: "536365".to_owned(), lines, reason: None, to: None, note: None })
}

pub fn sorry(amount: &str) -> Request {
    let (give, to) = (Give::Amount(amount.parse().unwrap()), GoodwillTo::StoreCredit);
    Request::Goodwill(Goodwill { bill: Some("536365".to_owned()), member: None, give, to, reason: None, note: None })
}

pub fn sign_up(given: &str, joins: Option<CardNumber>) -> Request {
    let person = Person { given: given.into(), family: "Salo".into(), ..Person::default() };
    let member = MemberId(Uuid::from_u128(77));
    let pay = joins.is_none().then_some(PayIn { tender: Tender::Cash, reference: None, credit: None });
    Request::SignUp(SignUp {
        member,
        person,
        plan: "basic".into(),
        pay,
        joins,
        salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap(),
    })
}

pub fn renew(member: MemberId, plan: &str) -> Request {
    let pay = Some(PayIn { tender: Tender::Cash, reference: None, credit: None });
    Request::Renew(Renew { member: member.to_string(), plan: Some(plan.into()), pay })
}

/// Every job that may need a second person's word.
fn all_asks(shop: &mut Practice) -> Vec<Asks> {
    let id = shop.desk.bill_named("536365").unwrap();
    let member = shop.desk.bill(id).unwrap().member.unwrap();
    let juhani = Staff { member: Some(member.id), ..shop.person(JUHANI) };
    shop.change(juhani);
    let of_lead = shop.post(LEAD, back(&[(1, Some("1"))])).number;
    let other = shop.post(LEAD, back(&[(2, Some("1"))])).number;
    let credit = shop.post(ANN, sorry("2.00 EUR")).credit.unwrap();
    let undo = |document| Request::Void(Void { document });
    let nine = |name: &str| {
        let (name, language) = (name.to_owned(), "en".to_owned());
        let staff = Staff { no: StaffNo(9), name, role: Role::Clerk, language, active: true, member: None };
        Request::SetStaff(SetStaff { staff })
    };
    let policy = |more: &str| {
        let text = format!("{}{more}", courtesy::domain::preset::of("club").unwrap().text);
        Request::AdoptPolicy(AdoptPolicy { text })
    };
    let paid = |text: &str| {
        let outcome = PayoutOutcome::Paid(text.into());
        Request::RecordPayout(RecordPayout { document: of_lead, payout: 1, outcome })
    };
    let redeem = |amount: Option<&str>| {
        let amount = amount.map(|amount| amount.parse().unwrap());
        Request::RedeemCredit(RedeemCredit { credit, amount })
    };
    let card = member.cards[0].number;
    let asks = |clerk, request, edited| Asks { clerk, request, edited };
    vec![
        asks(ANN, back(&[(3, None)]), vec![back(&[(3, None), (2, Some("1"))]), back(&[(3, None), (1, Some("1"))])]),
        asks(ANN, right_price("1.00"), vec![right_price("0.99")]),
        asks(ANN, sorry("40.00 EUR"), vec![sorry("40.01 EUR"), sorry("150.00 EUR")]),
        asks(ANN, sorry("130.00 EUR"), vec![sorry("130.01 EUR")]),
        asks(ANN, undo(of_lead), vec![undo(other)]),
        asks(ANN, nine("Liis"), vec![nine("Lii")]),
        asks(ANN, policy("# new\n"), vec![policy("# newer\n")]),
        asks(ANN, Request::RotateKey(RotateKey {}), vec![]),
        asks(JUHANI, back(&[(4, Some("1"))]), vec![back(&[(4, Some("2"))])]),
        asks(JUHANI, sorry("1.00 EUR"), vec![sorry("1.01 EUR")]),
        asks(JUHANI, redeem(None), vec![redeem(Some("1.00 EUR"))]),
        asks(JUHANI, renew(member.id, "basic"), vec![renew(member.id, "executive")]),
        asks(JUHANI, sign_up("Eeva", Some(card)), vec![sign_up("Eva", Some(card))]),
        asks(JUHANI, paid("T-1"), vec![paid("T-2")]),
    ]
}

/// What can be wrong with a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Nothing: the control, which the same check must tell from the others.
    Nothing,
    Missing,
    Expired,
    ClockPutBack,
    ApproverLeft,
    ApproverDemoted,
    Replayed,
    Edited(usize),
    OtherDesk,
    OtherClerk,
    OwnWord,
    OwnWordAsManager,
    LowerRole,
    Beneficiary,
    WrongPin,
}

const FAULTS: [Fault; 15] = [
    Fault::Missing,
    Fault::Expired,
    Fault::ClockPutBack,
    Fault::ApproverLeft,
    Fault::ApproverDemoted,
    Fault::Replayed,
    Fault::Edited(0),
    Fault::Edited(1),
    Fault::OtherDesk,
    Fault::OtherClerk,
    Fault::OwnWord,
    Fault::OwnWordAsManager,
    Fault::LowerRole,
    Fault::Beneficiary,
    Fault::WrongPin,
];

/// Tries to book with a faulty word; answers what was said, or `None` where the fault does not go with the job.
fn tried(shop: &mut Practice, asks: &Asks, fault: Fault) -> Option<Result<Outcome, DeskError>> {
    let mut envelope = ask(DeskNo(1), asks.clerk, asks.request.clone());
    let quoted = shop.desk.quote(&envelope).unwrap();
    let role = quoted.quote.verdict().asks().unwrap_or_else(|| panic!("{:?}: {:?}", asks.request, quoted.quote.rulings));
    let approver = match fault {
        Fault::OwnWord | Fault::OwnWordAsManager => asks.clerk,
        Fault::LowerRole if role > Role::Lead => LEAD,
        Fault::LowerRole => AUDITOR,
        Fault::WrongPin => ADMINISTRATOR,
        _ => MANAGER,
    };
    let (clerk, manager) = (shop.person(asks.clerk), shop.person(MANAGER));
    let mut mend = Vec::new();
    match fault {
        Fault::OwnWordAsManager => {
            shop.change(Staff { role: Role::Manager, ..clerk.clone() });
            mend.push(clerk.clone());
        }
        Fault::Beneficiary => {
            let about = shop.person(JUHANI).member.filter(|_| asks.request_is_about_a_member())?;
            shop.change(Staff { member: Some(about), ..manager.clone() });
            mend.push(manager.clone());
        }
        _ => {}
    }
    let pin = if fault == Fault::WrongPin { Pin::new("000001") } else { shop.pin(approver) };
    let result = shop.desk.approve(approver, &pin, quoted.digest);
    // A wrong PIN counts for half an hour.
    if fault == Fault::WrongPin {
        shop.hands.turn(Duration::from_secs(5 * 60));
    }
    let word: Option<Approved> = match result {
        Err(error) => return Some(mended(shop, mend, Err(error))),
        Ok(_) if fault == Fault::Missing => None,
        Ok(word) => Some(word),
    };
    match fault {
        Fault::Expired => shop.hands.turn(Duration::from_secs(121)),
        // The word is then older than the clock says.
        Fault::ClockPutBack => {
            shop.hands.turn(Duration::from_secs(121));
            shop.desk.now();
            shop.hands.set(shop.hands.now() - Duration::from_secs(3_600));
        }
        Fault::ApproverLeft | Fault::ApproverDemoted => {
            let role = if fault == Fault::ApproverLeft { Role::Manager } else { Role::Clerk };
            shop.change(Staff { active: fault != Fault::ApproverLeft, role, ..manager.clone() });
            mend.push(manager);
        }
        Fault::OwnWordAsManager if asks.clerk == ANN => shop.change(mend.remove(0)),
        Fault::Replayed => envelope = ask(DeskNo(1), asks.clerk, asks.request.clone()),
        Fault::Edited(at) => envelope.request = asks.edited.get(at)?.clone(),
        Fault::OtherDesk => envelope.desk = DeskNo(2),
        // What is Juhani's own needs no word when it is Ann who asks.
        Fault::OtherClerk if asks.clerk == JUHANI => return None,
        Fault::OtherClerk => envelope.clerk = JUHANI,
        _ => {}
    }
    let outcome = shop.desk.post(&envelope, &Proof { seen: None, approved: word });
    if fault == Fault::ClockPutBack {
        shop.hands.turn(Duration::from_secs(3_600));
    }
    Some(mended(shop, mend, outcome))
}

fn mended<T>(shop: &mut Practice, mend: Vec<Staff>, outcome: T) -> T {
    mend.into_iter().for_each(|staff| shop.change(staff));
    outcome
}

impl Asks {
    fn request_is_about_a_member(&self) -> bool {
        !matches!(self.request, Request::SetStaff(_) | Request::AdoptPolicy(_) | Request::RotateKey(_))
    }
}

/// Whether it was refused for its fault, with a plain sentence.
fn is_refused(fault: Fault, outcome: &Result<Outcome, DeskError>) -> bool {
    let expected = match (fault, outcome) {
        (_, Ok(Outcome::Posted(_))) => false,
        // Another desk, or another request, may be refused for good.
        (_, Ok(Outcome::Stopped(now) | Outcome::Changed(now))) => now.quote.verdict() != ruling::Outcome::Allowed,
        (Fault::ApproverLeft | Fault::ApproverDemoted | Fault::LowerRole, Err(error)) => {
            matches!(error, DeskError::MayNotApprove(_))
        }
        (Fault::OwnWord | Fault::OwnWordAsManager, Err(error)) => matches!(error, DeskError::MayNotApprove(_)),
        (Fault::Beneficiary, Err(error)) => matches!(error, DeskError::OwnInterest(_)),
        (Fault::WrongPin, Err(error)) => matches!(error, DeskError::WrongPin(_)),
        (_, Err(error)) => matches!(error, DeskError::ApprovalStale),
    };
    expected && outcome.as_ref().err().is_none_or(|error| error.to_string().contains("nothing was booked"))
}

#[test]
fn a_word_counts_for_one_thing_by_one_person_once_and_for_a_while() {
    let mut shop = Practice::open();
    let all = all_asks(&mut shop);
    let mut pairs = 0;
    for asks in &all {
        for fault in FAULTS {
            let before = shop.documents();
            let of_staff = |shop: &mut Practice| {
                let sql = "SELECT COUNT(*) FROM document WHERE job = 'set_staff' AND clerk = 1";
                shop.desk.store().read(|tx| tx.one(sql, &[])).unwrap().unwrap().int(0).unwrap()
            };
            let changes = of_staff(&mut shop);
            let Some(outcome) = tried(&mut shop, asks, fault) else { continue };
            assert!(is_refused(fault, &outcome), "{fault:?} of {:?}: {outcome:?}", asks.request);
            let changes = of_staff(&mut shop) - changes;
            assert_eq!(shop.documents() - before, changes, "{fault:?} of {:?}: something was booked", asks.request);
            pairs += 1;
        }
    }
    // Without a fault each is booked, each in a shop of its own, and the same check sees it.
    let mut booked = 0;
    for at in 0..all.len() {
        let mut shop = Practice::open();
        let asks = all_asks(&mut shop).swap_remove(at);
        let outcome = tried(&mut shop, &asks, Fault::Nothing).unwrap();
        assert!(matches!(outcome, Ok(Outcome::Posted(_))) && !is_refused(Fault::Nothing, &outcome), "{outcome:?}");
        booked += 1;
    }
    let events = "SELECT COUNT(*) FROM event WHERE kind = 'approval refused'";
    let kept = shop.desk.store().read(|tx| tx.one(events, &[])).unwrap().unwrap().int(0).unwrap();
    assert!(kept > 0);
    let came = format!("{pairs} pairs of fault and job refused, nothing booked");
    told("approvals", pairs, &came, &format!("the {booked} jobs without a fault, which are booked"));
}

fn opening() -> Opening {
    let shop = Shop {
        name: "Club".into(),
        address: String::new(),
        currency: "EUR".parse().unwrap(),
        zone: "Europe/Riga".into(),
        day_ends_at: jiff::civil::time(4, 0, 0, 0),
        language: "en".into(),
        replay: false,
    };
    let policy = courtesy::domain::preset::of("club").unwrap().text.to_owned();
    Opening { shop, policy, manager: FirstPerson { name: "Maria".into(), pin: Pin::new("271828") } }
}

/// A shop on either engine, with a manager whose PIN is guessed, and three desks.
pub struct Guessed {
    pub at: std::path::PathBuf,
    pub hands: Hands,
    _folder: tempfile::TempDir,
    server: Option<Arc<server::Server>>,
}

impl Guessed {
    pub fn open(on_server: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = on_server.then(server::shared);
        let at = server.as_ref().map_or_else(|| folder.path().join("books.db"), |server| server.schema().into());
        let hands = Hands::at("2026-11-23T00:00:00Z");
        set_up(&mut Store::open(&at).unwrap(), &opening(), &hands).unwrap();
        let guessed = Self { at, hands, _folder: folder, server };
        let mut desk = guessed.desk(1);
        let (name, language) = ("Helena".to_owned(), "en".to_owned());
        let staff = Staff { no: MANAGER, name, role: Role::Manager, language, active: true, member: None };
        let hired = desk.post(&ask(DeskNo(1), ADMINISTRATOR, hire(staff)), &Proof::default()).unwrap();
        assert!(matches!(hired, Outcome::Posted(_)));
        let maria = guessed.maria(&mut desk);
        desk.set_pin(&maria, MANAGER, &Pin::new("345678")).unwrap();
        guessed
    }

    pub fn maria(&self, desk: &mut Desk) -> SignedIn {
        desk.sign_in(ADMINISTRATOR, &Pin::new("271828")).unwrap()
    }

    pub fn desk(&self, number: u16) -> Desk {
        let store = Store::open_existing(&self.at).unwrap();
        Desk::open(store, DeskNo(number), Box::new(self.hands.clone()), Printer::Folder("receipts".into())).unwrap()
    }

    /// As if a restart forgot who was locked.
    fn forget(&self) {
        self.damage("DELETE FROM attempt");
    }

    /// Does what no part of the program does.
    pub fn damage(&self, sql: &str) {
        match &self.server {
            None => rusqlite::Connection::open(&self.at).unwrap().execute_batch(sql).unwrap(),
            Some(_) => postgres::Client::connect(self.at.to_str().unwrap(), postgres::NoTls).unwrap().batch_execute(sql).unwrap(),
        }
    }
}

/// What came of guessing: how many guesses, the moments of those that were tested, right PINs taken while locked.
#[derive(Default)]
struct Guesses {
    tried: u64,
    tested_us: Vec<i64>,
    past_the_lock: u64,
}

impl Guesses {
    /// Whether more were tested within half an hour than lock, or one was taken past the lock.
    fn are_wrong(&self) -> bool {
        let too_many = self.tested_us.windows(TRIES + 1).any(|tested| tested[TRIES] - tested[0] < LOCK_US);
        too_many || self.past_the_lock > 0
    }
}

/// Guesses a PIN all day, at three desks in turn, by signing in and by approving, with a restart every fifty guesses. Where a guess
/// is refused because of the lock, the right PIN follows it at once.
fn guess(shop: &Guessed, guesses: u32, forgetful: bool) -> Guesses {
    let mut found = Guesses::default();
    let mut desks: Vec<Desk> = Vec::new();
    let digest = courtesy::domain::digest::Digest::of(b"whatever");
    for turn in 0..guesses {
        if turn % 50 == 0 {
            if forgetful {
                shop.forget();
            }
            desks = (1..=3).map(|number| shop.desk(number)).collect();
        }
        shop.hands.turn(Duration::from_millis(8_640));
        let mut guess = |at: usize, pin: &str| match turn % 2 {
            0 => desks[at % 3].sign_in(MANAGER, &Pin::new(pin)).map(|_| ()),
            _ => desks[at % 3].approve(MANAGER, &Pin::new(pin), digest).map(|_| ()),
        };
        let at = usize::try_from(turn).unwrap();
        found.tried += 1;
        match guess(at, &format!("{:06}", 100_000 + turn)) {
            Err(DeskError::WrongPin(_)) => found.tested_us.push(shop.hands.now().as_microsecond()),
            Err(DeskError::Locked { .. } | DeskError::DeskLocked { .. }) => {
                found.tried += 1;
                match guess(at + 1, "345678") {
                    Err(DeskError::Locked { minutes }) => assert!((1..=30).contains(&minutes)),
                    Err(DeskError::DeskLocked { .. }) => {}
                    _ => found.past_the_lock += 1,
                }
            }
            other => panic!("{other:?}"),
        }
    }
    found
}

fn guessing(on_server: bool) {
    let shop = Guessed::open(on_server);
    let found = guess(&shop, count(5_200), false);
    assert!(!found.are_wrong(), "{} past the lock; tested {:?}", found.past_the_lock, found.tested_us);
    assert!(found.tried > u64::from(count(8_000)), "{}", found.tried);
    let control = guess(&Guessed::open(on_server), 100, true);
    assert!(control.are_wrong(), "a lock that a restart forgets is not noticed");
    let (tested, past) = (found.tested_us.len(), found.past_the_lock);
    let hours = count(5_200) * 8_640 / 3_600_000;
    let came = format!("{past} accepted past the lock; {tested} PINs tested in {hours} hours");
    let engine = if on_server { "guessing PINs on PostgreSQL" } else { "guessing PINs on SQLite" };
    told(engine, found.tried, &came, &format!("a restart that forgets: {} tested of 100", control.tested_us.len()));
}

#[test]
fn guessed_pins_are_not_tested_past_the_lock_on_sqlite() {
    guessing(false);
}

#[test]
fn guessed_pins_are_not_tested_past_the_lock_on_postgres() {
    guessing(true);
}

#[test]
fn desks_that_guess_together_have_no_more_tries_than_one() {
    for on_server in [false, true] {
        let shop = Guessed::open(on_server);
        let mut desks: Vec<Desk> = (1..=6).map(|number| shop.desk(number)).collect();
        let tested: usize = thread::scope(|scope| {
            let guess = |desk: &mut Desk| (0..5).filter(|turn| is_tested(desk, *turn)).count();
            let running: Vec<_> = desks.iter_mut().map(|desk| scope.spawn(move || guess(desk))).collect();
            running.into_iter().map(|desk| desk.join().unwrap()).sum()
        });
        assert_eq!(tested, TRIES, "of thirty guesses at six desks");
    }
}

fn is_tested(desk: &mut Desk, turn: u32) -> bool {
    match desk.sign_in(MANAGER, &Pin::new(format!("{:06}", 900_000 + turn))) {
        Err(DeskError::WrongPin(_)) => true,
        Err(DeskError::Locked { .. }) => false,
        other => panic!("{other:?}"),
    }
}

/// Wrong PINs at five desks, and the right one at a sixth: once so many were wrong that they lock, the right one is not taken.
#[test]
fn the_right_pin_is_not_taken_once_others_have_locked() {
    for on_server in [false, true] {
        let shop = Guessed::open(on_server);
        let mut desks: Vec<Desk> = (1..=6).map(|number| shop.desk(number)).collect();
        thread::scope(|scope| {
            for (at, desk) in desks.iter_mut().enumerate() {
                let pin = move |turn: usize| if at == 0 { "345678".to_owned() } else { format!("{:06}", 910_000 + turn) };
                scope.spawn(move || (0..6).for_each(|turn| drop(desk.sign_in(MANAGER, &Pin::new(pin(turn))))));
            }
        });
        let sql = "SELECT was_right FROM attempt WHERE staff = 4 ORDER BY place";
        let rows = desks[0].store().read(|tx| tx.query(sql, &[])).unwrap();
        let tries: Vec<bool> = rows.iter().map(|row| row.int(0).unwrap() == 1).collect();
        let last_wrong = tries.iter().rposition(|right| !right).unwrap();
        assert_eq!(tries.iter().filter(|right| !**right).count(), TRIES, "{tries:?}");
        assert_eq!(last_wrong + 1, tries.len(), "taken past the lock: {tries:?}");
    }
}

/// A PIN is hashed while other desks write: only keeping the try needs the books.
#[test]
fn other_desks_write_while_a_pin_is_hashed() {
    let program = Program::shop("club", "EUR", "Europe/Tallinn", &[]);
    let mut command = program.command("shop.db", &["person", "erase", "nobody", "--pins", "pins"]);
    let mut signing_in = command.env("COURTESY_PLANT", "a PIN takes long").spawn().unwrap();
    let raw = rusqlite::Connection::open(program.path("shop.db")).unwrap();
    raw.busy_timeout(Duration::ZERO).unwrap();
    let (began, mut free, mut longest) = (Instant::now(), Instant::now(), Duration::ZERO);
    while signing_in.try_wait().unwrap().is_none() {
        if raw.execute_batch("BEGIN IMMEDIATE; COMMIT").is_ok() {
            free = Instant::now();
        }
        longest = longest.max(free.elapsed());
        thread::sleep(Duration::from_millis(20));
    }
    assert!(began.elapsed() > Duration::from_secs(4), "the PIN was not slow");
    assert!(longest < Duration::from_secs(2), "nobody could write for {longest:?}");
    let sql = "SELECT COUNT(*) FROM attempt WHERE was_right = 1";
    assert_eq!(raw.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap(), 1, "the PIN was not right");
}

#[test]
fn another_manager_unlocks_and_it_is_kept() {
    let shop = Guessed::open(false);
    let mut desk = shop.desk(1);
    let maria = shop.maria(&mut desk);
    let helena = desk.sign_in(MANAGER, &Pin::new("345678")).unwrap();
    for turn in 0..10 {
        assert!(is_tested(&mut desk, turn));
    }
    assert_eq!(desk.locked_people().unwrap(), [(MANAGER, 30)]);
    assert!(matches!(desk.unlock(&helena, MANAGER), Err(DeskError::MayNotUnlock)), "nobody unlocks themselves");
    assert!(matches!(desk.unlock(&helena, ADMINISTRATOR), Err(DeskError::MayNotUnlock)), "nor a higher role");
    assert!(!is_tested(&mut desk, 11));
    desk.unlock(&maria, MANAGER).unwrap();
    assert_eq!(desk.locked_people().unwrap(), []);
    drop(desk);
    let mut desk = shop.desk(2);
    assert!(desk.sign_in(MANAGER, &Pin::new("345678")).is_ok());
    let sql = "SELECT staff, detail FROM event WHERE kind = 'unlocked'";
    let kept = desk.store().read(|tx| tx.query(sql, &[])).unwrap();
    assert_eq!((kept.len(), kept[0].int(0).unwrap(), kept[0].text(1).unwrap()), (1, 1, "person 4 up to 13"));
    let tried = "SELECT COUNT(*) FROM event WHERE kind = 'locked'";
    assert_eq!(desk.store().read(|tx| tx.one(tried, &[])).unwrap().unwrap().int(0).unwrap(), 1);
}
