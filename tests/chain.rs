//! What is kept outside the database, and what a desk does when book and outside disagree.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use courtesy::desk::demo::{self, Demo};
use courtesy::desk::{
    Desk, DeskError, FirstPerson, Opening, Outcome, Pin, Posted, Proof, ShiftedClock, Shop, SystemClock, ask, hire, open_new,
    set_up,
};
use courtesy::domain::digest::{Digest, ENCODING, canonical};
use courtesy::domain::document::{Document, Effect};
use courtesy::domain::ids::{DeskNo, DocumentNumber, StaffNo};
use courtesy::domain::request::{CloseShift, Goods, LinePart, OpenShift, ReAnchor, Refund, Request, RotateKey};
use courtesy::domain::ruling;
use courtesy::domain::staff::{Role, Staff};
use courtesy::receipt::print::Printer;
use courtesy::store::outside::{Head, Outside};
use courtesy::store::verify::{Finding, Invariant, Report, at_opening, verify};
use courtesy::store::{Store, StoreError};
use courtesy::text::{Language, Words};

const CLERK: StaffNo = StaffNo(2);
const MANAGER: StaffNo = StaffNo(4);
const DESK: DeskNo = DeskNo(1);

/// A practice shop that was closed and can be opened again.
struct Closed {
    folder: tempfile::TempDir,
}

impl Closed {
    fn books(&self) -> PathBuf {
        self.folder.path().join("courtesy.db")
    }

    fn outside(&self, name: &str) -> PathBuf {
        self.folder.path().join("courtesy.outside").join(name)
    }

    fn try_open(&self, number: DeskNo) -> Result<Desk, DeskError> {
        let clock = ShiftedClock::starting("2026-11-23T08:05:00Z".parse().unwrap());
        let printer = Printer::Folder(self.folder.path().join("receipts"));
        Desk::open_path(&self.books(), number, Box::new(clock), printer)
    }

    fn open(&self) -> Desk {
        self.try_open(DESK).unwrap()
    }

    /// Does what no part of the program does: changes what stands in the books.
    fn damage(&self, sql: &str) {
        let raw = rusqlite::Connection::open(self.books()).unwrap();
        raw.execute_batch(&format!("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}")).unwrap();
    }
}

fn back(pieces: &str) -> Request {
    let lines = vec![LinePart { line: 1, quantity: Some(pieces.parse().unwrap()) }];
    let goods = Goods::Lines { bill: "536365".to_owned(), lines };
    Request::Refund(Refund { goods, to: None, reason: None, condition: None, seen: None, note: None })
}

fn post_by(desk: &mut Desk, who: StaffNo, request: Request) -> Posted {
    let envelope = ask(desk.number(), who, request);
    match desk.post(&envelope, &Proof::default()).unwrap() {
        Outcome::Posted(posted) => *posted,
        other => panic!("not posted: {other:?}"),
    }
}

fn post(desk: &mut Desk, request: Request) -> Posted {
    post_by(desk, CLERK, request)
}

/// A day of trade: a shift with a refund in it, closed, and another refund since.
fn traded() -> Closed {
    let Demo { mut desk, folder, .. } = demo::open(1, Some("2026-11-23".parse().unwrap()), "en").unwrap();
    post(&mut desk, Request::OpenShift(OpenShift {}));
    post(&mut desk, back("1"));
    post(&mut desk, Request::CloseShift(CloseShift {}));
    post(&mut desk, back("2"));
    Closed { folder }
}

fn last(desk: &mut Desk) -> u64 {
    desk.store().read(|tx| courtesy::store::seal::ends(tx, DESK)).unwrap().sequence
}

fn number(sequence: u64) -> DocumentNumber {
    DocumentNumber { desk: DESK, sequence }
}

fn look(desk: &mut Desk) -> Report {
    let own = desk.number();
    let remembered = desk.store().outside().recall(own).unwrap();
    desk.store().read(|tx| verify(tx, Some(&remembered), &mut |_, _| {})).unwrap()
}

fn wrong(desk: &mut Desk) -> Vec<Finding> {
    look(desk).findings.into_iter().filter(|finding| !finding.is_note()).collect()
}

fn is_sound(desk: &mut Desk) {
    assert_eq!(desk.read_only(), None);
    assert_eq!(wrong(desk), []);
}

/// The desk opens, shows and finds, writes nothing, and says why; the full look finds it too.
fn only_reads(closed: &Closed, expected: &Finding, words: &[&str]) {
    let mut desk = closed.open();
    let why = desk.read_only().unwrap_or_else(|| panic!("{expected:?} was not seen at opening")).clone();
    assert!(why.findings.contains(expected), "{:?}", why.findings);
    let basics = desk.basics().unwrap();
    assert!(basics.reads_only && basics.trouble == Some(why.say()));
    let envelope = ask(DESK, CLERK, back("1"));
    let Err(DeskError::ReadOnly { text, say }) = desk.post(&envelope, &Proof::default()) else { panic!("{expected:?}: posted") };
    assert_eq!(say, why.say());
    for word in words {
        assert!(text.contains(word), "{word} in {text}");
    }
    for language in Language::ALL {
        assert!(!Words::new(*language).saying(&say).contains('⟦'), "{say:?}");
    }
    assert!(matches!(desk.print_pending(), Err(DeskError::ReadOnly { .. })));
    assert_eq!(desk.find("536365").unwrap().hits.len(), 1);
    assert!(desk.quote(&envelope).is_ok() && desk.sign_in(CLERK, &Pin::new("123456")).is_ok());
    assert!(wrong(&mut desk).contains(expected), "{:?}", wrong(&mut desk));
}

