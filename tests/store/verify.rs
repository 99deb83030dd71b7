//! Damage that is planted, and named.

use std::collections::BTreeMap;

use courtesy::domain::digest::Digest;
use courtesy::domain::document::Effect;
use courtesy::domain::document::{ApprovalMark, Document, Quote};
use courtesy::domain::ids::{CardNumber, CreditCode, DeskNo, DocumentNumber, MemberId, RequestId, StaffNo};
use courtesy::domain::member::Person;
use courtesy::domain::membership::Term;
use courtesy::domain::request::Job;
use courtesy::domain::staff::{Role, Staff};
use courtesy::store::bill as bills;
use courtesy::store::engine::postgres::{FORM, OWN_FORM};
use courtesy::store::verify::{Finding, Invariant, verify};
use courtesy::store::waiting::{self, Decided, Waiting};
use courtesy::store::{StoreError, Tx, approval, document, member as members, staff};
use jiff::civil::{Date, date};
use uuid::Uuid;

use super::{Books, On, bill, eur, insert, line, made, on_both, on_server, pieces, plain, post, refund, returning};

on_both! {
    whole_books_are_whole_and_tell_what_is_due,
    what_holds_is_counted_and_what_does_not_is_left_out,
    tills_that_took_back_too_much_are_told,
    planted_damage_is_named,
    damage_to_people_is_named,
    a_member_whose_row_cannot_be_read_is_named,
    erasures_that_are_not_finished_are_noted,
    rows_that_name_nothing_are_named,
    a_table_that_is_gone_is_named,
    rows_of_a_document_that_cannot_be_read_are_not_called_wrong,
    rows_of_nobodys_number_are_told_once,
    what_was_not_looked_at_is_not_said_to_hold,
    what_cannot_be_made_out_leaves_in_doubt,
    a_member_who_is_gone_is_missed,
    what_cannot_be_read_or_added_up_does_not_end_the_look,
}

const FIRST: DocumentNumber = DocumentNumber { desk: DeskNo(1), sequence: 1 };
const SECOND: DocumentNumber = DocumentNumber { desk: DeskNo(1), sequence: 2 };
const THIRD: DocumentNumber = DocumentNumber { desk: DeskNo(1), sequence: 3 };

/// A number that is no document's, and not that of what came in without one either.
const NOBODYS: DocumentNumber = DocumentNumber { desk: DeskNo(0), sequence: 5 };

const FIFTH: DocumentNumber = DocumentNumber { desk: DeskNo(1), sequence: 5 };

/// People of the shop: the first manager, a clerk who was hired with an approval, and two members of one household, one of
/// whom left again with card and term.
fn peopled(on: On) -> Books {
    let mut books = traded(on);
    let first = person(1, Role::Administrator);
    let term = |id: MemberId| Effect::StartTerm { member: id, term: term(date(2026, 1, 1)) };
    books.write(|tx| {
        staff::set(tx, &first)?;
        let mut hired = made(
            document::ask_next(tx, DeskNo(1))?.answer(tx)?.number,
            plain(Job::SetStaff, 1, vec![Effect::SetStaff { staff: person(7, Role::Clerk) }]),
        );
        let digest = Digest::of(b"hired");
        hired.approval = Some(ApprovalMark { by: StaffNo(1), role: Role::Administrator, at: hired.at, digest, own: false });
        approval::consume(tx, digest, StaffNo(1), hired.at.at_us)?;
        insert(tx, &hired)?;
        for id in [HOST, GUEST] {
            members::put(tx, id, &Person::default(), None, date(2026, 11, 20))?;
        }
        let host = joining(
            tx,
            plain(
                Job::SignUp,
                1,
                vec![Effect::AddMember { member: HOST, joins: None }, Effect::IssueCard { member: HOST }, term(HOST)],
            ),
        )?;
        let effects =
            vec![Effect::AddMember { member: GUEST, joins: Some(HOST) }, Effect::IssueCard { member: GUEST }, term(GUEST)];
        let guest = joining(tx, plain(Job::SignUp, 1, effects))?;
        let card = guest.card.unwrap();
        assert_ne!(host.card, guest.card);
        let start = date(2026, 1, 1);
        let left =
            vec![Effect::CloseMember { member: GUEST }, Effect::BlockCard { card }, Effect::EndTerm { member: GUEST, start }];
        post(tx, plain(Job::Void, 1, left))?;
        courtesy::store::event::add(tx, DeskNo(1), None, "reprint", 1, "")?;
        courtesy::store::event::add(tx, DeskNo(1), None, "reprint", 2, "")?;
        staff::record_attempt(tx, StaffNo(7), DeskNo(1), 1, false)?;
        staff::record_attempt(tx, StaffNo(7), DeskNo(1), 2, false)
    });
    books
}

