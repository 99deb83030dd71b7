//! A small shop that has done everything once, so that no table of its books is empty; and copies of it to be spoilt.

use std::path::{Path, PathBuf};

use courtesy::desk::{
    Desk, DeskError, FirstPerson, Opening, Outcome, Pin, Posted, Proof, ShiftedClock, Shop, adopt, ask, hire, set_up,
};
use courtesy::domain::bill::Tender;
use courtesy::domain::digest::Digest;
use courtesy::domain::ids::{CardNumber, CreditCode, DeskNo, MemberId, StaffNo};
use courtesy::domain::member::Person;
use courtesy::domain::membership::Term;
use courtesy::domain::note::Note;
use courtesy::domain::request::{
    CloseShift, CorrectPrice, Envelope, Give, Goods, Goodwill, GoodwillTo, LinePart, OpenShift, PayIn, PayoutOutcome,
    RecordPayout, RedeemCredit, Refund, Renew, Request, RightPrice, RotateKey, SignUp, Void,
};
use courtesy::domain::staff::{Role, Staff};
use courtesy::receipt::print::Printer;
use courtesy::store::import::Progress;
use courtesy::store::verify::{Finding, verify};
use courtesy::store::{Store, bill as bills, import, member as members};
use jiff::civil::date;
use uuid::Uuid;

use crate::store::{bill, eur, line, pieces, returning};

pub const FIRST: StaffNo = StaffNo(1);
pub const CLERK: StaffNo = StaffNo(2);
pub const MANAGER: StaffNo = StaffNo(3);

/// A folder in memory where there is one.
pub fn room() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    tempfile::Builder::new().prefix("courtesy-proof-").tempdir_in(place).unwrap()
}

/// The clock on the day of the shop.
pub fn clock() -> Box<ShiftedClock> {
    Box::new(ShiftedClock::starting("2026-11-20T08:05:00Z".parse().unwrap()))
}

/// A shop that trusts everybody, but for refunds of more than five euros.
pub fn opening() -> Opening {
    let shop = Shop {
        name: "Club".into(),
        address: "Street 1".into(),
        currency: eur(),
        zone: "Europe/Riga".into(),
        day_ends_at: "04:00".parse().unwrap(),
        language: "en".into(),
        replay: false,
    };
    let policy =
        courtesy::domain::preset::of("open").unwrap().text.replacen("clerk = \"any\"", "clerk = { up_to = \"5.00\" }", 1);
    Opening { shop, policy, manager: FirstPerson { name: "Maria".into(), pin: Pin::new("271828") } }
}

/// Books that are closed, in a folder of their own.
pub struct Books {
    folder: tempfile::TempDir,
}