#[test]
fn sound_books_open_for_work_and_hold_everything() {
    let closed = traded();
    let mut desk = closed.open();
    assert_eq!(desk.read_only(), None);
    let basics = desk.basics().unwrap();
    assert!(!basics.reads_only && basics.trouble.is_none());
    let report = look(&mut desk);
    assert_eq!(report.wrong(), 0, "{:?}", report.findings);
    assert_eq!(report.holding().count(), Invariant::ALL.len());
    for language in Language::ALL {
        let words = Words::new(*language);
        assert!(report.holding().all(|(invariant, count)| !words.saying(&invariant.say(count)).contains('⟦')));
    }
    post(&mut desk, back("1"));
    assert_eq!(wrong(&mut desk), []);
}

#[test]
fn a_flipped_bit_is_named() {
    let closed = traded();
    let mut bytes = std::fs::read(closed.books()).unwrap();
    let total = b"\"total\":\"5.10 EUR\"";
    let at = bytes.windows(total.len()).position(|window| window == total).unwrap();
    bytes[at + 9] ^= 1;
    std::fs::write(closed.books(), bytes).unwrap();
    let document = number(last(&mut closed.open()));
    only_reads(&closed, &Finding::Chain { document }, &["was changed after it was posted", "last good backup"]);
}

#[test]
fn a_changed_amount_is_named() {
    for (sql, column) in [("UPDATE document SET total_minor = 51000", true), ("UPDATE posting SET amount_minor = 1", false)] {
        let closed = traded();
        let document = number(last(&mut closed.open()));
        closed.damage(&format!("{sql} WHERE desk = 1 AND sequence = {}", document.sequence));
        if column {
            let finding = Finding::Column { document, column: "total" };
            only_reads(&closed, &finding, &["“total” is not what the document says", "last good backup"]);
        } else {
            only_reads(&closed, &Finding::Beside { document }, &["what was booked with it is not what", "last good backup"]);
        }
    }
}

/// A trigger would change the books with the next posting already.
#[test]
fn books_that_change_themselves_are_only_looked_at() {
    let closed = traded();
    closed.damage("CREATE TRIGGER spy AFTER INSERT ON posting BEGIN DELETE FROM line_event; END");
    let spy = Finding::File { text: "the form of spy".into() };
    only_reads(&closed, &spy, &["the form of spy", "last good backup"]);
    // The engine goes by how it was made, whatever it is called now.
    closed.damage("PRAGMA writable_schema = on; UPDATE sqlite_schema SET type = 'Trigger' WHERE name = 'spy'");
    only_reads(&closed, &spy, &["the form of spy", "last good backup"]);
}

/// A bill that somebody changed while the desk stands open is not given back on: the desk tells it and only reads from then on.
#[test]
fn nothing_is_given_back_on_a_bill_that_was_changed() {
    let changes = [
        "UPDATE bill_line SET quantity = quantity + 10000 WHERE bill = (SELECT id FROM bill WHERE number = '536365') AND no = 1",
        "UPDATE bill_line SET text = 'gold' WHERE bill = (SELECT id FROM bill WHERE number = '536365') AND no = 3",
        "UPDATE bill_payment SET covers_minor = 1 WHERE bill = (SELECT id FROM bill WHERE number = '536365')",
        "UPDATE bill SET member = NULL WHERE number = '536365'",
        "UPDATE bill SET gross_minor = gross_minor + 1 WHERE number = '536365'",
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let closed = traded();
        let mut desk = closed.open();
        let before = last(&mut desk);
        let envelope = ask(DESK, CLERK, back("1"));
        assert!(desk.quote(&envelope).is_ok());
        closed.damage(change);
        let finding = Finding::BillChanged { bill: "536365".to_owned() };
        // Whoever asks first is told, by a quote or by posting.
        let refused =
            if at == 0 { desk.quote(&envelope).map(|_| ()) } else { desk.post(&envelope, &Proof::default()).map(|_| ()) };
        let Err(DeskError::ReadOnly { text, say }) = refused else { panic!("{change}: {refused:?}") };
        assert!(text.contains("Bill 536365 is not as it came in") && say == finding.say(), "{text}");
        assert_eq!(desk.read_only().unwrap().findings, std::slice::from_ref(&finding));
        assert!(desk.basics().unwrap().reads_only);
        let other = desk.post(&ask(DESK, MANAGER, Request::OpenShift(OpenShift {})), &Proof::default());
        assert!(matches!(other, Err(DeskError::ReadOnly { .. })), "{other:?}");
        assert_eq!(last(&mut desk), before, "{change}");
        assert!(wrong(&mut desk).contains(&finding), "{change}");
    }
}

#[test]
fn a_dropped_tail_is_named() {
    let closed = traded();
    let document = number(last(&mut closed.open()));
    let tables = ["document", "posting", "payout", "document_bill", "line_event", "payment_event", "print_job"];
    for table in tables {
        closed.damage(&format!("DELETE FROM {table} WHERE desk = 1 AND sequence = {}", document.sequence));
    }
    let cut = Finding::Counter { desk: DESK, counted: document.sequence, last: document.sequence - 1 };
    only_reads(&closed, &cut, &["Documents were cut off", "last good backup"]);
    // A thief who knows the counter puts it back as well.
    closed.damage(
        "UPDATE desk SET (last_sequence, head) = (SELECT sequence, hash FROM document WHERE desk = 1 ORDER BY sequence DESC LIMIT 1)",
    );
    let behind = Finding::Behind { remembered: document, last: number(document.sequence - 1) };
    only_reads(&closed, &behind, &["this computer remembers document", "could be given back twice", "newest good backup"]);
}

