//! A shop to measure in: real bills, a clerk, no limits.

use std::path::Path;

use courtesy::desk::{Desk, FirstPerson, Opening, Pin, Posted, Shop, SystemClock, ask, open_new};
use courtesy::desk::{Outcome, Proof};
use courtesy::domain::bill::{Bill, BillKind, CardTrace, Line, LineTax, Payment, TaxMode, Tender};
use courtesy::domain::ids::{BillId, DeskNo, StaffNo};
use courtesy::domain::money::{Currency, Quantity, Rate};
use courtesy::domain::preset;
use courtesy::domain::request::{Envelope, Goods, LinePart, Refund, Request};
use courtesy::receipt::print::Printer;
use courtesy::store::bill;
use jiff::SignedDuration;
use jiff::civil::Time;
use uuid::Uuid;

/// The clerk who asks: the first manager.
const CLERK: StaffNo = StaffNo(1);
/// Bills that come in in one transaction: a server takes the longer for each, the more have changed the same sum in it.
const SOLD_AT_ONCE: usize = 300;
/// Lines of each bill.
pub const LINES: u32 = 12;

/// A shop of its own in a folder.
pub fn open(folder: &Path, code: &str) -> Desk {
    open_at(&folder.join("books.db"), code)
}

/// A shop of its own at a path, or at a server's address.
pub fn open_at(place: &Path, code: &str) -> Desk {
    open_desk(place, code, DeskNo(1))
}

/// A shop of its own whose first desk has this number.
pub fn open_desk(place: &Path, code: &str, number: DeskNo) -> Desk {
    let euro = code == "EUR";
    let shop = Shop {
        name: "Baltic Warehouse Club".to_owned(),
        address: "Riga Road 1\n1010 Riga".to_owned(),
        currency: Currency::from_code(code).unwrap(),
        zone: if euro { "Europe/Riga" } else { "Europe/London" }.to_owned(),
        day_ends_at: Time::midnight(),
        language: "en".to_owned(),
        replay: false,
    };
    let manager = FirstPerson { name: "Maria Tamm".to_owned(), pin: Pin::new("271828") };
    let opening = Opening { shop, policy: preset::of("open").unwrap().text.to_owned(), manager };
    let printer = Printer::Folder(place.with_file_name("receipts"));
    open_new(place, number, printer, &opening).unwrap().0
}

/// A desk of the shop that was opened in a folder before.
pub fn reopen(folder: &Path, number: DeskNo) -> Desk {
    let printer = Printer::Folder(folder.join("receipts"));
    Desk::open_path(&folder.join("books.db"), number, Box::new(SystemClock), printer).unwrap()
}

/// Sells so many bills of twelve lines, each of nine pieces and with tax, numbered from 1 and paid by card.
pub fn sell(desk: &mut Desk, bills: u32) {
    let day = desk.day().clone();
    let at = jiff::Timestamp::now().checked_sub(SignedDuration::from_hours(72)).unwrap();
    let date = day.business_date(at).unwrap();
    let (currency, rate) = (desk.shop().currency, Rate::from_ppm(210_000));
    let line = |no: u32| {
        let gross = currency.minor(i64::from(no) * 900 + 495);
        let tax = gross.tax_inside(rate).unwrap();
        Line {
            no,
            item: format!("85{no:03}"),
            text: format!("White hanging heart holder {no}"),
            department: "home".to_owned(),
            quantity: Quantity::pieces(9).unwrap(),
            unit_price: (gross.decimal() / rust_decimal::Decimal::from(9)).round_dp(6),
            discount: currency.zero(),
            net: gross.minus(tax).unwrap(),
            tax,
            gross,
            taxes: vec![LineTax { code: rate.to_string(), rate, amount: tax }],
            returns: None,
            group: None,
        }
    };
    let mut numbers = 1..=bills;
    while !numbers.is_empty() {
        let some: Vec<u32> = numbers.by_ref().take(SOLD_AT_ONCE).collect();
        let sold = desk.store().write(|tx| {
            for number in &some {
                let lines: Vec<Line> = (1..=LINES).map(line).collect();
                let paid = lines.iter().map(|line| line.gross.minor()).sum();
                let card = CardTrace { last_four: Some("4821".to_owned()), ..CardTrace::default() };
                let bill = Bill {
                    id: BillId(Uuid::now_v7()),
                    key: format!("1/{date}/{number}"),
                    number: number.to_string(),
                    kind: BillKind::Sale,
                    till: "1".to_owned(),
                    at: day.moment(at),
                    business_date: date,
                    member: None,
                    currency,
                    tax_mode: TaxMode::Included,
                    lines,
                    payments: vec![Payment { no: 1, tender: Tender::Card, amount: currency.minor(paid), card: Some(card) }],
                    rounding: currency.zero(),
                    groups: vec![],
                };
                bill::put(tx, &bill)?;
            }
            Ok::<_, courtesy::store::StoreError>(())
        });
        sold.unwrap();
    }
}

/// Asks for pieces of a line back, or for all of the bill.
pub fn refund(desk: &Desk, bill: u32, part: Option<(u32, i64)>) -> Envelope {
    let bill = bill.to_string();
    let goods = match part {
        None => Goods::Bill { bill },
        Some((line, pieces)) => {
            Goods::Lines { bill, lines: vec![LinePart { line, quantity: Some(Quantity::pieces(pieces).unwrap()) }] }
        }
    };
    let refund = Refund { goods, to: None, reason: None, condition: None, seen: None, note: None };
    ask(desk.number(), CLERK, Request::Refund(refund))
}

/// Posts, and stops the run where a rule stops it.
pub fn post(desk: &mut Desk, envelope: &Envelope) -> Posted {
    match desk.post(envelope, &Proof::default()).unwrap() {
        Outcome::Posted(posted) => *posted,
        other => panic!("not posted: {other:?}"),
    }
}