const HOST: MemberId = MemberId(Uuid::from_u128(71));
const GUEST: MemberId = MemberId(Uuid::from_u128(72));

fn person(no: u32, role: Role) -> Staff {
    Staff { no: StaffNo(no), name: format!("Person {no}"), role, language: "en".into(), active: true, member: None }
}

fn term(start: Date) -> Term {
    let end = Some(date(2026, 12, 31));
    Term { plan: "basic".into(), start, end, anchor: start, run_months: 12, fee: eur().minor(6500) }
}

/// Posts a sign-up with the next card.
fn joining(tx: &mut Tx<'_>, quote: Quote) -> Result<Document, StoreError> {
    let mut document = made(document::ask_next(tx, DeskNo(1))?.answer(tx)?.number, quote);
    document.card = CardNumber::from_serial(members::next_card_serial(tx)?).ok();
    insert(tx, &document).map(|()| document)
}

/// A sale, two refunds and a store credit that was used once.
fn traded(on: On) -> Books {
    let mut books = Books::new(on);
    let sale = bill("till/1", vec![line(1, 10, 1990), line(2, 1, 500)]);
    books.write(|tx| {
        bills::put(tx, &sale)?;
        post(tx, refund(1, &sale, 4, 796))?;
        post(tx, refund(1, &sale, 1, 199))?;
        let issue = Effect::IssueCredit { member: None, amount: eur().minor(500), promotional: false };
        let code = CreditCode(post(tx, plain(Job::Goodwill, 1, vec![issue]))?.number);
        post(tx, plain(Job::RedeemCredit, 1, vec![Effect::UseCredit { code, amount: eur().minor(200) }]))?;
        courtesy::store::policy::add(tx, "x", courtesy::domain::digest::Digest::of(b"x"), date(2026, 1, 1))
    });
    books
}

fn wrong(books: &mut Books) -> Vec<Finding> {
    let mut told = (0, 0);
    let found = books.read(|tx| verify(tx, None, &mut |done, total| told = (done, total))).findings;
    assert!(told.1 > 0 && told.0 <= told.1);
    found.into_iter().filter(|finding| !finding.is_note()).collect()
}

fn whole_books_are_whole_and_tell_what_is_due(on: On) {
    let mut books = traded(on);
    assert_eq!(wrong(&mut books), []);
    let notes = books.read(|tx| verify(tx, None, &mut |_, _| {})).findings;
    let due = |document, minor| Finding::PayoutDue { document, payout: 1, amount: eur().minor(minor) };
    assert_eq!(notes, [due(FIRST, 796), due(SECOND, 199)]);
}

fn what_holds_is_counted_and_what_does_not_is_left_out(on: On) {
    let mut books = traded(on);
    let report = books.read(|tx| verify(tx, None, &mut |_, _| {}));
    let holding: BTreeMap<_, _> = report.holding().collect();
    let expected = [
        (Invariant::File, 1),
        (Invariant::Numbers, 4),
        (Invariant::Chain, 4),
        (Invariant::Seals, 0),
        (Invariant::Keys, 0),
        (Invariant::Columns, 4),
        (Invariant::Balance, 4),
        (Invariant::Beside, 4),
        (Invariant::Lines, 1),
        (Invariant::Payments, 1),
        (Invariant::Credits, 1),
        (Invariant::Payouts, 2),
        (Invariant::Bills, 1),
        (Invariant::Rules, 1),
        (Invariant::Staff, 0),
        (Invariant::Approvals, 0),
        (Invariant::Members, 0),
        (Invariant::Events, 0),
        (Invariant::Brought, 1),
        (Invariant::Paper, 0),
        (Invariant::Search, 2),
        (Invariant::Seen, 2),
        (Invariant::Limits, 0),
        (Invariant::Names, 4),
        (Invariant::Cards, 6),
    ];
    assert_eq!(holding, expected.into());
    books.damage("UPDATE bill SET till = '9'");
    let report = books.read(|tx| verify(tx, None, &mut |_, _| {}));
    let holds: BTreeMap<_, _> = report.holding().collect();
    let left_out: Vec<_> = expected.iter().map(|(of, _)| *of).filter(|of| !holds.contains_key(of)).collect();
    // Nor can anybody vouch for what was given back of a bill that is not as it came.
    assert_eq!(left_out, [Invariant::Lines, Invariant::Payments, Invariant::Bills, Invariant::Seen]);
    assert!(report.wrong() == 1 && holds.len() + left_out.len() == expected.len());
}