#[test]
fn yesterdays_copy_is_named() {
    let closed = traded();
    let copy = closed.folder.path().join("copy.db");
    std::fs::copy(closed.books(), &copy).unwrap();
    let mut desk = closed.open();
    let before = last(&mut desk);
    post(&mut desk, back("1"));
    drop(desk);
    std::fs::copy(&copy, closed.books()).unwrap();
    let behind = Finding::Behind { remembered: number(before + 1), last: number(before) };
    only_reads(&closed, &behind, &["an older copy was put in its place", "newest good backup", "re_anchor"]);
}

/// Makes a document and all that follow it anew, with sums that fit.
fn rebuild(path: &Path, from: u64) {
    let from = i64::try_from(from).unwrap();
    let raw = rusqlite::Connection::open(path).unwrap();
    let mut statement =
        raw.prepare("SELECT sequence, previous, body FROM document WHERE desk = 1 AND sequence >= ? ORDER BY 1").unwrap();
    let rows = statement
        .query_map([from], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?, row.get::<_, Vec<u8>>(2)?)))
        .unwrap();
    let rows: Vec<_> = rows.map(Result::unwrap).collect();
    let mut head = Digest(rows[0].1);
    for (sequence, _, body) in rows {
        let mut document: Document = serde_json::from_slice(body.strip_prefix(ENCODING).unwrap()).unwrap();
        if sequence == from {
            document.at.at_us += 60_000_000;
        }
        let body = canonical(&document).unwrap();
        let hash = head.after(&body);
        let sql = "UPDATE document SET previous = ?1, hash = ?2, body = ?3, at_us = ?4 WHERE desk = 1 AND sequence = ?5";
        raw.execute(sql, rusqlite::params![head.0, hash.0, body, document.at.at_us, sequence]).unwrap();
        raw.execute("UPDATE desk SET head = ?1 WHERE no = 1", [hash.0]).unwrap();
        head = hash;
    }
}

#[test]
fn a_chain_rebuilt_with_right_sums_is_named() {
    let closed = traded();
    let end = last(&mut closed.open());
    rebuild(&closed.books(), end);
    only_reads(&closed, &Finding::Rebuilt { document: number(end) }, &["is not the one that this computer remembers", "backup"]);
    // Rebuilt from before the checkpoint on, the seal does not fit any more either.
    rebuild(&closed.books(), end - 2);
    let elsewhere = Finding::SealElsewhere { document: number(end - 1) };
    only_reads(&closed, &elsewhere, &["made anew after it was sealed", "last good backup"]);
    // And a thief who writes a new checkpoint has no key to sign it with.
    closed.damage(
        "UPDATE checkpoint SET head = (SELECT hash FROM document d WHERE d.desk = 1 AND d.sequence = checkpoint.sequence)",
    );
    only_reads(&closed, &Finding::Seal { document: number(end - 1) }, &["not signed by the desk’s key", "backup"]);
}

#[test]
fn a_closed_shift_is_sealed_once_and_by_the_desks_key() {
    let closed = traded();
    let mut desk = closed.open();
    let end = last(&mut desk);
    let sealed = desk.store().read(courtesy::store::seal::all).unwrap();
    assert_eq!(sealed.len(), 1);
    assert_eq!(sealed[0].checkpoint.number, number(end - 1));
    let public = desk.store().outside().key(DESK, 1).unwrap().unwrap().public();
    assert!(public.signed(&sealed[0].checkpoint.bytes().unwrap(), &sealed[0].signature));
    let again = desk.post(&ask(DESK, CLERK, Request::CloseShift(CloseShift {})), &Proof::default()).unwrap();
    assert!(matches!(again, Outcome::Stopped(_)), "no shift is open");
    for (sql, finding) in [
        ("UPDATE checkpoint SET at_us = at_us + 1", Finding::Seal { document: number(end - 1) }),
        ("UPDATE checkpoint SET key_no = 2", Finding::Seal { document: number(end - 1) }),
        ("UPDATE checkpoint SET signature = zeroblob(64)", Finding::Seal { document: number(end - 1) }),
        ("UPDATE checkpoint SET head = zeroblob(32)", Finding::SealElsewhere { document: number(end - 1) }),
        ("UPDATE checkpoint SET sequence = 999", Finding::SealElsewhere { document: number(999) }),
        ("DELETE FROM checkpoint", Finding::SealMissing { document: number(end - 1) }),
        ("UPDATE desk_key SET public = zeroblob(32)", Finding::KeyLost { desk: DESK }),
        ("DROP TABLE checkpoint", Finding::File { text: "no such table: checkpoint".into() }),
    ] {
        let closed = traded();
        closed.damage(sql);
        let found = wrong(&mut closed.open());
        assert!(found.contains(&finding), "{sql}: {found:?}");
    }
}

