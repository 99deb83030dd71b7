//! What survives, and what never happens.

use std::sync::mpsc;
use std::thread;

use courtesy::domain::digest::{Digest, canonical};
use courtesy::domain::document::Effect;
use courtesy::domain::ids::{CreditCode, DeskNo, StaffNo};
use courtesy::domain::request::Job;
use courtesy::store::{Store, StoreError, Tx, approval, bill as bills, credit, document, shop};

use super::{Books, On, bill, eur, insert, line, made, on_both, plain, post, refund};

on_both! {
    an_error_leaves_nothing_behind,
    what_is_sent_comes_to_something_in_its_order,
    the_first_thing_that_went_wrong_is_told,
    a_look_changes_nothing,
    a_document_follows_its_desks_last_one,
    an_approval_is_used_once,
    numbers_have_no_gaps_when_two_post,
    two_desks_never_spend_a_credit_twice,
    two_desks_never_give_a_line_back_twice,
    the_books_must_be_there_and_stay_what_they_are,
}

fn an_error_leaves_nothing_behind(on: On) {
    let mut books = Books::new(on);
    let sale = bill("till/1", vec![line(1, 1, 100)]);
    let stopped: Result<(), StoreError> = books.store.write(|tx| {
        bills::put(tx, &sale)?;
        post(tx, refund(1, &sale, 1, 100))?;
        Err(StoreError::PostedBefore)
    });
    assert!(matches!(stopped, Err(StoreError::PostedBefore)));
    assert!(books.read(|tx| bills::recent(tx, 9)).is_empty());
    assert!(books.read(|tx| document::recent(tx, None, 9)).is_empty());
    assert_eq!(books.read(|tx| document::ask_next(tx, DeskNo(1))?.answer(tx)).number.sequence, 1);
}

/// How many statements are sent before anything is asked: more than travel together.
const MANY: usize = 1300;

fn what_is_sent_comes_to_something_in_its_order(on: On) {
    let mut books = Books::new(on);
    let [mine, others] = books.write(|tx| {
        for turn in 0..MANY {
            shop::set_setting(tx, "turn", &turn.to_string())?;
        }
        let values = "SELECT value FROM setting WHERE site = ?1 AND key = ?2";
        let (site, key) = (tx.site(), |key: &str| key.into());
        let asked = [key("turn"), key("nobody's")].map(|key| tx.ask(values, &[site.clone(), key], Ok));
        shop::set_setting(tx, "last", "sent before the end")?;
        let [mine, others] = asked.map(|asked| asked?.answer(tx));
        Ok([mine?, others?])
    });
    assert_eq!(mine[0].text(0).unwrap(), (MANY - 1).to_string());
    assert!(others.is_empty());
    assert_eq!(books.read(|tx| shop::setting(tx, "last")).as_deref(), Some("sent before the end"));
}

fn the_first_thing_that_went_wrong_is_told(on: On) {
    let mut books = Books::new(on);
    let none = "UPDATE setting SET value = 'x' WHERE site = ?1 AND key = ?2";
    let wrong =
        "INSERT INTO posting (site, desk, sequence, no, account, currency, amount_minor) VALUES (?1, 1, 1, 1, 'a', 'EUR', 1)";
    for asks in [false, true] {
        let told = books.store.write(|tx| {
            shop::set_setting(tx, "before", "x")?;
            tx.send_one(none, &[tx.site(), "nobody's".into()], StoreError::ApprovalUsed)?;
            tx.send(wrong, &[tx.site()])?;
            tx.send_one(none, &[tx.site(), "nobody's".into()], StoreError::PostedBefore)?;
            if asks { shop::setting(tx, "before") } else { Ok(None) }
        });
        assert!(matches!(told, Err(StoreError::ApprovalUsed)), "{told:?}");
        let passed_over: Result<Option<String>, StoreError> = books.store.write(|tx| {
            tx.send_one(none, &[tx.site(), "nobody's".into()], StoreError::ApprovalUsed)?;
            shop::setting(tx, "before").map_or(Ok(None), Ok)
        });
        assert!(passed_over.is_err(), "{passed_over:?}");
        let told = books.store.write(|tx| {
            tx.send(wrong, &[tx.site()])?;
            tx.send_one(none, &[tx.site(), "nobody's".into()], StoreError::PostedBefore)
        });
        assert!(matches!(told, Err(StoreError::Rule { .. })), "{told:?}");
    }
    assert_eq!(books.read(|tx| shop::setting(tx, "before")), None);
}

#[test]
fn after_an_answer_that_cannot_be_read_nothing_is_kept() {
    let mut books = Books::new(On::Postgres);
    for at_once in [true, false] {
        let passed_over: Result<(), StoreError> = books.store.write(|tx| {
            let sql = "SELECT CAST(1.5 AS numeric)";
            let unread = if at_once { tx.query(sql, &[]).map(|_| ()) } else { tx.scan(sql, &[], &mut |_| Ok(())) };
            assert!(matches!(unread, Err(StoreError::Damaged { .. })), "{unread:?}");
            shop::set_setting(tx, "after", "x")
        });
        assert!(passed_over.is_err(), "a write went on after what it asked for could not be read");
    }
    assert_eq!(books.read(|tx| shop::setting(tx, "after")), None);
}

