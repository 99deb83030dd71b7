//! The desk's one way through the house, on the practice shop: quote, approve, post, print, undo.

use courtesy::desk::demo::{self, Demo};
use courtesy::desk::{Desk, DeskError, Hit, Outcome, PayoutState, Pin, Posted, Proof, TookFor, ask};
use courtesy::domain::bill::Tender;
use courtesy::domain::ids::{DocumentNumber, MemberId, StaffNo};
use courtesy::domain::member::Person;
use courtesy::domain::money::Quantity;
use courtesy::domain::request::{
    CorrectPrice, Envelope, Give, Goods, Goodwill, GoodwillTo, LinePart, PayIn, PayoutOutcome, RecordPayout, RedeemCredit,
    Refund, Renew, Request, RightPrice, SetStaff, SignUp, Void,
};
use courtesy::domain::ruling;
use courtesy::domain::staff::Staff;
use courtesy::receipt::mark::Mark;
use uuid::Uuid;

const CLERK: StaffNo = StaffNo(2);
const MANAGER: StaffNo = StaffNo(4);

fn shop() -> Demo {
    demo::open(1, Some("2026-11-23".parse().unwrap()), "en").unwrap()
}

fn refund(bill: &str, lines: &[(u32, Option<&str>)]) -> Request {
    let part = |(line, quantity): &(u32, Option<&str>)| LinePart { line: *line, quantity: quantity.map(|q| q.parse().unwrap()) };
    let goods = Goods::Lines { bill: bill.to_owned(), lines: lines.iter().map(part).collect() };
    Request::Refund(Refund { goods, to: None, reason: None, condition: None, seen: None, note: None })
}

fn asked(desk: &Desk, request: Request) -> Envelope {
    ask(desk.number(), CLERK, request)
}

fn post(desk: &mut Desk, envelope: &Envelope) -> Posted {
    match desk.post(envelope, &Proof::default()).unwrap() {
        Outcome::Posted(posted) => *posted,
        other => panic!("not posted: {other:?}"),
    }
}

fn post_approved(desk: &mut Desk, envelope: &Envelope) -> Posted {
    let quoted = desk.quote(envelope).unwrap();
    let approved = desk.approve(MANAGER, &Pin::new("345678"), quoted.digest).unwrap();
    match desk.post(envelope, &Proof { seen: Some(quoted.digest), approved: Some(approved) }).unwrap() {
        Outcome::Posted(posted) => *posted,
        other => panic!("not posted: {other:?}"),
    }
}

fn is_in_order(desk: &mut Desk) {
    let own = desk.number();
    let remembered = desk.store().outside().recall(own).unwrap();
    let report = desk.store().read(|tx| courtesy::store::verify::verify(tx, Some(&remembered), &mut |_, _| {})).unwrap();
    let wrong: Vec<_> = report.findings.iter().filter(|finding| !finding.is_note()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// What a document says of its payouts, and by which document it was undone.
fn became(desk: &mut Desk, number: DocumentNumber) -> (Vec<PayoutState>, Option<DocumentNumber>) {
    let view = desk.document_view(number).unwrap();
    (view.payouts, view.undone_by)
}

#[test]
fn a_document_says_what_became_of_its_payouts_and_what_an_undoing_moves() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let [paid, failed, voided] = [1, 2, 4].map(|line| {
        let envelope = asked(desk, refund("536365", &[(line, Some("1"))]));
        post(desk, &envelope).document.number
    });
    assert_eq!(became(desk, paid), (vec![PayoutState::Due], None));
    for (document, outcome) in [(paid, PayoutOutcome::Paid("77-1".into())), (failed, PayoutOutcome::Failed)] {
        let envelope = asked(desk, Request::RecordPayout(RecordPayout { document, payout: 1, outcome }));
        post(desk, &envelope);
    }
    let undo = |document| Request::Void(Void { document });
    let undone = asked(desk, undo(voided));
    let undone = post(desk, &undone).document;
    assert_eq!(undone.quote.to_move().unwrap().to_string(), "0.00 EUR", "the terminal had not paid it");
    assert_eq!(became(desk, paid), (vec![PayoutState::Paid("77-1".into())], None));
    assert_eq!(became(desk, failed), (vec![PayoutState::Failed], None));
    assert_eq!(became(desk, voided), (vec![PayoutState::Voided], Some(undone.number)));
    let back = asked(desk, undo(paid));
    let back = post(desk, &back).document;
    assert_eq!(back.quote.to_move().unwrap(), back.quote.moved().unwrap(), "what the terminal paid comes back");
}

#[test]
fn ten_wrong_pins_lock_the_person_and_approvals_at_the_desk() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let envelope = asked(desk, refund("536365", &[(1, None)]));
    let digest = desk.quote(&envelope).unwrap().digest;
    for _ in 0..10 {
        assert!(matches!(desk.approve(MANAGER, &Pin::new("999999"), digest), Err(DeskError::WrongPin(_))));
    }
    assert!(matches!(desk.sign_in(MANAGER, &Pin::new("345678")), Err(DeskError::Locked { .. })));
    assert!(matches!(desk.approve(StaffNo(1), &Pin::new("271828"), digest), Err(DeskError::DeskLocked { .. })));
    assert_eq!(desk.sign_in(StaffNo(1), &Pin::new("271828")).unwrap().staff.no, StaffNo(1), "others still work");
}

