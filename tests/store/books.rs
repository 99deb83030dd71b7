//! Bills, documents and what follows from them.

use courtesy::domain::document::Effect;
use courtesy::domain::ids::{CreditCode, DeskNo, MemberId, StaffNo};
use courtesy::domain::money::Quantity;
use courtesy::domain::request::{Job, PayoutOutcome};
use courtesy::store::bill::{Left, Put};
use courtesy::store::{StoreError, bill as bills, credit, document, print};
use uuid::Uuid;

use super::{Books, On, bill, eur, line, on_both, pieces, plain, post, refund, returning, share};

on_both! {
    a_bill_comes_back_as_it_came,
    a_bill_out_of_balance_is_refused,
    what_was_given_back_is_added_up,
    a_correction_undone_leaves_no_trace_on_the_line,
    a_till_return_counts_even_when_the_sale_comes_later,
    documents_come_back_and_lists_know_them,
    payouts_are_due_until_the_terminal_answers,
    a_store_credit_never_goes_below_nothing_nor_above_what_it_was,
    what_counts_together_is_added_up,
    paper_is_queued_once_a_copy,
}

fn a_bill_comes_back_as_it_came(on: On) {
    let mut books = Books::new(on);
    let mut sale = bill("till/536365", vec![line(1, 6, 1530), line(2, 8, 2200)]);
    sale.member = Some(MemberId(Uuid::now_v7()));
    assert_eq!(books.write(|tx| bills::put(tx, &sale)), Put::New);
    let mut again = sale.clone();
    again.id.0 = Uuid::now_v7();
    assert_eq!(books.write(|tx| bills::put(tx, &again)), Put::Same);
    again.lines[1] = line(2, 9, 2200);
    let Put::Changed { was, now } = books.write(|tx| bills::put(tx, &again)) else { panic!("taken for the same") };
    assert!(was.starts_with("2: 8 ITEM2") && now.starts_with("2: 9 ITEM2"), "{was} / {now}");
    let kept = books.read(|tx| bills::standing(tx, sale.id)).unwrap();
    assert_eq!(kept.bill, sale);
    assert!(kept.lines.iter().all(|line| line.returned.is_zero()));
    for name in ["536365", "till/536365", &sale.id.to_string()] {
        assert_eq!(books.read(|tx| bills::resolve(tx, name)), [sale.id], "{name}");
    }
    let member = sale.member.unwrap();
    assert_eq!(books.read(|tx| bills::with_item(tx, member, "ITEM2")), [sale.id]);
    assert!(books.read(|tx| bills::with_item(tx, member, "ITEM3")).is_empty());
}

fn a_bill_out_of_balance_is_refused(on: On) {
    let mut books = Books::new(on);
    let mut sale = bill("till/1", vec![line(1, 1, 100)]);
    sale.payments[0].amount = eur().minor(99);
    assert!(matches!(books.store.write(|tx| bills::put(tx, &sale)), Err(StoreError::Bill(_))));
}

fn what_was_given_back_is_added_up(on: On) {
    let mut books = Books::new(on);
    let sale = bill("till/1", vec![line(1, 10, 1990)]);
    books.write(|tx| bills::put(tx, &sale));
    books.write(|tx| post(tx, refund(1, &sale, 4, 796)));
    let standing = books.read(|tx| bills::standing(tx, sale.id)).unwrap();
    assert_eq!((standing.lines[0].returned, standing.lines[0].given), (pieces(4), share(796, 0)));
    assert_eq!((standing.used[0].exact, standing.left_to_pay().unwrap()), (eur().minor(796), eur().minor(1194)));
    assert_eq!(books.read(|tx| bills::recent(tx, 5))[0].left, Left::Part);
    let past = books.store.write(|tx| post(tx, refund(1, &sale, 7, 1100)));
    assert!(matches!(past, Err(StoreError::PastSold { line: 1 })), "{past:?}");
    let dear = books.store.write(|tx| post(tx, refund(1, &sale, 6, 1195)));
    assert!(matches!(dear, Err(StoreError::PastSold { line: 1 })), "{dear:?}");
    books.write(|tx| post(tx, refund(1, &sale, 6, 1194)));
    assert_eq!(books.read(|tx| bills::recent(tx, 5))[0].left, Left::Nothing);
    let of_bill = books.read(|tx| document::of_bill(tx, sale.id));
    assert_eq!(of_bill.iter().map(|row| row.number.sequence).collect::<Vec<_>>(), [2, 1]);
}