fn a_look_changes_nothing(on: On) {
    let mut books = Books::new(on);
    // A server refuses it at once, a file forgets it.
    let done = books.store.read(|tx| shop::set_setting(tx, "a", "b"));
    assert_eq!(done.is_ok(), on == On::Sqlite, "{done:?}");
    assert_eq!(books.read(|tx| shop::setting(tx, "a")), None);
}

fn a_document_follows_its_desks_last_one(on: On) {
    let mut books = Books::new(on);
    let first = books.write(|tx| post(tx, plain(Job::SetStaff, 1, vec![])));
    let next = |sequence: u64| courtesy::domain::ids::DocumentNumber { desk: DeskNo(1), sequence };
    for number in [next(1), next(3)] {
        let refused = books.store.write(|tx| insert(tx, &made(number, plain(Job::SetStaff, 1, vec![]))));
        assert!(matches!(refused, Err(StoreError::OutOfTurn { .. })), "{refused:?}");
    }
    let second = made(next(2), plain(Job::SetStaff, 1, vec![]));
    let body = canonical(&second).unwrap();
    let other = Digest::of(b"another past");
    let refused = books.store.write(|tx| document::insert(tx, &second, &body, other, other.after(&body), "{}", other));
    assert!(matches!(refused, Err(StoreError::OutOfTurn { .. })), "{refused:?}");
    let mut again = made(next(2), plain(Job::SetStaff, 1, vec![]));
    again.request = first.request;
    let refused = books.store.write(|tx| insert(tx, &again));
    assert!(matches!(refused, Err(StoreError::PostedBefore)), "{refused:?}");
    let refused = books.store.write(|tx| document::insert(tx, &second, &body, other, other, "{}", other));
    assert!(matches!(refused, Err(StoreError::Inconsistent { .. })), "{refused:?}");
}

fn an_approval_is_used_once(on: On) {
    let mut books = Books::new(on);
    let digest = Digest::of(b"quote");
    assert!(!books.read(|tx| approval::used(tx, digest)));
    books.write(|tx| approval::consume(tx, digest, StaffNo(1), 5));
    assert!(books.read(|tx| approval::used(tx, digest)));
    let again = books.store.write(|tx| approval::consume(tx, digest, StaffNo(1), 6));
    assert!(matches!(again, Err(StoreError::ApprovalUsed)));
}

/// Two connections do the same work as often as they can.
fn race(books: &Books, times: usize, work: impl Fn(&mut Tx<'_>, usize) -> Result<(), StoreError> + Send + Sync) -> usize {
    let (done, results) = mpsc::channel();
    thread::scope(|scope| {
        for desk in 1..=2 {
            let (path, done, work) = (books.path(), done.clone(), &work);
            scope.spawn(move || {
                let mut store = Store::open_existing(&path).unwrap();
                for _ in 0..times {
                    done.send(store.write(|tx| work(tx, desk)).is_ok()).unwrap();
                }
            });
        }
    });
    drop(done);
    results.into_iter().filter(|done| *done).count()
}

fn numbers_have_no_gaps_when_two_post(on: On) {
    let mut books = Books::new(on);
    let done = race(&books, 40, |tx, _| post(tx, plain(Job::SetStaff, 1, vec![])).map(|_| ()));
    assert_eq!(done, 80);
    let rows = books.read(|tx| document::recent(tx, Some(DeskNo(1)), 99));
    assert_eq!(rows.iter().map(|row| row.number.sequence).collect::<Vec<_>>(), (1..=80).rev().collect::<Vec<_>>());
}

fn two_desks_never_spend_a_credit_twice(on: On) {
    let mut books = Books::new(on);
    let issue = Effect::IssueCredit { member: None, amount: eur().minor(500), promotional: false };
    let code = CreditCode(books.write(|tx| post(tx, plain(Job::Goodwill, 1, vec![issue.clone()]))).number);
    let done = race(&books, 10, |tx, desk| {
        let spend = Effect::UseCredit { code, amount: eur().minor(100) };
        post(tx, plain(Job::RedeemCredit, u16::try_from(desk).unwrap(), vec![spend])).map(|_| ())
    });
    assert_eq!(done, 5);
    assert!(books.read(|tx| credit::load(tx, code)).unwrap().balance.is_zero());
}

fn two_desks_never_give_a_line_back_twice(on: On) {
    let mut books = Books::new(on);
    let sale = bill("till/1", vec![line(1, 7, 700)]);
    books.write(|tx| bills::put(tx, &sale));
    let done = race(&books, 10, |tx, desk| post(tx, refund(u16::try_from(desk).unwrap(), &sale, 1, 100)).map(|_| ()));
    assert_eq!(done, 7);
}

fn the_books_must_be_there_and_stay_what_they_are(on: On) {
    let books = Books::new(on);
    let none = match on {
        On::Sqlite => Store::open_existing(&books.path().with_file_name("no.db")),
        On::Postgres => Store::open_existing(std::path::Path::new(&crate::server::shared().schema())),
    };
    assert!(matches!(none, Err(StoreError::NotThere(_) | StoreError::NoBooks(_))), "{:?}", none.err());
    books.damage("INSERT INTO migration (number, name, checksum) VALUES (99, 'later', x'00')");
    assert!(matches!(Store::open(&books.path()), Err(StoreError::Newer { found: 99, .. })));
    books.damage("DELETE FROM migration WHERE number = 99; UPDATE migration SET checksum = zeroblob(32) WHERE number = 1");
    assert!(matches!(Store::open(&books.path()), Err(StoreError::MigrationChanged { number: 1, .. })));
}