impl Books {
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("books.db")
    }

    /// A copy of the books with what is beside and outside them.
    pub fn copy(&self) -> Self {
        let copy = Self { folder: room() };
        copy.take(self.folder.path(), copy.folder.path());
        copy
    }

    fn take(&self, from: &Path, to: &Path) {
        for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                std::fs::create_dir_all(&target).unwrap();
                self.take(&entry.path(), &target);
            } else if entry.file_name() != "books.db-shm" {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }

    /// A file beside the books, as `-wal`.
    pub fn beside(&self, ending: &str) -> PathBuf {
        self.folder.path().join(format!("books.db{ending}"))
    }

    pub fn open(&self) -> Result<Desk, DeskError> {
        Desk::open_path(&self.path(), DeskNo(1), clock(), Printer::Folder(self.folder.path().join("receipts")))
    }

    /// What `courtesy verify` comes to: what is wrong, or why the books cannot be opened or looked at.
    pub fn verified(&self) -> Result<Vec<Finding>, String> {
        let mut desk = self.open().map_err(|error| error.to_string())?;
        let remembered = desk.store().outside().recall(DeskNo(1)).map_err(|error| error.to_string())?;
        let report = desk.store().read(|tx| verify(tx, Some(&remembered), &mut |_, _| {})).map_err(|error| error.to_string())?;
        Ok(report.findings.into_iter().filter(|finding| !finding.is_note()).collect())
    }

    /// Does what no part of the program does: changes what stands in the books.
    pub fn damage(&self, sql: &str) {
        let raw = rusqlite::Connection::open(self.path()).unwrap();
        let sql = format!("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}");
        raw.execute_batch(&sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

pub fn post_as(desk: &mut Desk, envelope: &Envelope, proof: &Proof) -> Posted {
    match desk.post(envelope, proof).unwrap() {
        Outcome::Posted(posted) => *posted,
        other => panic!("not posted: {other:?}"),
    }
}

pub fn post(desk: &mut Desk, who: StaffNo, request: Request) -> Posted {
    let envelope = ask(desk.number(), who, request);
    post_as(desk, &envelope, &Proof::default())
}

pub fn back(bill: &str, no: u32, quantity: i64, to: Option<Tender>) -> Request {
    let lines = vec![LinePart { line: no, quantity: Some(pieces(quantity)) }];
    let goods = Goods::Lines { bill: bill.to_owned(), lines };
    Request::Refund(Refund { goods, to, reason: None, condition: None, seen: None, note: None })
}

fn person(given: &str, family: &str, phone: &str) -> Person {
    let (given, family, phone) = (given.into(), family.into(), phone.into());
    let (email, address) = ("somebody@example.com".into(), "Street 2".into());
    Person { given, family, phone, email, address, born: Some(date(1980, 2, 3)) }
}

/// Members and bills as they are brought in.
fn bring_in(store: &mut Store) {
    let member = |no: u128| MemberId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 + no));
    let mut sales: Vec<_> =
        (1..=6).map(|no| bill(&format!("till/{no}"), vec![line(1, 10, 1990 + no), line(2, 2, 500), line(3, 1, 1234)])).collect();
    sales.push(bill("till/7", vec![returning(&sales[0], 1, 1, 199)]));
    sales[0].member = Some(member(1));
    store
        .write(|tx| {
            for (no, name) in [(1, "Õie"), (2, "Jānis"), (3, "Ann")] {
                let id = member(no);
                let code = (no == 2).then_some("770077");
                members::put(tx, id, &person(name, "Bērziņa", &format!("2512345{no}")), code, date(2025, 1, 2))?;
                members::issue_card(tx, id, CardNumber::from_serial(u64::try_from(no).unwrap()).unwrap())?;
                let term = Term {
                    plan: "basic".into(),
                    start: date(2026, 1, 2),
                    end: Some(date(2027, 1, 2)),
                    anchor: date(2026, 1, 2),
                    run_months: 12,
                    fee: eur().minor(6500),
                };
                members::import_term(tx, id, &term)?;
            }
            for sale in &sales {
                bills::put(tx, sale)?;
            }
            bills::keep_aside(tx, "till/8", "a.csv", "does not balance", Some(eur().minor(1)), "a,b")?;
            let progress = Progress { fingerprint: Digest::of(b"a"), position: 9, done: true, counts: "{}".into() };
            import::save(tx, "a.csv", &progress)
        })
        .unwrap();
}