#[test]
fn a_new_key_signs_from_its_document_on() {
    let closed = traded();
    let mut desk = closed.open();
    let rotated = post_by(&mut desk, MANAGER, Request::RotateKey(RotateKey {}));
    let Some(Effect::ChangeKey { no: 2, public, .. }) = rotated.document.quote.effects.first() else { panic!("no key") };
    assert_eq!(desk.store().outside().key(DESK, 2).unwrap().unwrap().public(), *public);
    post(&mut desk, Request::OpenShift(OpenShift {}));
    post(&mut desk, Request::CloseShift(CloseShift {}));
    assert_eq!(desk.store().read(courtesy::store::seal::all).unwrap()[1].key_no, 2);
    drop(desk);
    let mut desk = closed.open();
    is_sound(&mut desk);
    drop(desk);
    closed.damage("UPDATE desk_key SET from_sequence = from_sequence - 1 WHERE no = 2");
    assert!(wrong(&mut closed.open()).contains(&Finding::Key { desk: DESK, no: 2 }));
    closed.damage("DELETE FROM desk_key WHERE no = 2");
    assert!(wrong(&mut closed.open()).contains(&Finding::Key { desk: DESK, no: 2 }));
}

#[test]
fn a_restore_on_purpose_is_confirmed_by_a_manager() {
    let closed = traded();
    let copy = closed.folder.path().join("copy.db");
    std::fs::copy(closed.books(), &copy).unwrap();
    let mut desk = closed.open();
    let lost = post(&mut desk, back("1"));
    drop(desk);
    std::fs::copy(&copy, closed.books()).unwrap();
    let mut desk = closed.open();
    for reason in [" ".to_owned(), "x".repeat(201), "4111 1111 1111 1111".to_owned()] {
        let quoted = desk.quote(&ask(DESK, MANAGER, Request::ReAnchor(ReAnchor { reason: reason.clone() }))).unwrap();
        assert_eq!(quoted.quote.verdict(), ruling::Outcome::Refused, "{reason}");
    }
    let confirm = || Request::ReAnchor(ReAnchor { reason: "The disk failed".to_owned() });
    let by_clerk = desk.post(&ask(DESK, CLERK, confirm()), &Proof::default()).unwrap();
    assert!(matches!(by_clerk, Outcome::Stopped(_)));
    let confirmed = post_by(&mut desk, MANAGER, confirm());
    let remembered = Some((lost.document.number.sequence, lost.hash));
    assert_eq!(confirmed.document.quote.effects, [Effect::ReAnchor { remembered }]);
    assert_eq!(desk.read_only(), None);
    post(&mut desk, back("1"));
    drop(desk);
    let mut desk = closed.open();
    is_sound(&mut desk);
    let again = desk.post(&ask(DESK, MANAGER, confirm()), &Proof::default()).unwrap();
    assert!(matches!(again, Outcome::Stopped(_)), "there is nothing to confirm any more");
}

#[test]
fn a_wrong_book_is_not_mended_by_confirming_it() {
    let closed = traded();
    let end = last(&mut closed.open());
    rebuild(&closed.books(), end - 2);
    let mut desk = closed.open();
    let confirm = Request::ReAnchor(ReAnchor { reason: "The disk failed".to_owned() });
    assert!(matches!(desk.post(&ask(DESK, MANAGER, confirm), &Proof::default()), Err(DeskError::ReadOnly { .. })));
}

/// A shop with its first manager.
fn opening() -> Opening {
    let shop = Shop {
        name: "Shop".to_owned(),
        address: String::new(),
        currency: "EUR".parse().unwrap(),
        zone: "Europe/Riga".to_owned(),
        day_ends_at: "04:00".parse().unwrap(),
        language: "en".to_owned(),
        replay: false,
    };
    let policy = courtesy::domain::preset::of("club").unwrap().text.to_owned();
    let manager = FirstPerson { name: "Maria".to_owned(), pin: Pin::new("271828") };
    Opening { shop, policy, manager }
}

/// Hires a clerk with a PIN of their own.
fn hire_ann(desk: &mut Desk) {
    let ann = Staff { no: StaffNo(2), name: "Ann".into(), role: Role::Clerk, language: "en".into(), active: true, member: None };
    post_by(desk, StaffNo(1), hire(ann));
    let by = desk.sign_in(StaffNo(1), &Pin::new("271828")).unwrap();
    desk.set_pin(&by, StaffNo(2), &Pin::new("161803")).unwrap();
}