fn tills_that_took_back_too_much_are_told(on: On) {
    let mut books = Books::new(on);
    let sale = bill("till/1", vec![line(1, 1, 500)]);
    let back = bill("till/2", vec![returning(&sale, 1, 2, 1000)]);
    books.write(|tx| bills::put(tx, &sale).and_then(|_| bills::put(tx, &back)));
    let found = books.read(|tx| verify(tx, None, &mut |_, _| {})).findings;
    assert_eq!(found, [Finding::TillOvershoot { bill: "1".into(), line: 1, sold: pieces(1), returned: pieces(2) }]);
}

fn planted_damage_is_named(on: On) {
    let code = CreditCode(THIRD);
    let cases: Vec<(&str, Finding)> = vec![
        (
            "UPDATE document SET body = CAST(replace(CAST(body AS TEXT), '7.96', '7.97') AS BLOB) WHERE sequence = 1",
            Finding::Chain { document: FIRST },
        ),
        ("UPDATE document SET previous = zeroblob(32) WHERE sequence = 2", Finding::Chain { document: SECOND }),
        ("UPDATE document SET hash = zeroblob(32) WHERE sequence = 3", Finding::Chain { document: THIRD }),
        ("UPDATE document SET total_minor = 1 WHERE sequence = 2", Finding::Column { document: SECOND, column: "total" }),
        ("UPDATE document SET clerk = 8 WHERE sequence = 2", Finding::Column { document: SECOND, column: "clerk" }),
        ("UPDATE document SET paper = '[]' WHERE sequence = 2", Finding::Column { document: SECOND, column: "paper" }),
        (
            "UPDATE document SET business_date = '2026-11-21' WHERE sequence = 2",
            Finding::Column { document: SECOND, column: "business_date" },
        ),
        ("UPDATE document SET body = x'00' WHERE sequence = 2", Finding::Unreadable { document: SECOND }),
        ("DELETE FROM document WHERE sequence = 2", Finding::Gap { desk: DeskNo(1), missing: SECOND }),
        ("DELETE FROM document WHERE sequence = 4", Finding::Counter { desk: DeskNo(1), counted: 4, last: 3 }),
        ("DELETE FROM desk", Finding::Counter { desk: DeskNo(1), counted: 0, last: 4 }),
        ("UPDATE posting SET amount_minor = 1 WHERE sequence = 1 AND no = 1", Finding::Beside { document: FIRST }),
        (
            "UPDATE posting SET amount_minor = amount_minor + 5 WHERE sequence = 1 AND no = 1",
            Finding::Unbalanced { document: FIRST, difference: eur().minor(5) },
        ),
        ("UPDATE posting SET currency = 'ABC' WHERE sequence = 1 AND no = 1", Finding::Beside { document: FIRST }),
        ("DELETE FROM posting WHERE sequence = 2", Finding::Beside { document: SECOND }),
        ("UPDATE payout SET amount_minor = 1 WHERE sequence = 2", Finding::Beside { document: SECOND }),
        ("UPDATE payout SET state = 'paid' WHERE sequence = 2", Finding::PayoutState { document: SECOND, payout: 1 }),
        ("UPDATE payout SET reference = '' WHERE sequence = 2", Finding::PayoutState { document: SECOND, payout: 1 }),
        ("UPDATE payout SET card = '' WHERE sequence = 2", Finding::Beside { document: SECOND }),
        ("DELETE FROM line_event WHERE sequence = 2", Finding::Beside { document: SECOND }),
        ("DELETE FROM document_bill WHERE sequence = 2", Finding::Beside { document: SECOND }),
        (
            "INSERT INTO voided VALUES (1, 1, 1, 1, 4)",
            Finding::Beside { document: DocumentNumber { desk: DeskNo(1), sequence: 4 } },
        ),
        (
            "UPDATE line_event SET quantity = 11000 WHERE sequence = 1",
            Finding::LinePieces { bill: "1".into(), line: 1, sold: pieces(10), returned: pieces(12) },
        ),
        (
            "UPDATE line_event SET net_minor = 2000, gross_minor = 2000 WHERE sequence = 1",
            Finding::LineMoney { bill: "1".into(), line: 1, paid: eur().minor(1990), given: eur().minor(2199) },
        ),
        (
            "UPDATE payment_event SET exact_minor = 2500 WHERE sequence = 1",
            Finding::Payment { bill: "1".into(), payment: 1, paid: eur().minor(2490), given: eur().minor(2699) },
        ),
        ("UPDATE credit SET balance_minor = 400", Finding::Credit { code, balance: eur().minor(400), events: eur().minor(300) }),
        (
            "UPDATE credit_event SET amount_minor = 600",
            Finding::Credit { code, balance: eur().minor(300), events: eur().minor(-100) },
        ),
        ("UPDATE bill_line SET item = 'X' WHERE no = 2", Finding::BillChanged { bill: "1".into() }),
        ("UPDATE bill SET till = '9'", Finding::BillChanged { bill: "1".into() }),
        ("UPDATE bill_payment SET covers_minor = 1", Finding::BillChanged { bill: "1".into() }),
        ("UPDATE bill_line SET net_minor = 1, gross_minor = 1 WHERE no = 2", Finding::BillUnbalanced { bill: "1".into() }),
        ("UPDATE bill SET currency = 'ABC'", Finding::BillChanged { bill: "1".into() }),
        ("UPDATE policy_version SET text = 'y'", Finding::Policy { version: 1 }),
    ];
    let mut books = traded(on);
    for (damage, finding) in cases {
        if on == On::Sqlite {
            books = traded(on);
        }
        let found = wrong_after(&mut books, damage);
        assert!(found.contains(&finding), "{damage}: {found:?}");
    }
}