#[test]
fn a_refund_is_posted_once_printed_once_and_the_rest_can_still_come_back() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let envelope = asked(desk, refund("536365", &[(1, Some("2"))]));
    let first = post(desk, &envelope);
    assert_eq!(first.document.quote.total.to_string(), "5.10 EUR");
    let again = post(desk, &envelope);
    assert!(again.again && again.document == first.document);
    assert_eq!(desk.print_pending().unwrap(), 1);
    assert_eq!(desk.print_pending().unwrap(), 0);
    let papers = std::fs::read_dir(shop.folder.path().join("receipts")).unwrap().count();
    assert_eq!(papers, 2, "a PDF and a plain text");
    let too_many = asked(desk, refund("536365", &[(1, Some("5"))]));
    let Outcome::Stopped(stopped) = desk.post(&too_many, &Proof::default()).unwrap() else { panic!("five of four came back") };
    assert_eq!(stopped.quote.verdict(), ruling::Outcome::Refused);
    let stopped = |tx: &mut courtesy::store::Tx<'_>| tx.query("SELECT detail FROM event WHERE kind = 'stopped'", &[]);
    let told = desk.store().read(stopped).unwrap();
    assert_eq!(
        (told.len(), told[0].text(0).unwrap().starts_with("refund ")),
        (1, true),
        "a refusal is an event without a number"
    );
    assert!(told[0].text(0).unwrap().ends_with(": left-to-return"));
    let left = desk.bill_named("536365").and_then(|id| desk.bill(id)).unwrap().lines[0].left;
    assert_eq!(left, Quantity::pieces(4).unwrap());
    is_in_order(desk);
}

#[test]
fn the_same_id_with_other_content_is_refused() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let mut envelope = asked(desk, refund("536365", &[(1, Some("1"))]));
    post(desk, &envelope);
    envelope.request = refund("536365", &[(1, Some("2"))]);
    assert!(matches!(desk.post(&envelope, &Proof::default()), Err(DeskError::RequestReused(_))));
}

#[test]
fn who_has_left_is_told_so_and_their_own_pin_locks_no_desk() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let envelope = asked(desk, refund("536365", &[(3, None)]));
    let digest = desk.quote(&envelope).unwrap().digest;
    let left = desk.people().unwrap().into_iter().find(|person| person.no == MANAGER).unwrap();
    let leaves = Request::SetStaff(SetStaff { staff: Staff { active: false, ..left } });
    post(desk, &ask(desk.number(), StaffNo(1), leaves));
    for _ in 0..12 {
        assert!(matches!(desk.approve(MANAGER, &Pin::new("345678"), digest), Err(DeskError::HasLeft(MANAGER))));
    }
    assert!(matches!(desk.approve(MANAGER, &Pin::new("999999"), digest), Err(DeskError::WrongPin(MANAGER))));
    assert!(desk.approve(StaffNo(1), &Pin::new("271828"), digest).is_ok(), "another one still may");
    is_in_order(desk);
}