fn a_correction_undone_leaves_no_trace_on_the_line(on: On) {
    let mut books = Books::new(on);
    let sale = bill("till/1", vec![line(1, 3, 1000)]);
    books.write(|tx| bills::put(tx, &sale));
    let correct = |minor: i64, returned_before: Quantity| Effect::Correct {
        bill: sale.id,
        line: 1,
        returned_before,
        share: share(minor, 0),
        price: true,
    };
    books.write(|tx| post(tx, plain(Job::CorrectPrice, 1, vec![correct(100, Quantity::ZERO)])));
    assert!(books.read(|tx| bills::standing(tx, sale.id)).unwrap().lines[0].corrected);
    books.write(|tx| post(tx, plain(Job::Void, 1, vec![correct(-100, Quantity::ZERO)])));
    let line = books.read(|tx| bills::standing(tx, sale.id)).unwrap().lines[0].clone();
    assert!(!line.corrected && line.corrections.is_empty());
}

fn a_till_return_counts_even_when_the_sale_comes_later(on: On) {
    for late in [false, true] {
        let mut books = Books::new(on);
        let sale = bill("till/1", vec![line(1, 2, 1000)]);
        let back = bill("till/2", vec![returning(&sale, 1, 1, 500)]);
        let order = if late { [&back, &sale] } else { [&sale, &back] };
        for one in order {
            assert_eq!(books.write(|tx| bills::put(tx, one)), Put::New);
        }
        let standing = books.read(|tx| bills::standing(tx, sale.id)).unwrap();
        assert_eq!((standing.lines[0].returned, standing.lines[0].given), (pieces(1), share(500, 0)));
        assert_eq!(standing.left_to_pay().unwrap(), eur().minor(500));
        assert!(books.read(bills::overshoots).is_empty());
        let more = bill("till/3", vec![returning(&sale, 1, 2, 1000)]);
        assert_eq!(books.write(|tx| bills::put(tx, &more)), Put::New);
        let over = books.read(bills::overshoots);
        assert_eq!((over[0].bill, over[0].line, over[0].sold, over[0].returned), (sale.id, 1, pieces(2), pieces(3)));
    }
}

fn documents_come_back_and_lists_know_them(on: On) {
    let mut books = Books::new(on);
    let sale = bill("till/1", vec![line(1, 10, 1990)]);
    books.write(|tx| bills::put(tx, &sale));
    let first = books.write(|tx| post(tx, refund(2, &sale, 1, 199)));
    assert_eq!(first.number.to_string(), "2-000001");
    let posted = books.read(|tx| document::by_number(tx, first.number)).unwrap();
    assert_eq!((&posted.document, posted.voided, posted.due.as_slice()), (&first, false, [1].as_slice()));
    assert_eq!(books.read(|tx| document::by_request(tx, first.request)).unwrap().0, posted);
    let void = plain(Job::Void, 2, vec![Effect::MarkVoided { document: first.number }]);
    books.write(|tx| post(tx, void.clone()));
    let again = books.store.write(|tx| post(tx, void.clone()));
    assert!(matches!(again, Err(StoreError::VoidedBefore { .. })), "{again:?}");
    let rows = books.read(|tx| document::recent(tx, Some(DeskNo(2)), 9));
    assert_eq!(rows.iter().map(|row| (row.number.sequence, row.voided)).collect::<Vec<_>>(), [(2, false), (1, true)]);
    assert_eq!(books.read(|tx| document::recent(tx, None, 1)).len(), 1);
    assert!(books.read(document::due_payouts).is_empty());
}

fn payouts_are_due_until_the_terminal_answers(on: On) {
    let mut books = Books::new(on);
    let sale = bill("till/1", vec![line(1, 10, 1990)]);
    books.write(|tx| bills::put(tx, &sale));
    let owed = books.write(|tx| post(tx, refund(1, &sale, 1, 199)));
    let settle = |outcome| plain(Job::RecordPayout, 1, vec![Effect::SettlePayout { document: owed.number, payout: 1, outcome }]);
    books.write(|tx| post(tx, settle(PayoutOutcome::Failed)));
    let due = books.read(document::due_payouts);
    assert_eq!((due[0].document, due[0].payout, due[0].amount, due[0].failed), (owed.number, 1, eur().minor(199), true));
    books.write(|tx| post(tx, settle(PayoutOutcome::Paid("R-77".into()))));
    assert!(books.read(document::due_payouts).is_empty());
    let again = books.store.write(|tx| post(tx, settle(PayoutOutcome::Failed)));
    assert!(matches!(again, Err(StoreError::PayoutNotDue { payout: 1, .. })), "{again:?}");
}