fn damage_to_people_is_named(on: On) {
    let mut books = peopled(on);
    assert_eq!(wrong(&mut books), []);
    let staff = |no| Finding::Staff { person: StaffNo(no) };
    let alone = Finding::ApprovalAlone { person: StaffNo(1), digest: Digest::of(b"hired") };
    for (damage, finding) in [
        ("UPDATE staff SET role = 'manager' WHERE no = 7", staff(7)),
        ("UPDATE staff SET active = 0 WHERE no = 7", staff(7)),
        ("UPDATE staff SET name = 'Somebody' WHERE no = 7", staff(7)),
        ("DELETE FROM staff WHERE no = 7", staff(7)),
        ("UPDATE staff SET role = 'clerk' WHERE no = 1", staff(1)),
        ("INSERT INTO staff VALUES (1, 9, 'Ghost', 'manager', 'en', 1, NULL, NULL)", staff(9)),
        ("DELETE FROM approval_used", Finding::Approval { document: FIFTH }),
        ("UPDATE approval_used SET staff = 7", Finding::Approval { document: FIFTH }),
        ("DELETE FROM document WHERE sequence = 5", alone),
        ("UPDATE member SET standing = 'barred' WHERE place = 1", Finding::Member { member: HOST }),
        ("UPDATE member SET standing = 'good'", Finding::Member { member: GUEST }),
        ("UPDATE member SET since = since || 'x' WHERE place = 1", Finding::MemberUnreadable { member: HOST }),
        ("UPDATE member SET household = NULL WHERE place = 2", Finding::Member { member: GUEST }),
        ("UPDATE member SET household = (SELECT id FROM member WHERE place = 2)", Finding::Member { member: HOST }),
        ("UPDATE member SET household = NULL", Finding::Member { member: HOST }),
        ("UPDATE card SET state = 'active'", Finding::Member { member: GUEST }),
        ("UPDATE card SET state = 'stolen'", Finding::Member { member: HOST }),
        ("UPDATE term SET undone = 0", Finding::Member { member: GUEST }),
        (
            "INSERT INTO card (site, number, member, state, desk, sequence)
            SELECT site, number + 1, member, 'replaced', 0, 5 FROM card",
            Finding::Nobodys { number: NOBODYS },
        ),
        (
            "INSERT INTO term SELECT site, member, place + 1, plan, '2030-01-01', '2030-12-31', anchor, run_months, fee_minor, currency,
            undone, 0, 5 FROM term",
            Finding::Nobodys { number: NOBODYS },
        ),
        ("UPDATE term SET undone = 1", Finding::Member { member: HOST }),
        ("DELETE FROM event WHERE place = 1", Finding::Events { desk: DeskNo(1) }),
        ("DELETE FROM attempt WHERE place = 1", Finding::Tries),
        ("INSERT INTO policy_version VALUES (1, 2, 'y', x'00', '2026-11-20')", Finding::Policy { version: 2 }),
    ] {
        let damage = damage.replace("x'00'", &format!("x'{}'", Digest::of(b"y")));
        if on == On::Sqlite {
            books = peopled(on);
        }
        let found = wrong_after(&mut books, &damage);
        assert!(found.contains(&finding), "{damage}: {found:?}");
    }
}

/// A member whom no document made, and who has no card.
fn joined_by_hand(on: On) -> Books {
    let mut books = Books::new(on);
    books.write(|tx| members::put(tx, HOST, &Person::default(), None, date(2026, 11, 20)));
    books
}