#[test]
fn past_the_clerks_limit_a_second_person_decides_about_exactly_this() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let lamp = asked(desk, refund("536365", &[(3, None)]));
    let quoted = desk.quote(&lamp).unwrap();
    assert!(matches!(desk.post(&lamp, &Proof::default()).unwrap(), Outcome::Stopped(_)));
    let own = desk.approve(CLERK, &Pin::new("123456"), quoted.digest);
    assert!(matches!(own, Err(DeskError::MayNotApprove(CLERK))));
    let wrong = desk.approve(MANAGER, &Pin::new("999999"), quoted.digest);
    assert!(matches!(wrong, Err(DeskError::WrongPin(MANAGER))));
    let other = asked(desk, refund("536365", &[(3, None), (1, Some("1"))]));
    let approved = desk.approve(MANAGER, &Pin::new("345678"), quoted.digest).unwrap();
    let proof = Proof { seen: None, approved: Some(approved) };
    assert!(matches!(desk.post(&other, &proof), Err(DeskError::ApprovalStale)));
    let Outcome::Posted(posted) = desk.post(&lamp, &proof).unwrap() else { panic!("approved and not posted") };
    assert_eq!(posted.document.approval.as_ref().map(|mark| mark.by), Some(MANAGER));
    is_in_order(desk);
}

#[test]
fn ten_wrong_pins_lock_across_a_restart() {
    let Demo { mut desk, folder, .. } = shop();
    for _ in 0..10 {
        assert!(matches!(desk.sign_in(CLERK, &Pin::new("000001")), Err(DeskError::WrongPin(CLERK))));
    }
    assert!(matches!(desk.sign_in(CLERK, &Pin::new("123456")), Err(DeskError::Locked { .. })));
    drop(desk);
    let clock = courtesy::desk::ShiftedClock::starting("2026-11-23T08:05:00Z".parse().unwrap());
    let printer = courtesy::receipt::print::Printer::Folder(folder.path().join("receipts"));
    let number = courtesy::domain::ids::DeskNo(1);
    let mut desk = Desk::open_path(&folder.path().join("courtesy.db"), number, Box::new(clock), printer).unwrap();
    assert!(matches!(desk.sign_in(CLERK, &Pin::new("123456")), Err(DeskError::Locked { .. })));
    assert!(desk.sign_in(MANAGER, &Pin::new("345678")).is_ok());
}

#[test]
fn what_changed_since_the_clerk_looked_is_shown_and_not_posted() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let whole = |desk: &Desk| {
        let goods = Goods::Bill { bill: "536365".to_owned() };
        asked(desk, Request::Refund(Refund { goods, to: None, reason: None, condition: None, seen: None, note: None }))
    };
    let envelope = whole(desk);
    let seen = desk.quote(&envelope).unwrap().digest;
    let between = asked(desk, refund("536365", &[(1, Some("1"))]));
    post(desk, &between);
    assert!(matches!(desk.post(&envelope, &Proof { seen: Some(seen), approved: None }).unwrap(), Outcome::Changed(_)));
}

#[test]
fn a_member_signs_up_and_renews_and_the_sign_up_is_undone() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let member = MemberId(Uuid::now_v7());
    let person = Person { given: "Õie".to_owned(), family: "Šaar-Äijälä".to_owned(), ..Person::default() };
    let pay = Some(PayIn { tender: Tender::Cash, reference: None, credit: None });
    let sign_up = SignUp {
        member,
        person,
        salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap(),
        plan: "basic".to_owned(),
        pay: pay.clone(),
        joins: None,
    };
    let envelope = asked(desk, Request::SignUp(sign_up));
    let joined = post(desk, &envelope);
    let card = joined.document.card.unwrap();
    assert_eq!(joined.document.quote.moved().unwrap().to_string(), "-65.00 EUR");
    assert_eq!(desk.member_named(&card.to_string()).unwrap(), member);
    let body = String::from_utf8(desk.document(joined.document.number).unwrap().body).unwrap();
    assert!(!body.contains("Šaar"), "a document holds no personal data");
    let drawn = desk.draw(joined.document.number, 0).unwrap();
    assert!(drawn.text.contains("Õie Šaar-Äijälä"), "{}", drawn.text);
    let renew = asked(desk, Request::Renew(Renew { member: card.to_string(), plan: None, pay }));
    let renewed = post(desk, &renew);
    let change = renewed.document.quote.term.unwrap();
    assert_eq!(change.before.map(|end| end.to_string()).as_deref(), Some("2027-11-22"));
    assert_eq!(change.term.end.map(|end| end.to_string()).as_deref(), Some("2028-11-22"));
    assert_eq!(desk.member(member).unwrap().member.terms.len(), 2);
    let undo = asked(desk, Request::Void(Void { document: renewed.document.number }));
    post(desk, &undo);
    assert_eq!(desk.member(member).unwrap().member.terms.len(), 1);
    is_in_order(desk);
}