#[test]
fn a_lost_pepper_lets_nobody_in_but_by_the_recovery_code() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("books.db");
    let printer = || Printer::Folder(folder.path().join("receipts"));
    let (mut desk, code) = open_new(&path, DESK, printer(), &opening()).unwrap();
    hire_ann(&mut desk);
    drop(desk);
    std::fs::remove_file(folder.path().join("books.outside/pepper")).unwrap();
    let open = || Desk::open_path(&path, DESK, Box::new(SystemClock), printer()).unwrap();
    let (first, pin) = (StaffNo(1), Pin::new("918273"));
    let mut desk = open();
    assert_eq!(look(&mut desk).findings, [Finding::Unheld], "what could not be held against its seals is told, and is not wrong");
    assert!(!look(&mut desk).looked_at.contains_key(&Invariant::Sealed));
    assert!(matches!(desk.sign_in(first, &Pin::new("271828")), Err(DeskError::PepperLost(_))));
    assert!(matches!(desk.recover(&Pin::new("AAAA-AAAA-AAAA-AAAA-AAAA"), first, &pin), Err(DeskError::WrongCode)));
    assert!(!folder.path().join("books.outside/pepper").exists(), "nothing is made anew in silence");
    desk.recover(&Pin::new(code.to_string()), first, &pin).unwrap();
    assert!(desk.sign_in(first, &pin).is_ok());
    assert!(desk.sign_in(StaffNo(2), &Pin::new("161803")).is_ok(), "the code brought the same pepper back");
    assert_eq!(look(&mut desk).findings, []);
    drop(desk);
    let mut desk = open();
    assert!(desk.sign_in(first, &pin).is_ok());
    assert!(matches!(desk.sign_in(first, &Pin::new("271828")), Err(DeskError::WrongPin(_))));
    // A shop that never kept its pepper under the code gets a new one, and everybody else a new PIN.
    drop(desk);
    std::fs::remove_file(folder.path().join("books.outside/pepper")).unwrap();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute("DELETE FROM setting WHERE key = 'pepper_locked'", []).unwrap();
    let mut desk = open();
    desk.recover(&Pin::new(code.to_string()), first, &pin).unwrap();
    assert!(desk.sign_in(first, &pin).is_ok());
    assert!(matches!(desk.sign_in(StaffNo(2), &Pin::new("161803")), Err(DeskError::PepperLost(_))));
}

/// Killed between the making of a shop and the telling of its code, somebody still comes to one.
#[test]
fn a_recovery_code_that_nobody_saw_is_told_of_and_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("books.db");
    let printer = || Printer::Folder(folder.path().join("receipts"));
    let (desk, unseen) = open_new(&path, DESK, printer(), &opening()).unwrap();
    drop(desk);
    let open = || Desk::open_path(&path, DESK, Box::new(SystemClock), printer()).unwrap();
    let mut desk = open();
    let trouble = desk.basics().unwrap().trouble.unwrap();
    for language in Language::ALL {
        assert!(Words::new(*language).saying(&trouble).contains("courtesy recover --new-code"), "{trouble:?}");
    }
    hire_ann(&mut desk);
    let (ann, first) = (StaffNo(2), StaffNo(1));
    let clerk = desk.sign_in(ann, &Pin::new("161803")).unwrap();
    assert!(matches!(desk.new_recovery_code(&clerk), Err(DeskError::MayNotGiveCode(no)) if no == ann));
    let maria = desk.sign_in(first, &Pin::new("271828")).unwrap();
    let code = desk.new_recovery_code(&maria).unwrap();
    assert!(desk.basics().unwrap().trouble.is_some(), "nobody has seen the new one either");
    desk.code_was_seen().unwrap();
    drop(desk);
    let mut desk = open();
    assert_eq!(desk.basics().unwrap().trouble, None);
    is_sound(&mut desk);
    // Only the new one counts, and it brings the pepper back as the first one did.
    std::fs::remove_file(folder.path().join("books.outside/pepper")).unwrap();
    let (code, unseen, new) = (Pin::new(code.to_string()), Pin::new(unseen.to_string()), Pin::new("918273"));
    assert!(matches!(desk.recover(&unseen, first, &new), Err(DeskError::WrongCode)));
    desk.recover(&code, first, &new).unwrap();
    assert!(desk.sign_in(first, &new).is_ok() && desk.sign_in(ann, &Pin::new("161803")).is_ok());
}

/// A right code is not called wrong, nor a right PIN, where the folder beside the books is another shop's: that is said, with the way out.
#[test]
fn the_secret_of_another_shop_is_called_that() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let printer = || Printer::Folder(path("receipts"));
    let (_, code) = open_new(&path("books.db"), DESK, printer(), &opening()).unwrap();
    drop(open_new(&path("other.db"), DESK, printer(), &opening()).unwrap());
    std::fs::rename(path("books.outside"), path("own.outside")).unwrap();
    std::fs::create_dir(path("books.outside")).unwrap();
    std::fs::copy(path("other.outside/pepper"), path("books.outside/pepper")).unwrap();
    let open = || Desk::open_path(&path("books.db"), DESK, Box::new(SystemClock), printer()).unwrap();
    let (first, pin, new) = (StaffNo(1), Pin::new("271828"), Pin::new("918273"));
    let code = Pin::new(code.to_string());
    let mut desk = open();
    for refused in [desk.sign_in(first, &pin).map(|_| ()), desk.recover(&code, first, &new)] {
        let error = refused.unwrap_err();
        assert!(matches!(&error, DeskError::OtherPepper(folder) if *folder == path("books.outside")), "{error}");
        assert!(error.to_string().contains("courtesy keys import"), "{error}");
        for language in Language::ALL {
            assert!(Words::new(*language).saying(&error.saying()).contains("courtesy keys import"));
        }
    }
    drop(desk);
    // Out of the way, the code brings the shop's own back.
    std::fs::rename(path("books.outside"), path("wrong.outside")).unwrap();
    let mut desk = open();
    desk.recover(&code, first, &new).unwrap();
    assert!(desk.sign_in(first, &new).is_ok());
    let pepper = |name: &str| std::fs::read(path(name)).unwrap();
    assert_eq!(pepper("books.outside/pepper"), pepper("own.outside/pepper"));
}