fn a_member_whose_row_cannot_be_read_is_named(on: On) {
    let mut books = joined_by_hand(on);
    assert_eq!(wrong(&mut books), []);
    let mut cases = vec!["UPDATE member SET since = since || 'x'", "UPDATE member SET since = '2026-11-20T10:00'"];
    if on == On::Sqlite {
        // A server's own rules refuse these.
        cases.extend(["UPDATE member SET standing = 'nobody'", "UPDATE member SET household = x'00'"]);
    }
    for damage in cases {
        if on == On::Sqlite {
            books = joined_by_hand(on);
        }
        let found = wrong_after(&mut books, damage);
        assert!(found.contains(&Finding::MemberUnreadable { member: HOST }), "{damage}: {found:?}");
    }
}

fn erasures_that_are_not_finished_are_noted(on: On) {
    let mut books = joined_by_hand(on);
    let looked = |books: &mut Books| books.read(|tx| verify(tx, None, &mut |_, _| {}));
    assert_eq!(looked(&mut books).findings, []);
    let waits = Waiting {
        request: RequestId(Uuid::from_u128(1)),
        digest: Digest::of(b""),
        desk: DeskNo(1),
        clerk: StaffNo(1),
        job: Job::Goodwill,
        role: Role::Manager,
        amount: eur().minor(4000),
        asked_us: 0,
        until_us: 1,
    };
    let given = Waiting { request: RequestId(Uuid::from_u128(2)), ..waits.clone() };
    let word = Decided::Approved { by: StaffNo(1), digest: given.digest, at_us: 0, mark: None };
    for one in [&waits, &given] {
        books.write(|tx| waiting::put(tx, one, "what was wanted"));
    }
    assert!(books.write(|tx| waiting::decide(tx, given.request, given.digest, &word, 1)));
    books.write(|tx| courtesy::store::person::erase(tx, HOST));
    let left = books.read(|tx| tx.query("SELECT request, envelope FROM waiting", &[]));
    let left: Vec<_> = left.iter().map(|row| (RequestId(row.uuid(0).unwrap()), row.string(1).unwrap())).collect();
    assert_eq!(left, [(given.request, String::new())], "what people wrote goes, a word that was given stays");
    let report = looked(&mut books);
    assert_eq!((report.wrong(), report.findings), (0, vec![Finding::Unerased { count: 1 }]));
    books.store.clean().unwrap();
    assert_eq!(looked(&mut books).findings, []);
}

fn rows_that_name_nothing_are_named(on: On) {
    let mut books = traded(on);
    books.damage("DELETE FROM bill_line WHERE no = 1");
    let found = wrong(&mut books);
    assert!(found.contains(&Finding::File { text: "line_event > bill_line".into() }), "{found:?}");
}

fn a_table_that_is_gone_is_named(on: On) {
    let tables = match on {
        On::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        On::Postgres => "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
    };
    let mut books = peopled(on);
    let tables = books.read(|tx| tx.query(tables, &[]));
    let tables: Vec<_> = tables.iter().map(|row| row.string(0).unwrap()).collect();
    assert!(tables.len() > 30, "{tables:?}");
    for table in tables {
        let (damage, mut books) = match on {
            On::Sqlite => (format!("DROP TABLE {table}"), peopled(on)),
            On::Postgres => (format!("DROP TABLE {table} CASCADE"), Books::new(on)),
        };
        let found = wrong_after(&mut books, &damage);
        // A search of which a part is gone is gone as a whole.
        let name = if table.starts_with("text_index") { "text_index" } else { &table };
        let named = |finding: &Finding| matches!(finding, Finding::File { text } if text.contains(name));
        assert!(found.iter().any(named), "{damage}: {found:?}");
        are_told_once(&found);
    }
}

fn are_told_once(found: &[Finding]) {
    for (place, finding) in found.iter().enumerate() {
        assert!(!found[..place].contains(finding), "{finding:?} twice in {found:?}");
    }
}

/// Nothing is said to hold of which a part could not be looked at.
fn what_was_not_looked_at_is_not_said_to_hold(on: On) {
    let changed = "UPDATE posting SET amount_minor = amount_minor + 1 WHERE sequence = 1 AND no = 1";
    let mut whole = traded(on);
    let unreadable = match on {
        On::Sqlite => "UPDATE desk SET head = x'00'",
        On::Postgres => "ALTER TABLE desk DROP CONSTRAINT desk_head_check; UPDATE desk SET head = x'00'",
    };
    let tables =
        ["desk", "voided", "payout", "note", "staff", "approval_used", "member", "card", "policy_version", "item", "bill_line"];
    let cascade = if on == On::Postgres { " CASCADE" } else { "" };
    let gone = tables.map(|table| format!("DROP TABLE {table}{cascade}"));
    let all = whole.read(|tx| verify(tx, None, &mut |_, _| {})).looked_at;
    for damage in gone.into_iter().chain([unreadable.to_owned()]) {
        let mut books = traded(on);
        books.damage(changed);
        books.damage(&damage);
        let report = books.read(|tx| verify(tx, None, &mut |_, _| {}));
        let holding: BTreeMap<_, _> = report.holding().collect();
        assert!(report.damage() > 0 && holding.len() < all.len(), "{damage}: {report:?}");
        assert!(!holding.contains_key(&Invariant::Beside), "{damage}: {report:?}");
        let is_named =
            report.findings.iter().any(|finding| matches!(finding, Finding::Unbalanced { document, .. } if *document == FIRST));
        assert!(is_named || !holding.contains_key(&Invariant::Balance), "{damage}: {report:?}");
        assert!(is_named || on == On::Postgres || damage.contains("policy_version"), "{damage}: {report:?}");
    }
}