#[test]
fn price_correction_goodwill_credit_and_a_due_card_payout() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let lines = vec![RightPrice { line: 1, price: "2.00".parse().unwrap() }];
    let fix = CorrectPrice { bill: "536365".to_owned(), lines, reason: None, to: None, note: None };
    let envelope = asked(desk, Request::CorrectPrice(fix));
    let fixed = post(desk, &envelope);
    assert_eq!(fixed.document.quote.total.to_string(), "3.30 EUR");
    let due = desk.home().unwrap().due;
    assert_eq!(due.len(), 1, "the card payout waits for its reference");
    let outcome = PayoutOutcome::Paid("T123456".to_owned());
    let record = asked(desk, Request::RecordPayout(RecordPayout { document: fixed.document.number, payout: 1, outcome }));
    post(desk, &record);
    assert!(desk.home().unwrap().due.is_empty());

    let give = Goodwill {
        bill: Some("536365".to_owned()),
        member: None,
        give: Give::Percent("5".parse().unwrap()),
        to: GoodwillTo::StoreCredit,
        reason: None,
        note: None,
    };
    let envelope = asked(desk, Request::Goodwill(give));
    let given = post(desk, &envelope);
    let code = given.document.credit.unwrap();
    let balance = desk.credit(code).unwrap().balance;
    assert_eq!(balance, given.document.quote.total);
    let redeem = asked(desk, Request::RedeemCredit(RedeemCredit { credit: code, amount: None }));
    let redeemed = post(desk, &redeem);
    assert!(desk.credit(code).unwrap().balance.is_zero());
    let undo_given = asked(desk, Request::Void(Void { document: given.document.number }));
    assert!(matches!(desk.post(&undo_given, &Proof::default()).unwrap(), Outcome::Stopped(_)), "a spent credit cannot be undone");
    let undo = asked(desk, Request::Void(Void { document: redeemed.document.number }));
    post(desk, &undo);
    assert_eq!(desk.credit(code).unwrap().balance, balance);
    let undo_given = asked(desk, Request::Void(Void { document: given.document.number }));
    post(desk, &undo_given);
    is_in_order(desk);
}

#[test]
fn the_scan_box_knows_what_it_reads() {
    let mut shop = shop();
    let desk = &mut shop.desk;
    let envelope = asked(desk, refund("536365", &[(1, Some("1"))]));
    let posted = post(desk, &envelope);
    let mark = Mark::of(&posted.document, posted.hash).to_string();
    let number = posted.document.number.to_string();
    for (text, took_for) in [
        ("536365", TookFor::Bill),
        (number.as_str(), TookFor::Document),
        (mark.as_str(), TookFor::Receipt { agrees: true }),
        (&mark.replace("2.55", "9.55"), TookFor::Receipt { agrees: false }),
        ("berzi", TookFor::Words),
    ] {
        let found = desk.find(text).unwrap();
        assert_eq!(found.took_for, took_for, "{text}");
        assert!(!found.hits.is_empty(), "{text}");
    }
    let Some(Hit::Member(member)) = desk.find("berzi").unwrap().hits.into_iter().next() else { panic!("nobody found") };
    let card = member.card.unwrap().to_string();
    assert_eq!(desk.find(&card).unwrap().took_for, TookFor::Card);
    let lamp = asked(desk, refund("536365", &[(3, None)]));
    post_approved(desk, &lamp);
    is_in_order(desk);
}