#[test]
fn a_lost_folder_is_named_and_a_manager_confirms_a_move() {
    let closed = traded();
    std::fs::remove_dir_all(closed.outside("")).unwrap();
    only_reads_without_people(&closed);
    let mut desk = closed.open();
    assert!(matches!(desk.sign_in(MANAGER, &Pin::new("345678")), Err(DeskError::PepperLost(_))));
    let confirm = Request::ReAnchor(ReAnchor { reason: "New computer".to_owned() });
    let confirmed = post_by(&mut desk, MANAGER, confirm);
    assert!(confirmed.document.quote.effects.iter().any(|effect| matches!(effect, Effect::ChangeKey { no: 2, .. })));
    assert_eq!(desk.read_only(), None);
    post(&mut desk, Request::OpenShift(OpenShift {}));
    post(&mut desk, Request::CloseShift(CloseShift {}));
    drop(desk);
    let mut desk = closed.open();
    is_sound(&mut desk);
}

/// Whatever keeps a key or the pepper from being read, the look goes on, and a manager can still make a new key.
#[test]
fn what_cannot_be_read_outside_ends_no_look() {
    for spoil in [
        |path: &Path| std::fs::create_dir(path).unwrap(),
        |path: &Path| std::fs::write(path, b"\xff").unwrap(),
        |path: &Path| std::fs::write(path, "rubbish").unwrap(),
    ] {
        let closed = traded();
        for name in ["desk-1.key-1", "pepper"] {
            std::fs::rename(closed.outside(name), closed.outside(&format!("own-{name}"))).unwrap();
            spoil(&closed.outside(name));
        }
        let refund = last(&mut closed.open());
        let change =
            |by: i32| format!("UPDATE posting SET amount_minor = amount_minor + {by} WHERE sequence = {refund} AND no = 1");
        closed.damage(&change(1));
        let mut desk = closed.open();
        let lost = Finding::KeyLost { desk: DESK };
        assert!(desk.read_only().unwrap().findings.contains(&lost));
        let found = look(&mut desk).findings;
        for expected in [lost, Finding::Beside { document: number(refund) }, Finding::Unheld] {
            assert_eq!(found.iter().filter(|finding| **finding == expected).count(), 1, "{expected:?} in {found:?}");
        }
        drop(desk);
        closed.damage(&change(-1));
        let pepper = closed.outside("pepper");
        if pepper.is_dir() { std::fs::remove_dir(&pepper) } else { std::fs::remove_file(&pepper) }.unwrap();
        std::fs::rename(closed.outside("own-pepper"), &pepper).unwrap();
        let mut desk = closed.open();
        post_by(&mut desk, MANAGER, Request::ReAnchor(ReAnchor { reason: "The key cannot be read".to_owned() }));
        drop(desk);
        is_sound(&mut closed.open());
    }
}

/// Who takes the seals away where the pepper is not at hand does not stay unseen.
#[test]
fn seals_that_are_gone_are_missed_without_the_pepper_too() {
    let closed = traded();
    std::fs::remove_file(closed.outside("pepper")).unwrap();
    assert_eq!(wrong(&mut closed.open()), []);
    for gone in ["= 'sealed first rules'", "LIKE 'sealed %'"] {
        closed.damage(&format!("DELETE FROM setting WHERE key {gone}"));
        let found = wrong(&mut closed.open());
        assert!(found.contains(&Finding::Sealed { what: "first rules".into() }), "{gone}: {found:?}");
    }
}

fn only_reads_without_people(closed: &Closed) {
    let mut desk = closed.open();
    let why = desk.read_only().unwrap().clone();
    let found: Vec<_> = why.findings.iter().collect();
    assert_eq!(found, [&Finding::Forgotten { desk: DESK }, &Finding::KeyLost { desk: DESK }]);
    assert!(matches!(desk.post(&ask(DESK, CLERK, back("1")), &Proof::default()), Err(DeskError::ReadOnly { .. })));
    assert!(!closed.outside("desk-1.head").exists(), "nothing is made anew in silence");
    assert!(wrong(&mut desk).contains(&Finding::Forgotten { desk: DESK }));
}