/// Where a check goes on past something that it cannot make out, it does not say that all of it is in order.
fn what_cannot_be_made_out_leaves_in_doubt(on: On) {
    let of_documents = [Invariant::Columns, Invariant::Beside, Invariant::Limits, Invariant::Cards];
    let by_rows =
        [Invariant::Lines, Invariant::Payments, Invariant::Credits, Invariant::Payouts, Invariant::Members, Invariant::Seen];
    let changed = "UPDATE document SET body = CAST(replace(CAST(body AS TEXT), '7.96', '7.97') AS BLOB) WHERE sequence = 1";
    for (damage, doubtful) in [
        ("UPDATE document SET body = x'00' WHERE sequence = 2", &of_documents[..]),
        ("UPDATE document SET body = x'00' WHERE sequence = 2", &by_rows),
        (changed, &by_rows),
        ("UPDATE document SET job = 'refund', paper = '[]' WHERE sequence = 3", &[Invariant::Keys, Invariant::Seals]),
        ("UPDATE document SET total_minor = total_minor + 1 WHERE sequence = 3", &[Invariant::Seen]),
        (changed, &[Invariant::Rules, Invariant::Staff, Invariant::Approvals, Invariant::Keys]),
        ("DELETE FROM line_event WHERE sequence = 2", &by_rows),
        ("UPDATE policy_version SET text = text || ' '", &[Invariant::Limits, Invariant::Rules]),
        ("DELETE FROM document WHERE sequence = 2", &by_rows),
        ("UPDATE bill_line SET quantity = quantity * 2", &[Invariant::Lines, Invariant::Payments, Invariant::Seen]),
        ("DELETE FROM credit_event; UPDATE credit SET balance_minor = issued_minor, version = 0", &by_rows),
        ("DELETE FROM payout", &[Invariant::Payouts]),
        ("UPDATE posting SET currency = 'QQQ', amount_minor = amount_minor + 1 WHERE sequence = 2", &[Invariant::Balance]),
        ("UPDATE bill_payment SET card = 'rubbish'", &[Invariant::Cards, Invariant::Search, Invariant::Bills]),
        ("UPDATE document SET business_date = '2026-11-20x' WHERE sequence = 1", &[Invariant::Columns]),
    ] {
        let mut books = traded(on);
        books.damage(damage);
        let report = books.read(|tx| verify(tx, None, &mut |_, _| {}));
        let holding: BTreeMap<_, _> = report.holding().collect();
        assert!(report.damage() > 0, "{damage}: {report:?}");
        for of in doubtful {
            assert!(!holding.contains_key(of), "{of:?} holds after {damage}: {report:?}");
        }
    }
}

/// A member whom a document is about stays in the books, whatever else is taken away with them.
fn a_member_who_is_gone_is_missed(on: On) {
    let mut books = traded(on);
    books.write(|tx| {
        members::put(tx, HOST, &Person::default(), None, date(2026, 11, 20))?;
        let mut about = plain(Job::Goodwill, 1, vec![]);
        about.subject.member = Some(HOST);
        post(tx, about)
    });
    assert_eq!(wrong(&mut books), []);
    let site = "DELETE FROM text_index; DELETE FROM name_start; DELETE FROM person; DELETE FROM member; DELETE FROM item";
    books.damage(site);
    assert!(wrong(&mut books).contains(&Finding::Member { member: HOST }));
}

/// What else is strange is named beside a table or column that is gone, in words and not in statements.
#[test]
fn a_file_that_lacks_something_is_looked_at_to_its_end() {
    let mut books = peopled(On::Sqlite);
    let damage =
        "DROP TABLE waiting; DROP TABLE note; ALTER TABLE posting RENAME COLUMN account TO name; CREATE TABLE stranger (x)";
    let found = wrong_after(&mut books, damage);
    are_told_once(&found);
    for named in ["the form of note", "no such column: account", "the form of waiting", "the form of stranger"] {
        assert!(found.contains(&Finding::File { text: named.into() }), "{named}: {found:?}");
    }
}