fn a_store_credit_never_goes_below_nothing_nor_above_what_it_was(on: On) {
    let mut books = Books::new(on);
    let member = MemberId(Uuid::now_v7());
    let issue = Effect::IssueCredit { member: Some(member), amount: eur().minor(500), promotional: true };
    let code = CreditCode(books.write(|tx| post(tx, plain(Job::Goodwill, 1, vec![issue.clone()]))).number);
    for (minor, fits, left) in [(300, true, 200), (201, false, 200), (-301, false, 200), (-300, true, 500), (500, true, 0)] {
        let spend = plain(Job::RedeemCredit, 1, vec![Effect::UseCredit { code, amount: eur().minor(minor) }]);
        let done = books.store.write(|tx| post(tx, spend.clone()));
        assert_eq!(done.is_ok(), fits, "{minor}: {done:?}");
        let credit = books.read(|tx| credit::load(tx, code)).unwrap();
        assert_eq!((credit.balance, credit.member, credit.promotional), (eur().minor(left), Some(member), true));
    }
    assert_eq!(books.read(|tx| credit::of_member(tx, member)).len(), 1);
}

fn what_counts_together_is_added_up(on: On) {
    let mut books = Books::new(on);
    let member = MemberId(Uuid::now_v7());
    let mut sale = bill("till/1", vec![line(1, 10, 1990)]);
    sale.member = Some(member);
    let other = bill("till/2", vec![line(1, 10, 1990)]);
    for sale in [&sale, &other] {
        books.write(|tx| bills::put(tx, sale));
    }
    books.write(|tx| post(tx, refund(1, &sale, 1, 199)));
    let voided = books.write(|tx| post(tx, refund(1, &sale, 1, 199)));
    books.write(|tx| post(tx, plain(Job::Void, 1, vec![Effect::MarkVoided { document: voided.number }])));
    books.write(|tx| post(tx, refund(1, &other, 1, 99)));
    for (clerk, day, minor) in [(7, 20, 50), (8, 20, 60), (7, 2, 70)] {
        let mut apology = plain(Job::Goodwill, 1, vec![]);
        apology.clerk = StaffNo(clerk);
        apology.business_date = jiff::civil::date(2026, 11, day);
        apology.subject.member = Some(member);
        apology.total = eur().minor(minor);
        books.write(|tx| post(tx, apology.clone()));
    }
    let today = jiff::civil::date(2026, 11, 20);
    let spent = books.read(|tx| {
        let given = [sale.id, other.id].map(|bill| document::ask_given(tx, today, bill));
        let given = given.into_iter().collect::<Result<_, _>>()?;
        let (clerk, member) = (StaffNo(7), Some(member));
        document::spent(tx, document::SpentQuery { currency: eur(), today, clerk, member, given, budgets: true })
    });
    let sums = [
        spent.refund_day,
        spent.price_day,
        spent.goodwill_day,
        spent.goodwill_clerk_day,
        spent.goodwill_member_year,
        spent.goodwill_shop_month,
    ];
    assert_eq!(sums.map(|money| money.minor()), [298, 0, 110, 50, 180, 180]);
}

fn paper_is_queued_once_a_copy(on: On) {
    let mut books = Books::new(on);
    let document = books.write(|tx| post(tx, plain(Job::SetStaff, 1, vec![])));
    books.write(|tx| print::queue(tx, document.id, document.number, 5));
    (0..2).for_each(|_| drop(books.write(|tx| print::queue_at(tx, document.id, document.number, DeskNo(1), 5))));
    let twice = books.store.write(|tx| print::queue(tx, document.id, document.number, 5));
    assert!(matches!(twice, Err(StoreError::Rule { .. })), "{twice:?}");
    let jobs = books.read(|tx| print::pending(tx, DeskNo(1)));
    assert_eq!(jobs.iter().map(|job| job.copy).collect::<Vec<_>>(), [0, 1, 2]);
    books.write(|tx| print::held(tx, jobs[1].id, "lp 12"));
    books.write(|tx| print::done(tx, jobs[0].id));
    let waiting = books.read(|tx| print::pending(tx, DeskNo(1)));
    assert_eq!(waiting.iter().map(|job| (job.copy, job.handed.as_deref())).collect::<Vec<_>>(), [(1, Some("lp 12")), (2, None)]);
    assert!(matches!(books.store.write(|tx| print::done(tx, 9)), Err(StoreError::Unknown { .. })));
}