/// Everything of some tables, row by row.
fn dump(shop: &Demo) -> Vec<String> {
    let books = rusqlite::Connection::open(shop.folder.path().join("courtesy.db")).unwrap();
    let mut rows = Vec::new();
    for table in ["member", "person", "card", "term", "bill", "bill_line", "bill_payment", "staff"] {
        let columns = if table == "staff" { "no, name, role, language, active" } else { "*" };
        let mut all = books.prepare(&format!("SELECT {columns} FROM {table}")).unwrap();
        let count = all.column_count();
        let values =
            |row: &rusqlite::Row<'_>| (0..count).map(|i| row.get::<_, rusqlite::types::Value>(i)).collect::<Result<Vec<_>, _>>();
        rows.extend(all.query_map([], values).unwrap().map(|row| format!("{table}: {:?}", row.unwrap())));
    }
    rows
}

#[test]
fn the_same_seed_makes_the_same_shop_and_another_one_another() {
    let [one, two] = [dump(&shop()), dump(&shop())];
    assert!(one.len() > 1_000 && one == two);
    let other = demo::open(2, Some("2026-11-23".parse().unwrap()), "en").unwrap();
    assert_ne!(dump(&other), one);
}

#[test]
fn damaged_requests_never_panic_and_each_is_answered() {
    use courtesy::desk::batch::{Options, run};
    use courtesy::text::{Language, Words};
    let mut shop = shop();
    let desk = &mut shop.desk;
    let mut random = fastrand::Rng::with_seed(7);
    let mut input = Vec::new();
    for turn in 0..600 {
        let request = match turn % 4 {
            0 => refund("536365", &[(1, Some("1"))]),
            1 => Request::Void(Void { document: "1-000003".parse().unwrap() }),
            2 => {
                let lines = vec![RightPrice { line: 1, price: "2.00".parse().unwrap() }];
                Request::CorrectPrice(CorrectPrice { bill: "536365".to_owned(), lines, reason: None, to: None, note: None })
            }
            _ => {
                let (give, to) = (Give::Amount("1.00 EUR".parse().unwrap()), GoodwillTo::StoreCredit);
                Request::Goodwill(Goodwill { bill: Some("536365".to_owned()), member: None, give, to, reason: None, note: None })
            }
        };
        let mut line = serde_json::to_vec(&asked(desk, request)).unwrap();
        for _ in 0..random.usize(0..4) {
            let at = random.usize(0..line.len());
            match random.u8(0..3) {
                0 => line[at] = random.u8(32..127),
                1 => drop(line.remove(at)),
                _ => line.insert(at, random.u8(1..=255)),
            }
        }
        line.retain(|byte| *byte != b'\n');
        input.extend(line);
        input.push(b'\n');
    }
    let mut output = Vec::new();
    let tally = run(desk, &Words::new(Language::En), &Options::default(), input.as_slice(), &mut output).unwrap();
    assert_eq!(output.iter().filter(|byte| **byte == b'\n').count(), 600);
    assert!(tally.done + tally.refused == 600 && tally.done > 20 && tally.refused > 200, "{tally:?}");
    is_in_order(desk);
}

#[test]
fn a_batch_hires_with_pins_of_its_own_file_and_outlives_rubbish() {
    use courtesy::desk::batch::{Options, Pins, run};
    use courtesy::domain::staff::{Role, Staff};
    use courtesy::text::{Language, Words};
    let mut shop = shop();
    let desk = &mut shop.desk;
    let staff = Staff {
        no: StaffNo(9),
        name: "Liis".to_owned(),
        role: Role::Lead,
        language: "en".to_owned(),
        active: true,
        member: None,
    };
    let hired = ask(desk.number(), MANAGER, courtesy::desk::hire(staff));
    let back = asked(desk, refund("536365", &[(1, Some("1"))]));
    let mut input = serde_json::to_vec(&hired).unwrap();
    input.extend(b"\n\xff\xfe\n{\"id\":\n\n");
    input.extend(serde_json::to_vec(&back).unwrap());
    let options = Options { quote_only: false, pins: Pins::read("# leads\n9 918273\n\n# who hires\n4 345678\n").unwrap() };
    let mut output = Vec::new();
    let tally = run(desk, &Words::new(Language::En), &options, input.as_slice(), &mut output).unwrap();
    assert_eq!((tally.done, tally.refused), (2, 2), "{}", String::from_utf8_lossy(&output));
    assert!(desk.sign_in(StaffNo(9), &Pin::new("918273")).is_ok());
}