/// So is it where the search does not know its own form any more.
#[test]
fn a_search_of_another_form_is_damage() {
    let mut books = traded(On::Sqlite);
    let found = wrong_after(&mut books, "UPDATE text_index_config SET v = 99; UPDATE bill SET till = '9'");
    let is_search = |finding: &Finding| matches!(finding, Finding::File { text } if text.contains("invalid fts5 file format"));
    assert!(found.iter().any(is_search), "{found:?}");
    assert!(found.contains(&Finding::BillChanged { bill: "1".into() }), "{found:?}");
}

/// What a document booked that cannot be read is not known, so that nothing is said of it but that.
fn rows_of_a_document_that_cannot_be_read_are_not_called_wrong(on: On) {
    let mut books = traded(on);
    books.damage("UPDATE document SET body = x'00' WHERE sequence = 2");
    let found = wrong(&mut books);
    assert!(found.contains(&Finding::Unreadable { document: SECOND }), "{found:?}");
    assert!(!found.contains(&Finding::Beside { document: SECOND }), "{found:?}");
}

/// Rows in a wrong order under a number that no document has are told of once, as that.
fn rows_of_nobodys_number_are_told_once(on: On) {
    let mut books = traded(on);
    books.damage(
        "INSERT INTO line_event SELECT site, bill, line, place + 5, 1, 999, kind, quantity, returned_before, net_minor, tax_minor,
            gross_minor FROM line_event;
        INSERT INTO posting VALUES (1, 1, 999, 1, 'goodwill', 'EUR', 5)",
    );
    let number = DocumentNumber { desk: DeskNo(1), sequence: 999 };
    let found = wrong(&mut books);
    assert_eq!(found.iter().filter(|finding| **finding == Finding::Nobodys { number }).count(), 1, "{found:?}");
    assert!(found.iter().all(|finding| *finding != Finding::Beside { document: number }), "{found:?}");
    assert!(
        found.iter().all(|finding| !matches!(finding, Finding::Unbalanced { document, .. } if *document == number)),
        "{found:?}"
    );
}

/// Whatever stands in a row, everything else that is wrong is named beside it.
fn what_cannot_be_read_or_added_up_does_not_end_the_look(on: On) {
    let huge = i64::MAX;
    let counter = Finding::Counter { desk: DeskNo(1), counted: 4, last: 3 };
    let sum = Finding::File { text: "figures that cannot be added up".into() };
    let other = "CAST(replace(CAST(body AS TEXT), '7.96 EUR\"},{\"account', '7.96 SEK\"},{\"account') AS BLOB)";
    let cases = [
        (format!("UPDATE posting SET amount_minor = {huge} WHERE sequence = 1 AND no = 1"), Finding::Beside { document: FIRST }),
        (
            "UPDATE document SET business_date = '2026-11-20x' WHERE sequence = 1".into(),
            Finding::Column { document: FIRST, column: "business_date" },
        ),
        (format!("UPDATE document SET body = {other} WHERE sequence = 1"), Finding::Unreadable { document: FIRST }),
        (format!("UPDATE line_event SET gross_minor = {huge}"), sum.clone()),
        (format!("UPDATE payment_event SET exact_minor = {huge}"), sum),
        ("UPDATE line_event SET desk = -1 WHERE sequence = 2".into(), Finding::Beside { document: SECOND }),
    ];
    for (damage, finding) in cases {
        let mut books = traded(on);
        if on == On::Postgres {
            if damage.contains("CAST(") {
                continue;
            }
            for rule in ["posting DROP CONSTRAINT posting_amount_minor_check", "line_event DROP CONSTRAINT line_event_check"] {
                books.damage(&format!("ALTER TABLE {rule}"));
            }
        }
        books.damage(&format!("{damage}; DELETE FROM document WHERE sequence = 4"));
        let found = wrong(&mut books);
        assert!(found.contains(&finding), "{damage}: {found:?}");
        assert!(found.contains(&counter), "{damage}: {found:?}");
    }
}

#[test]
fn a_new_schema_has_exactly_the_form_that_is_kept() {
    let mut books = Books::new(On::Postgres);
    let rows = books.read(|tx| tx.query(FORM, &[]));
    let lines = rows.iter().map(|row| (0..4).map(|column| row.text(column).unwrap()).collect::<Vec<_>>().join(" "));
    assert_eq!(lines.collect::<Vec<_>>(), OWN_FORM.lines().collect::<Vec<_>>());
}

