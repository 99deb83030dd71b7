//! The same requests on both engines: the same answers, documents, bytes, sums and errors.

use courtesy::desk::batch::{Options, Pins, run};
use courtesy::desk::{Desk, FirstPerson, Opening, Pin, SystemClock, adopt, hire, set_up};
use courtesy::domain::bill::{Bill, Tender};
use courtesy::domain::digest::Digest;
use courtesy::domain::ids::{CardNumber, CreditCode, DeskNo, DocumentNumber, MemberId, RequestId, StaffNo};
use courtesy::domain::member::Person;
use courtesy::domain::request::{
    CorrectPrice, Envelope, Give, Goods, Goodwill, GoodwillTo, LinePart, PayIn, PayoutOutcome, RecordPayout, RedeemCredit,
    Refund, Renew, Request, RightPrice, SignUp, Void,
};
use courtesy::domain::staff::{Role, Staff};
use courtesy::receipt::print::Printer;
use courtesy::store::verify::verify;
use courtesy::store::{StoreError, Tx, bill as bills, document, member, policy, shop};
use courtesy::text::{Language, Words};
use jiff::civil::time;
use uuid::Uuid;

use super::{Books, Home, On, bill, eur, line, pieces};

const MEMBER: MemberId = MemberId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001));

fn give_back(bill: &str, no: u32, quantity: Option<i64>) -> Request {
    let lines = vec![LinePart { line: no, quantity: quantity.map(pieces) }];
    let goods = Goods::Lines { bill: bill.to_owned(), lines };
    Request::Refund(Refund { goods, to: None, reason: None, condition: None, seen: None, note: None })
}

fn join(member: MemberId, family: &str) -> Request {
    let person = Person { given: "Õie".into(), family: family.into(), phone: "+372 5123 4567".into(), ..Person::default() };
    let pay = Some(PayIn { tender: Tender::Cash, reference: None, credit: None });
    Request::SignUp(SignUp {
        member,
        person,
        salt: "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01".parse().unwrap(),
        plan: "basic".into(),
        pay,
        joins: None,
    })
}

fn document(sequence: u64) -> DocumentNumber {
    DocumentNumber { desk: DeskNo(1), sequence }
}

fn requests() -> Vec<Request> {
    let clerk =
        Staff { no: StaffNo(2), name: "Ann".into(), role: Role::Clerk, language: "fi".into(), active: true, member: None };
    let pay = Some(PayIn { tender: Tender::Cash, reference: None, credit: None });
    let apology = |bill: Option<&str>, give, to| {
        let member = bill.is_none().then(|| MEMBER.to_string());
        Request::Goodwill(Goodwill { bill: bill.map(str::to_owned), member, give, to, reason: None, note: None })
    };
    let spend = |sequence, minor| {
        let credit = CreditCode(document(sequence));
        Request::RedeemCredit(RedeemCredit { credit, amount: Some(eur().minor(minor)) })
    };
    let paid = || PayoutOutcome::Paid("R-77".into());
    let settle = |outcome| Request::RecordPayout(RecordPayout { document: document(3), payout: 1, outcome });
    vec![
        hire(clerk),
        join(MEMBER, "Šaar"),
        join(MEMBER, "Šaar"),
        give_back("1", 1, Some(4)),
        give_back("1", 1, Some(7)),
        give_back("1", 9, None),
        give_back("none", 1, None),
        settle(PayoutOutcome::Failed),
        settle(paid()),
        settle(paid()),
        Request::CorrectPrice(CorrectPrice {
            bill: "till/2".into(),
            lines: vec![RightPrice { line: 1, price: "1.50".parse().unwrap() }],
            reason: None,
            to: None,
            note: None,
        }),
        apology(Some("2"), Give::Percent("5".parse().unwrap()), GoodwillTo::Bill),
        apology(None, Give::Amount(eur().minor(700)), GoodwillTo::StoreCredit),
        spend(8, 300),
        spend(8, 500),
        spend(99, 1),
        Request::Void(Void { document: document(9) }),
        Request::Void(Void { document: document(9) }),
        Request::Void(Void { document: document(77) }),
        Request::Renew(Renew { member: MEMBER.to_string(), plan: None, pay }),
        adopt("name = 1".into()),
        give_back("1", 1, None),
        give_back("1", 2, None),
    ]
}

/// A request at its own minute, under an id of its own.
pub(super) fn envelope(no: u32, request: Request) -> Envelope {
    let start: jiff::Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
    Envelope {
        id: RequestId(Uuid::from_u128(0x0192_0000_0000_7000_9000_0000_0000_0000 + u128::from(no))),
        desk: DeskNo(1),
        clerk: StaffNo(1),
        at: Some(start + jiff::SignedDuration::from_mins(i64::from(no))),
        approval: None,
        request,
    }
}

/// Requests as lines of a batch.
pub(super) fn lines(envelopes: &[Envelope]) -> Vec<u8> {
    let mut lines = Vec::new();
    for envelope in envelopes {
        serde_json::to_writer(&mut lines, envelope).unwrap();
        lines.push(b'\n');
    }
    lines
}