#[test]
fn a_shop_from_before_gets_its_key_and_pepper_when_it_opens() {
    let closed = traded();
    closed.damage("DELETE FROM checkpoint; DELETE FROM desk_key; DELETE FROM setting WHERE key = 'pepper'");
    closed.damage("DELETE FROM document WHERE job = 'none'");
    std::fs::remove_dir_all(closed.outside("")).unwrap();
    let desk = closed.open();
    assert_eq!(desk.read_only(), None);
    drop(desk);
    let files = std::fs::read_dir(closed.outside("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let expected = ["desk-1.head", "desk-1.key-1", "pepper", "sealed"].map(str::to_owned);
    assert_eq!(files.collect::<BTreeSet<_>>(), BTreeSet::from(expected));
}

#[test]
fn a_pin_from_before_the_pepper_is_hashed_anew_when_it_is_right() {
    use argon2::PasswordHasher as _;
    let closed = traded();
    let plain = argon2::Argon2::default().hash_password(b"123456").unwrap().to_string();
    let before = std::fs::read(closed.books()).unwrap();
    closed.damage(&format!("UPDATE staff SET pin_hash = '{plain}' WHERE no = 2"));
    let written = closed.open().sign_in(CLERK, &Pin::new("123456"));
    assert!(matches!(written, Err(DeskError::PinNotGiven(CLERK))), "it was not written by the program");
    std::fs::write(closed.books(), before).unwrap();
    // In books from before the seals it was.
    closed.damage(&format!("UPDATE staff SET pin_hash = '{plain}' WHERE no = 2; DELETE FROM setting WHERE key LIKE 'sealed %'"));
    std::fs::remove_file(closed.outside("sealed")).unwrap();
    let mut desk = closed.open();
    let kept = |desk: &mut Desk| desk.store().read(|tx| courtesy::store::staff::pin_hash(tx, CLERK)).unwrap().unwrap();
    assert!(desk.sign_in(CLERK, &Pin::new("654321")).is_err());
    assert_eq!(kept(&mut desk), plain);
    desk.sign_in(CLERK, &Pin::new("123456")).unwrap();
    assert!(kept(&mut desk).contains("keyid="));
    desk.sign_in(CLERK, &Pin::new("123456")).unwrap();
}

#[test]
fn the_head_outside_follows_each_posting_and_a_crash_leaves_it_only_behind() {
    let closed = traded();
    let mut desk = closed.open();
    let before = std::fs::read(closed.outside("desk-1.head")).unwrap();
    let posted = post(&mut desk, back("1"));
    let head = desk.store().outside().head(DESK).unwrap().unwrap();
    assert_eq!((head.sequence, head.hash), (posted.document.number.sequence, posted.hash));
    drop(desk);
    // As after a crash between the commit and the writing.
    std::fs::write(closed.outside("desk-1.head"), before).unwrap();
    let mut desk = closed.open();
    is_sound(&mut desk);
}

#[test]
fn a_second_desk_has_a_key_and_a_head_of_its_own() {
    let closed = traded();
    let mut desk = closed.try_open(DeskNo(2)).unwrap();
    post(&mut desk, back("1"));
    drop(desk);
    assert!(closed.outside("desk-2.key-1").exists());
    closed.damage("DELETE FROM document WHERE desk = 2; DELETE FROM desk WHERE no = 2; DELETE FROM posting WHERE desk = 2");
    let desk = closed.open();
    let behind = Finding::Behind {
        remembered: DocumentNumber { desk: DeskNo(2), sequence: 1 },
        last: DocumentNumber { desk: DeskNo(2), sequence: 0 },
    };
    assert!(desk.read_only().unwrap().findings.contains(&behind), "{:?}", desk.read_only());
}

#[test]
fn no_desk_has_a_key_here_before_it_is_known_where_its_chain_stood() {
    let closed = traded();
    std::fs::create_dir(closed.outside("desk-2.head")).unwrap();
    let error = closed.try_open(DeskNo(2)).err().expect("a desk without a head was enrolled");
    assert!(matches!(error, DeskError::Store(StoreError::Outside { .. })), "{error}");
    assert!(!closed.outside("desk-2.key-1").exists(), "another desk that opens now would miss the head of desk 2");
    std::fs::remove_dir(closed.outside("desk-2.head")).unwrap();
    assert!(closed.try_open(DeskNo(2)).unwrap().read_only().is_none());
}

#[test]
fn a_desk_that_is_enrolled_while_another_one_opens_is_not_called_forgotten() {
    let closed = traded();
    let mut first = closed.open();
    std::fs::write(closed.outside("desk-2.new"), "").unwrap();
    let recalled = first.store().outside().recall(DESK).unwrap();
    assert_eq!(recalled.heads[&DeskNo(2)], None);
    let mut second = closed.try_open(DeskNo(2)).unwrap();
    post(&mut second, back("1"));
    let kept = second.store().outside().head(DeskNo(2)).unwrap().unwrap();
    let mut look = || first.store().read(|tx| at_opening(tx, &recalled)).unwrap();
    assert_eq!(look(), []);
    // It may have posted again since the books were looked at, but what it has posted stays.
    let outside = second.store().outside().clone();
    outside.keep_head(DeskNo(2), Head { sequence: kept.sequence + 1, ..kept }).unwrap();
    assert_eq!(look(), []);
    outside.keep_head(DeskNo(2), Head { hash: Digest::of(b"another"), ..kept }).unwrap();
    assert_eq!(look(), [Finding::Rebuilt { document: DocumentNumber { desk: DeskNo(2), sequence: kept.sequence } }]);
    std::fs::remove_file(closed.outside("desk-2.head")).unwrap();
    assert_eq!(look(), [Finding::Forgotten { desk: DeskNo(2) }]);
}

#[test]
fn a_desk_of_another_computer_does_not_post_here() {
    let closed = traded();
    drop(closed.try_open(DeskNo(2)).unwrap());
    for file in ["desk-2.key-1", "desk-2.head"] {
        std::fs::remove_file(closed.outside(file)).unwrap();
    }
    let mut desk = closed.open();
    let elsewhere = ask(DeskNo(2), CLERK, back("1"));
    assert!(matches!(desk.post(&elsewhere, &Proof::default()), Err(DeskError::NoKey(DeskNo(2)))));
    let new = ask(DeskNo(3), CLERK, back("1"));
    assert!(matches!(desk.post(&new, &Proof::default()).unwrap(), Outcome::Posted(_)));
    is_sound(&mut desk);
}

/// Changes every column of the last row of a table, one at a time, and says which changes the full look does not see.
fn unseen(closed: &Closed, table: &str, filter: &str) -> Vec<String> {
    let mut unseen = Vec::new();
    let columns: Vec<(String, String)> = {
        let raw = rusqlite::Connection::open(closed.books()).unwrap();
        let mut statement = raw.prepare(&format!("SELECT name, type FROM pragma_table_info('{table}')")).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let whole = std::fs::read(closed.books()).unwrap();
    for (column, kind) in columns.iter().filter(|(column, _)| column != "site") {
        let changed = match kind.as_str() {
            "INTEGER" => format!("{column} + 1"),
            "BLOB" => format!("zeroblob(length({column}))"),
            _ => format!("COALESCE({column}, '') || 'x'"),
        };
        closed.damage(&format!("UPDATE {table} SET {column} = {changed} WHERE {filter}"));
        if wrong(&mut closed.open()).is_empty() {
            unseen.push(column.clone());
        }
        std::fs::write(closed.books(), &whole).unwrap();
    }
    unseen
}

#[test]
fn no_column_of_the_chain_can_be_changed_unseen() {
    let closed = traded();
    let end = last(&mut closed.open());
    let newest = format!("desk = 1 AND sequence = {end}");
    for (table, filter) in [
        ("document", newest.as_str()),
        ("posting", &format!("{newest} AND no = (SELECT MAX(no) FROM posting WHERE {newest})")),
        ("payout", &newest),
        ("checkpoint", "1"),
        ("desk", "no = 1"),
        ("desk_key", "1"),
    ] {
        assert_eq!(unseen(&closed, table, filter), Vec::<String>::new(), "{table}");
    }
}

#[test]
fn desks_of_several_computers_share_a_server_and_each_keeps_its_own() {
    let server = crate::server::shared();
    let url = server.schema();
    let folder = tempfile::tempdir().unwrap();
    let store = |computer: &str| Store::open(url.as_ref()).unwrap().keeping(Outside::at(folder.path().join(computer)));
    let open = |computer: &str, number: u16| {
        Desk::open(store(computer), DeskNo(number), Box::new(SystemClock), Printer::Nowhere).unwrap()
    };
    let code = set_up(&mut store("a"), &opening(), &SystemClock).unwrap();
    let mut desk = open("a", 1);
    hire_ann(&mut desk);
    post(&mut desk, Request::OpenShift(OpenShift {}));
    post(&mut desk, Request::CloseShift(CloseShift {}));
    drop(desk);
    // The second computer has a key of its own at once, and the pepper by the recovery code.
    let mut other = open("b", 2);
    assert_eq!(other.read_only(), None);
    assert!(matches!(other.sign_in(CLERK, &Pin::new("161803")), Err(DeskError::PepperLost(_))));
    other.recover(&Pin::new(code.to_string()), StaffNo(1), &Pin::new("918273")).unwrap();
    assert!(other.sign_in(CLERK, &Pin::new("161803")).is_ok());
    post(&mut other, Request::OpenShift(OpenShift {}));
    is_sound(&mut other);
    let elsewhere = ask(DESK, CLERK, Request::OpenShift(OpenShift {}));
    assert!(matches!(other.post(&elsewhere, &Proof::default()), Err(DeskError::NoKey(DESK))));
    // The first one still works with the same pepper, and sees what is done to its chain on the server.
    let mut desk = open("a", 1);
    assert!(desk.sign_in(CLERK, &Pin::new("161803")).is_ok());
    post(&mut desk, Request::OpenShift(OpenShift {}));
    is_sound(&mut desk);
    let end = last(&mut desk);
    drop(desk);
    let mut raw = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    let mut damage = |sql: &str| raw.batch_execute(&format!("SET session_replication_role = replica; {sql}")).unwrap();
    damage(&format!(
        "DELETE FROM document WHERE desk = 1 AND sequence = {end};
        UPDATE desk SET last_sequence = {end} - 1, head = (SELECT hash FROM document WHERE desk = 1 AND sequence = {end} - 1)
        WHERE no = 1"
    ));
    let behind = Finding::Behind { remembered: number(end), last: number(end - 1) };
    assert_eq!(open("a", 1).read_only().unwrap().findings, [behind]);
    assert_eq!(open("b", 2).read_only(), None, "the other computer knows nothing of that desk");
    damage("UPDATE checkpoint SET at_us = at_us + 1");
    assert!(wrong(&mut open("b", 2)).contains(&Finding::Seal { document: number(end - 1) }));
}

#[test]
fn what_is_remembered_of_the_seals_is_written_anew_where_it_cannot_be_read() {
    let closed = traded();
    let before = std::fs::read(closed.outside("sealed")).unwrap();
    std::fs::write(closed.outside("sealed"), b"\xff\xfe").unwrap();
    is_sound(&mut closed.open());
    assert_eq!(std::fs::read(closed.outside("sealed")).unwrap(), before);
}

#[test]
fn books_from_before_get_their_sums_and_seals_once() {
    let closed = traded();
    let take_away = "DELETE FROM setting WHERE key LIKE 'sum %' OR key LIKE 'sealed %'";
    closed.damage(&format!("{take_away}; DELETE FROM migration WHERE number >= 13"));
    std::fs::remove_file(closed.outside("sealed")).unwrap();
    is_sound(&mut closed.open());
    // Taken away later, they are missed.
    closed.damage(take_away);
    let found = wrong(&mut closed.open());
    assert!(found.len() > 1, "{found:?}");
    // Nor do they begin anew where the steps that began them are taken away too.
    for from in [13, 1] {
        closed.damage(&format!("DELETE FROM migration WHERE number >= {from}"));
        let refused = closed.try_open(DESK).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(refused.contains("the list of steps that built the books"), "{from}: {refused}");
    }
}