#[test]
fn damage_to_the_form_of_a_servers_tables_is_named() {
    let mut books = traded(On::Postgres);
    let trigger = "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()";
    for (damage, names) in [
        // What others have beside the books, and what changes nothing, is no damage.
        ("CREATE TABLE another (id BIGINT PRIMARY KEY CHECK (id > 0))".to_owned(), vec![]),
        ("ANALYZE document".to_owned(), vec![]),
        ("DROP INDEX document_request".to_owned(), vec!["document_request"]),
        ("ALTER INDEX document_request RENAME TO other".to_owned(), vec!["document_request", "other"]),
        ("ALTER TABLE posting DROP CONSTRAINT posting_pkey".to_owned(), vec!["posting_pkey"]),
        ("ALTER TABLE payout DROP CONSTRAINT payout_state_check".to_owned(), vec!["payout_state_check"]),
        ("ALTER TABLE voided DROP CONSTRAINT voided_site_desk_sequence_fkey".to_owned(), vec!["voided_site_desk_sequence_fkey"]),
        ("CREATE INDEX more ON document (site, job)".to_owned(), vec!["more"]),
        (format!("CREATE TRIGGER sly BEFORE UPDATE ON credit {trigger}"), vec!["sly"]),
        ("ALTER TABLE payout DISABLE TRIGGER ALL".to_owned(), vec!["payout_site_desk_sequence_fkey"]),
        ("CREATE RULE sly AS ON DELETE TO term DO INSTEAD NOTHING".to_owned(), vec!["sly"]),
        ("CREATE POLICY sly ON staff USING (no < 3)".to_owned(), vec!["sly"]),
        ("ALTER TABLE staff ENABLE ROW LEVEL SECURITY".to_owned(), vec!["staff"]),
        ("ALTER TABLE event SET UNLOGGED".to_owned(), vec!["event"]),
        ("CREATE TABLE beside () INHERITS (bill)".to_owned(), vec!["beside"]),
    ] {
        let expected: Vec<_> = names.iter().map(|name| Finding::File { text: format!("the form of {name}") }).collect();
        assert_eq!(wrong_after(&mut books, &damage), expected, "{damage}");
    }
    assert_eq!(wrong(&mut books), []);
}

#[test]
fn a_servers_column_of_another_kind_is_named() {
    for (damage, name) in [
        ("ALTER TABLE posting ALTER COLUMN currency TYPE varchar(3)", "posting.currency"),
        ("ALTER TABLE bill ALTER COLUMN till TYPE text COLLATE \"default\"", "bill.till"),
        ("ALTER TABLE bill ADD COLUMN mark text", "bill.mark"),
    ] {
        // A connection that has asked before would have to ask in other words.
        let mut books = traded(On::Postgres);
        let found = wrong_after(&mut books, damage);
        assert_eq!(found, [Finding::File { text: format!("the form of {name}") }], "{damage}");
    }
}

#[test]
fn a_search_that_a_server_was_blinded_for_is_named() {
    let mut books = peopled(On::Postgres);
    let cards = books.read(|tx| tx.query("SELECT number FROM card ORDER BY number", &[]));
    let blind: Vec<_> = cards.iter().map(|row| Finding::Search { what: row.int(0).unwrap().to_string() }).collect();
    assert_eq!(blind.len(), 2);
    for (damage, expected) in [
        ("UPDATE text_index SET triples = triples", vec![]),
        ("UPDATE text_index SET triples = '{}'", blind.clone()),
        ("UPDATE text_index SET triples = triples[2:]", blind.clone()),
        ("UPDATE text_index SET triples = array_append(triples, 'abc') WHERE number >= 1000000000", blind),
    ] {
        assert_eq!(wrong_after(&mut books, damage), expected, "{damage}");
    }
}

/// What is wrong after damage; a server's books are whole again afterwards.
fn wrong_after(books: &mut Books, damage: &str) -> Vec<Finding> {
    if books.on() == On::Sqlite {
        books.damage(damage);
        return wrong(books);
    }
    let mut found = Vec::new();
    let undone: Result<(), StoreError> = books.store.write(|tx| {
        tx.execute("SET LOCAL session_replication_role = replica", &[])?;
        tx.execute(&on_server(damage), &[])?;
        found = verify(tx, None, &mut |_, _| {})?.findings;
        Err(StoreError::PostedBefore)
    });
    assert!(matches!(undone, Err(StoreError::PostedBefore)), "{damage}: {undone:?}");
    found.retain(|finding| !finding.is_note());
    found
}

#[test]
fn every_finding_says_something() {
    for finding in [Finding::Chain { document: FIRST }, Finding::Policy { version: 1 }, Finding::File { text: "x".into() }] {
        assert!(finding.say().id.starts_with("verify-") && !finding.say().args.is_empty());
    }
}