/// All requests; one comes twice, one again with other content, one of nobody, and rubbish.
fn batch() -> Vec<u8> {
    let mut envelopes: Vec<Envelope> = (1..).zip(requests()).map(|(no, request)| envelope(no, request)).collect();
    let again = envelopes[3].clone();
    let other = Envelope { request: give_back("1", 1, Some(5)), ..again.clone() };
    let nobody = Envelope { clerk: StaffNo(5), ..envelope(99, give_back("1", 1, None)) };
    envelopes.extend([again, other, nobody]);
    let mut lines = lines(&envelopes);
    lines.extend(b"{\"id\":\n");
    lines
}

/// A shop for replaying on an engine, with sales in it.
pub(super) fn shop_on(on: On, sales: &[Bill]) -> (Desk, Home) {
    let Books { mut store, at: _, home } = Books::new(on);
    let shop = shop::Shop {
        name: "Club".into(),
        address: "Street 1".into(),
        currency: eur(),
        zone: "Europe/Riga".into(),
        day_ends_at: time(4, 0, 0, 0),
        language: "en".into(),
        replay: true,
    };
    let manager = FirstPerson { name: "Ilze".into(), pin: Pin::new("314159") };
    let text = courtesy::domain::preset::of("open").unwrap().text.to_owned();
    set_up(&mut store, &Opening { shop, policy: text, manager }, &SystemClock).unwrap();
    for sale in sales {
        store.write(|tx| bills::put(tx, sale)).unwrap();
    }
    let desk = Desk::open(store, DeskNo(1), Box::new(SystemClock), Printer::Folder("receipts".into())).unwrap();
    (desk, home)
}

/// What a desk answers to a batch, and what stands in its books then.
pub(super) fn told(desk: &mut Desk, batch: &[u8]) -> (String, Vec<String>) {
    let mut output = Vec::new();
    let options = Options { quote_only: false, pins: Pins::read("1 314159").unwrap() };
    run(desk, &Words::new(Language::En), &options, batch, &mut output).unwrap();
    let mut books = Vec::new();
    for sequence in 1..=30 {
        let posted = desk.store().read(|tx| document::by_number(tx, document(sequence))).unwrap();
        books.extend(posted.map(|posted| format!("{posted:?}")));
    }
    let findings = desk.store().read(|tx| verify(tx, None, &mut |_, _| {})).unwrap().findings;
    books.extend(findings.iter().map(|finding| format!("{finding:?}")));
    (String::from_utf8(output).unwrap(), books)
}

/// Work that the tables themselves refuse.
type Refused<'a> = &'a dyn Fn(&mut Tx<'_>) -> Result<(), StoreError>;

/// Errors of the tables themselves.
fn errors(desk: &mut Desk) -> Vec<String> {
    let person = Person::default();
    let (other, nobody) = (MemberId(Uuid::from_u128(2)), MemberId(Uuid::from_u128(3)));
    let day = jiff::civil::date(2026, 1, 1);
    let works: [Refused<'_>; 4] = [
        &|tx| member::put(tx, MEMBER, &person, Some("77"), day).and_then(|()| member::put(tx, other, &person, Some("77"), day)),
        &|tx| member::issue_card(tx, nobody, CardNumber::from_serial(900).unwrap()),
        &|tx| tx.execute("UPDATE credit SET balance_minor = -1 WHERE site = ?1", &[tx.site()]).map(|_| ()),
        &|tx| {
            policy::add(tx, "x", Digest::of(b"x"), day)?;
            let known = shop::load(tx)?.unwrap();
            shop::create(tx, &known)
        },
    ];
    works.iter().map(|work| desk.store().write(work).unwrap_err().to_string()).collect()
}

#[test]
fn both_engines_answer_and_keep_the_same() {
    let mut sale = bill("till/1", vec![line(1, 10, 1990), line(2, 1, 500)]);
    sale.member = Some(MEMBER);
    let sales = [sale, bill("till/2", vec![line(1, 3, 1000)])];
    let on = |on: On| {
        let (mut desk, _home) = shop_on(on, &sales);
        let (output, mut books) = told(&mut desk, &batch());
        for text in ["saar", "oie", "51234", "1", "till", "HEART", "zz", "šá"] {
            books.push(format!("{text}: {:?}", desk.find(text).unwrap()));
        }
        books.extend(errors(&mut desk));
        (output, books)
    };
    let (file, server) = (on(On::Sqlite), on(On::Postgres));
    assert_eq!(file.0.lines().collect::<Vec<_>>(), server.0.lines().collect::<Vec<_>>());
    assert_eq!(file.1, server.1);
    let results = |wanted: &str| file.0.matches(&format!("\"result\":\"{wanted}\"")).count();
    assert!(results("posted") >= 10 && results("refused") >= 3 && results("error") >= 5, "{}", file.0);
}