/// Everything that happens at a desk, once.
fn trade(desk: &mut Desk) {
    let staff =
        |no: StaffNo, name: &str, role| Staff { no, name: name.into(), role, language: "fi".into(), active: true, member: None };
    post(desk, FIRST, hire(staff(CLERK, "Ann", Role::Clerk)));
    post(desk, FIRST, hire(staff(MANAGER, "Helena", Role::Manager)));
    let first = desk.sign_in(FIRST, &Pin::new("271828")).unwrap();
    desk.set_pin(&first, CLERK, &Pin::new("123456")).unwrap();
    desk.set_pin(&first, MANAGER, &Pin::new("345678")).unwrap();
    assert!(desk.sign_in(CLERK, &Pin::new("000000")).is_err());
    desk.unlock(&first, CLERK).unwrap();
    post(desk, CLERK, Request::OpenShift(OpenShift {}));
    let refund = post(desk, CLERK, back("till/1", 1, 2, None)).document.number;
    let large = ask(desk.number(), CLERK, back("till/1", 3, 1, None));
    let digest = desk.quote(&large).unwrap().digest;
    let approved = desk.approve(MANAGER, &Pin::new("345678"), digest).unwrap();
    post_as(desk, &large, &Proof { seen: None, approved: Some(approved) });
    assert!(matches!(
        desk.post(&ask(desk.number(), CLERK, back("till/1", 1, 9, None)), &Proof::default()),
        Ok(Outcome::Stopped(_))
    ));
    let credit = post(desk, MANAGER, back("till/2", 1, 2, Some(Tender::StoreCredit))).document.credit.unwrap();
    let spend = |credit, minor| Request::RedeemCredit(RedeemCredit { credit, amount: Some(eur().minor(minor)) });
    post(desk, CLERK, spend(credit, 100));
    post(desk, CLERK, spend(credit, 50));
    let lines = vec![RightPrice { line: 1, price: "1.50".parse().unwrap() }];
    post(desk, CLERK, Request::CorrectPrice(CorrectPrice { bill: "till/3".into(), lines, reason: None, to: None, note: None }));
    let (bill, give) = (Some("till/4".to_owned()), Give::Amount(eur().minor(120)));
    for to in [GoodwillTo::Bill, GoodwillTo::StoreCredit] {
        let (bill, give) = (bill.clone(), give.clone());
        let note = Note { text: format!("Sorry, {to:?}"), salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap() };
        post(desk, CLERK, Request::Goodwill(Goodwill { bill, member: None, give, to, reason: None, note: Some(note) }));
    }
    let failed = post(desk, CLERK, back("till/5", 2, 1, None)).document.number;
    for (document, outcome) in [(refund, PayoutOutcome::Paid("R-1".into())), (failed, PayoutOutcome::Failed)] {
        post(desk, CLERK, Request::RecordPayout(RecordPayout { document, payout: 1, outcome }));
    }
    let pay = Some(PayIn { tender: Tender::Cash, reference: None, credit: None });
    let join = |joins: Option<CardNumber>, given: &str| {
        let (member, plan) = (MemberId(Uuid::now_v7()), "basic".to_owned());
        let pay = if joins.is_some() { None } else { pay.clone() };
        Request::SignUp(SignUp {
            member,
            salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap(),
            person: person(given, "Šaar", "26000000"),
            plan,
            pay,
            joins,
        })
    };
    let host = post(desk, CLERK, join(None, "Otto")).document.card.unwrap();
    post(desk, CLERK, join(Some(host), "Ilze"));
    let left = post(desk, CLERK, join(None, "Ivo")).document.number;
    post(desk, CLERK, Request::Void(Void { document: left }));
    post(desk, CLERK, Request::Renew(Renew { member: host.to_string(), plan: None, pay }));
    post(desk, FIRST, adopt(courtesy::domain::preset::of("open").unwrap().text.to_owned()));
    post(desk, CLERK, Request::CloseShift(CloseShift {}));
    post(desk, FIRST, Request::RotateKey(RotateKey {}));
    post(desk, CLERK, Request::OpenShift(OpenShift {}));
    post(desk, CLERK, Request::CloseShift(CloseShift {}));
    post(desk, CLERK, Request::OpenShift(OpenShift {}));
    let elsewhere = Envelope { desk: DeskNo(2), ..ask(DeskNo(2), CLERK, back("till/6", 1, 1, None)) };
    post_as(desk, &elsewhere, &Proof::default());
    desk.print_pending().unwrap();
    desk.reprint(refund).unwrap();
    post(desk, CLERK, spend(CreditCode(credit.0), 25));
    post(desk, CLERK, back("till/6", 1, 1, None));
}

/// The shop, closed: all of it in the one file.
pub fn traded() -> Books {
    let books = Books { folder: room() };
    let mut store = Store::open(&books.path()).unwrap();
    set_up(&mut store, &opening(), clock().as_ref()).unwrap();
    bring_in(&mut store);
    drop(store);
    trade(&mut books.open().unwrap());
    assert_eq!(books.verified(), Ok(vec![]));
    books
}

/// The shop as a power cut leaves it: its newest documents still in the log beside the file.
pub fn traded_with_log() -> Books {
    let books = traded();
    let mut desk = books.open().unwrap();
    for no in 2..=5 {
        post(&mut desk, CLERK, back(&format!("till/{no}"), 1, 1, None));
    }
    let copy = books.copy();
    drop(desk);
    assert!(std::fs::metadata(copy.beside("-wal")).unwrap().len() > 0);
    copy
}