#[test]
fn the_recovery_code_lets_a_manager_in_again() {
    use courtesy::desk::{FirstPerson, Opening, ShiftedClock, Shop, set_up};
    let folder = tempfile::tempdir().unwrap();
    let mut store = courtesy::store::Store::open(&folder.path().join("shop.db")).unwrap();
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
    let clock = ShiftedClock::starting("2026-11-23T08:00:00Z".parse().unwrap());
    let code = set_up(&mut store, &Opening { shop, policy, manager }, &clock).unwrap();
    let printer = courtesy::receipt::print::Printer::Folder(folder.path().join("receipts"));
    let mut desk = Desk::open(store, courtesy::domain::ids::DeskNo(1), Box::new(clock), printer).unwrap();
    let wrong = desk.recover(&Pin::new("AAAA-AAAA-AAAA-AAAA-AAAA"), StaffNo(1), &Pin::new("918273"));
    assert!(matches!(wrong, Err(DeskError::WrongCode)));
    assert!(desk.sign_in(StaffNo(1), &Pin::new("918273")).is_err());
    desk.recover(&Pin::new(code.to_string()), StaffNo(1), &Pin::new("918273")).unwrap();
    assert!(desk.sign_in(StaffNo(1), &Pin::new("918273")).is_ok());
    assert!(desk.sign_in(StaffNo(1), &Pin::new("271828")).is_err());
}

/// Runs some SQL that no part of the program runs.
fn damage(shop: &Demo, sql: &str) {
    rusqlite::Connection::open(shop.folder.path().join("courtesy.db")).unwrap().execute_batch(sql).unwrap();
}

fn papers(shop: &Demo) -> usize {
    std::fs::read_dir(shop.folder.path().join("receipts")).map_or(0, Iterator::count)
}

#[test]
fn a_printer_that_fails_loses_nothing_and_prints_nothing_twice() {
    let mut shop = shop();
    let folder = shop.folder.path().join("receipts");
    std::fs::write(&folder, "in the way").unwrap();
    let first = asked(&shop.desk, refund("536365", &[(1, Some("1"))]));
    let number = post(&mut shop.desk, &first).document.number;
    let second = asked(&shop.desk, refund("536365", &[(1, Some("1"))]));
    post(&mut shop.desk, &second);
    assert!(matches!(shop.desk.print_pending(), Err(DeskError::Print(_))));
    std::fs::remove_file(&folder).unwrap();
    // As if the program had been killed when the file was there and nobody had noted it yet.
    let drawn = shop.desk.draw(number, 0).unwrap();
    let job = courtesy::receipt::print::Job { number: number.to_string(), copy: None, pdf: drawn.pdf, text: drawn.text };
    courtesy::receipt::print::Printer::Folder(folder).hold(&job).unwrap();
    assert_eq!((shop.desk.print_pending().unwrap(), papers(&shop)), (2, 4));
    assert_eq!((shop.desk.print_pending().unwrap(), papers(&shop)), (0, 4));
    // As if it had been killed between printing and noting that it printed.
    damage(&shop, "UPDATE print_job SET state = 'queued'");
    assert_eq!((shop.desk.print_pending().unwrap(), papers(&shop)), (2, 4));
    shop.desk.reprint(number).unwrap();
    assert_eq!(papers(&shop), 6, "a copy is a paper of its own");
    is_in_order(&mut shop.desk);
}

#[test]
fn a_desk_prints_its_own_receipts_and_one_bad_paper_stops_no_other() {
    let mut shop = shop();
    for desk_no in [1, 1, 2] {
        let mut envelope = asked(&shop.desk, refund("536365", &[(1, Some("1"))]));
        envelope.desk = courtesy::domain::ids::DeskNo(desk_no);
        post(&mut shop.desk, &envelope);
    }
    damage(
        &shop,
        "UPDATE document SET paper = '[' WHERE desk = 1 AND sequence = (SELECT MIN(sequence) FROM print_job WHERE desk = 1)",
    );
    assert!(matches!(shop.desk.print_pending(), Err(DeskError::Paper(_))));
    assert_eq!(papers(&shop), 2, "only the other receipt of this desk");
    damage(&shop, "DELETE FROM print_job WHERE desk = 1 AND state = 'queued'");
    let number = "2-000001".parse().unwrap();
    shop.desk.reprint(number).unwrap();
    assert_eq!(papers(&shop), 4, "a copy of another desk's document comes out where it was asked for");
}
