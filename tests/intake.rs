//! Sales and members coming in: the till logs and tables of `../shared/data` (or `$COURTESY_DATA`), damaged files, and
//! imports that are repeated, stopped and gone on with.

use std::collections::HashMap;
use std::io::Read;
use std::process::{Command, Stdio};

use courtesy::domain::bill::{Bill, TaxMode, Tender};
use courtesy::domain::calendar::ShopDay;
use courtesy::domain::digest::Digest;
use courtesy::domain::ids::BillId;
use courtesy::domain::money::{Currency, Money, Quantity};
use courtesy::intake::{
    Aside, Batch, Counts, CsvMembers, CsvSales, Incoming, Incomings, IntakeError, Mark, MembersMap, NewBill, Outcome, PosLog,
    PosLogMap, Reject, Rejects, SalesMap, Shop, Sink, Source, open_sales, run,
};
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::program::data;

fn shop() -> Shop {
    let day = ShopDay { zone: TimeZone::get("America/Los_Angeles").unwrap(), day_ends_at: Time::midnight() };
    Shop { day, currency: Currency::from_code("USD").unwrap() }
}

fn poslog(bytes: &[u8]) -> Vec<Incoming> {
    let reader = PosLog::new(bytes, PosLogMap::default(), &shop(), "test.xml", None).unwrap();
    reader.map(|incoming| incoming.unwrap()).collect()
}

fn poslog_file(name: &str) -> Option<Vec<Incoming>> {
    data(name).map(|file| poslog(&std::fs::read(file).unwrap()))
}

fn bills(items: &[Incoming]) -> Vec<&NewBill> {
    items.iter().filter_map(|item| if let Incoming::Bill(bill) = item { Some(&**bill) } else { None }).collect()
}

fn asides(items: &[Incoming]) -> Vec<&Aside> {
    items.iter().filter_map(|item| if let Incoming::Aside(aside) = item { Some(&**aside) } else { None }).collect()
}

fn rejects(items: &[Incoming]) -> Vec<&Reject> {
    items.iter().filter_map(|item| if let Incoming::Reject(reject) = item { Some(&**reject) } else { None }).collect()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

/// Books in memory.
#[derive(Default)]
struct Memory {
    bills: HashMap<String, Bill>,
    asides: HashMap<String, Aside>,
    mark: Option<Mark>,
    /// Batches that may still be kept; then it fails.
    left: Option<usize>,
}

impl Sink for Memory {
    type Error = &'static str;

    fn keep(&mut self, batch: &Batch, mark: &Mark) -> Result<Mark, &'static str> {
        match &mut self.left {
            Some(0) => return Err("pulled the plug"),
            Some(left) => *left -= 1,
            None => {}
        }
        let mut outcomes = Vec::new();
        for new in &batch.bills {
            let bill = new.clone().into_bill(BillId(uuid::Uuid::nil()), None);
            bill.check().unwrap();
            outcomes.push(match self.bills.get(&bill.key) {
                None => Outcome::New,
                Some(before) if *before == bill => Outcome::Same,
                Some(before) => Outcome::Changed { was: format!("{before:?}"), now: format!("{bill:?}") },
            });
            if outcomes.last() == Some(&Outcome::New) {
                self.bills.insert(bill.key.clone(), bill);
            }
        }
        outcomes.extend(batch.members.iter().map(|_| Outcome::New));
        self.asides.extend(batch.asides.iter().map(|aside| (aside.key.clone(), aside.clone())));
        let after = mark.after(batch, &outcomes);
        self.mark = Some(after.clone());
        Ok(after)
    }
}

fn import(incomings: &mut dyn Incomings, books: &mut Memory) -> Counts {
    let folder = tempfile::tempdir().unwrap();
    let mut rejects = Rejects::begin(&folder.path().join("rejects.jsonl")).unwrap();
    run(incomings, books, Mark::begin(Digest::of(b"")), &mut rejects, &mut |_| {}).unwrap()
}

fn retail_map() -> SalesMap {
    SalesMap::from_toml(include_str!("../resources/maps/online_retail.toml")).unwrap()
}

/// The retail file, unpacked on the way.
fn retail() -> Option<impl Read> {
    let file = data("retail/online_retail_2010-12_2011-08.csv.xz")?;
    let unpacking = Command::new("xzcat").arg(file).stdout(Stdio::piped()).spawn();
    unpacking.inspect_err(|error| eprintln!("NOT RUN: xzcat: {error}")).ok()?.stdout
}

#[test]
fn the_retail_file_adds_up_and_repeats() {
    let Some(file) = retail() else { return };
    let mut books = Memory::default();
    let counts = import(&mut CsvSales::new(file, retail_map(), "retail").unwrap(), &mut books);
    assert_eq!((counts.lines_read(), counts.bills, counts.new), (320_705, 16_459, 16_459));
    assert_eq!((counts.aside, counts.rejected, counts.changed), (0, 0, 0));
    assert_eq!((counts.raw_sum.to_string().as_str(), counts.kept_sum.to_string().as_str()), ("5761931.382", "5761931.38"));
    let credits: Vec<&Bill> = books.bills.values().filter(|bill| bill.number.starts_with('C')).collect();
    assert_eq!((credits.len(), credits.iter().map(|bill| bill.lines.len()).sum::<usize>()), (2_554, 5_847));
    let gbp = Currency::from_code("GBP").unwrap();
    assert_eq!(Money::sum(gbp, credits.iter().map(|bill| bill.gross().unwrap())).unwrap(), money("-520770.56 GBP"));
    let debts = books.bills.values().filter(|bill| bill.number.starts_with('A')).map(|bill| bill.gross().unwrap());
    assert_eq!(Money::sum(gbp, debts).unwrap(), money("-11062.06 GBP"));
    assert_eq!(books.bills["wholesale/542806"].lines.len(), 39, "broken up by a credit note");
    let wrong_way = |bill: &&Bill| bill.lines.iter().any(|line| line.quantity.is_positive() && line.gross.is_negative());
    assert_eq!(books.bills.values().filter(wrong_way).count(), 0);
    let again = import(&mut CsvSales::new(retail().unwrap(), retail_map(), "retail").unwrap(), &mut books);
    assert_eq!((again.new, again.same, again.changed, again.raw_sum), (0, 16_459, 0, counts.raw_sum));
}

#[test]
fn an_import_goes_on_where_it_stopped() {
    let Some(mut file) = retail() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sales.csv");
    std::io::copy(&mut file, &mut std::fs::File::create(&path).unwrap()).unwrap();
    let source = Source::File(path.clone());
    let mut books = Memory { left: Some(5), ..Memory::default() };
    let mut opened = open_sales(&source, None, None, &shop(), None).unwrap();
    let mut rejects = Rejects::begin(&Rejects::beside(&path)).unwrap();
    run(&mut *opened.incomings, &mut books, opened.mark, &mut rejects, &mut |_| {}).unwrap_err();
    let stopped = books.mark.clone().unwrap();
    assert!(stopped.counts.new > 4_000 && stopped.place.byte > 1_000_000);
    books.left = None;
    let mut opened = open_sales(&source, None, None, &shop(), Some(stopped)).unwrap();
    assert!(opened.goes_on);
    let mut rejects = Rejects::go_on(&Rejects::beside(&path), opened.mark.place).unwrap();
    let counts = run(&mut *opened.incomings, &mut books, opened.mark, &mut rejects, &mut |_| {}).unwrap();
    assert_eq!((counts.lines_read(), counts.new, counts.same, counts.changed), (320_705, 16_459, 0, 0));
    assert_eq!(counts.raw_sum.to_string(), "5761931.382");
    let opened = open_sales(&source, None, None, &shop(), books.mark).unwrap();
    assert!(!opened.goes_on, "an import that is done begins anew");
}

#[test]
fn the_grocery_day_balances() {
    let Some(items) = poslog_file("poslog/ncr_grocery_day.xml") else { return };
    let bills = bills(&items);
    assert_eq!((bills.len(), asides(&items).len(), rejects(&items).len()), (31, 0, 0));
    assert_eq!(items.len() - bills.len(), 8, "control records");
    let keys: std::collections::HashSet<&str> = bills.iter().map(|new| new.bill().key.as_str()).collect();
    assert_eq!(keys.len(), 31);
    let bill = |key: &str| bills.iter().find(|new| new.bill().key == format!("9/{key}")).unwrap().bill();
    let paid_by = |bill: &Bill, tender| {
        bill.payments.iter().filter(|paid| paid.tender == tender).map(|paid| paid.amount.minor()).sum::<i64>()
    };
    let cash_back = bill("32/2017-10-01/117");
    assert_eq!((paid_by(cash_back, Tender::Card), paid_by(cash_back, Tender::Cash), cash_back.payments.len()), (558, 0, 1));
    let change = bill("34/2017-10-01/100");
    assert_eq!((paid_by(change, Tender::Cash), change.payments.len()), (1738, 1));
    let taxed = bill("31/2017-10-01/114");
    assert_eq!((taxed.tax().unwrap(), taxed.gross().unwrap()), (money("0.94 USD"), money("20.45 USD")));
    let taxes: Vec<i64> = taxed.lines.iter().map(|line| line.tax.minor()).collect();
    assert_eq!(taxes, [35, 35, 0, 12, 0, 12]);
    assert_eq!(bills.iter().filter(|new| !new.bill().tax().unwrap().is_zero()).count(), 18);
    let total = bills.iter().map(|new| new.bill().gross().unwrap().minor()).sum::<i64>();
    assert_eq!(total, bills.iter().map(|new| new.bill().paid().unwrap().minor()).sum::<i64>());
}

#[test]
fn voided_items_and_rewards_are_in_their_lines() {
    let Some(items) = poslog_file("poslog/ncr_grocery_day.xml") else { return };
    let bills = bills(&items);
    let bill = |key: &str| bills.iter().find(|new| new.bill().key == format!("9/{key}")).unwrap();
    let of = |bill: &Bill, item: &str| bill.lines.iter().filter(|line| line.item == item).cloned().collect::<Vec<_>>();
    let apples = bill("31/2017-10-01/115");
    assert_eq!((of(apples.bill(), "00000000062367").len(), apples.rows), (0, apples.bill().lines.len() as u64 + 2));
    assert_eq!(of(bill("1/2017-10-01/376").bill(), "00021908501406").len(), 2);
    assert_eq!(of(bill("3/2017-10-01/92").bill(), "00000000090537").len(), 3);
    let bottle = of(bill("34/2017-10-01/101").bill(), "00000000054409").remove(0);
    assert_eq!((bottle.quantity, bottle.gross), (Quantity::from_thousandths(-1000), money("-2.00 USD")));
    let bars = of(bill("1/2017-10-01/377").bill(), "00722252101303").remove(0);
    assert_eq!((bars.discount, bars.net), (money("1.62 USD"), money("14.63 USD")));
    let rewarded = bill("1/2017-10-01/377").bill();
    let off = rewarded.lines.iter().map(|line| line.discount.minor()).sum::<i64>();
    assert_eq!(off, 2226);
    assert_eq!(bill("1/2017-10-01/377").member_code.as_deref(), Some("9000001"));
    let loose = of(bill("34/2017-10-01/102").bill(), "00209110000003").remove(0);
    assert_eq!((loose.discount, loose.gross), (money("14.54 USD"), money("0.00 USD")));
    let net_minus = |new: &&&NewBill| new.bill().lines.iter().any(|line| line.net.is_negative());
    assert_eq!(bills.iter().filter(net_minus).count(), 1, "only the bottle is taken back");
}

/// The taxable amount that the till printed is the sum of the lines on which the tax was put.
#[test]
fn taxes_stand_on_the_lines_that_the_till_taxed() {
    let Some(file) = data("poslog/ncr_grocery_day.xml") else { return };
    let text = std::fs::read_to_string(file).unwrap();
    let taxable: Vec<i64> = text
        .split("<TaxableAmount>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().replace('.', "").parse().unwrap())
        .collect();
    let items = poslog(text.as_bytes());
    let taxed = |bill: &Bill| bill.lines.iter().filter(|line| !line.taxes.is_empty()).map(|line| line.net.minor()).sum::<i64>();
    let ours: Vec<i64> = bills(&items).iter().map(|new| taxed(new.bill())).filter(|sum| *sum != 0).collect();
    assert_eq!((taxable.len(), ours), (18, taxable));
}

#[test]
fn swedish_receipts_round_their_cash() {
    for (name, rounding, gross) in [("arts1", 12, 2_204_188), ("arts2", 11, 19_689), ("arts3", -15, 38_415), ("arts5", 0, 7_900)]
    {
        let Some(file) = data(&format!("poslog/{name}.xml")) else { return };
        let text = std::fs::read_to_string(file).unwrap();
        let items = poslog(text.as_bytes());
        let [Incoming::Bill(new)] = items.as_slice() else { panic!("{name}: {items:?}") };
        let bill = new.bill();
        assert_eq!(
            (bill.rounding.minor(), bill.gross().unwrap().minor(), bill.currency.code()),
            (rounding, gross, "SEK"),
            "{name}"
        );
        assert_eq!(bill.lines[0].quantity, Quantity::ONE);
        let receipt: String =
            text.split("<ReceiptImage>").nth(1).unwrap().split("<VRArtsPoslogExt").next().unwrap().replace('\u{a0}', " ");
        let line = &bill.lines[0];
        let printed = [line.gross, line.net, bill.gross().unwrap(), bill.paid().unwrap(), bill.payments[0].amount, bill.rounding];
        for amount in printed.into_iter().filter(|amount| !amount.is_zero()) {
            assert!(receipt.contains(&swedish(amount)), "{name}: {} is not on the receipt", swedish(amount));
        }
        assert!(receipt.contains(line.text.trim()) && receipt.contains(&line.item));
    }
}

fn swedish(amount: Money) -> String {
    let minor = amount.minor().abs();
    let (whole, part) = (minor / 100, minor % 100);
    let grouped = if whole >= 1_000 { format!("{} {:03}", whole / 1_000, whole % 1_000) } else { whole.to_string() };
    format!("{}{grouped},{part:02}", if amount.is_negative() { "-" } else { "" })
}

#[test]
fn a_sale_that_does_not_balance_is_kept_aside() {
    let Some(items) = poslog_file("poslog/fgl_mixed_sale_return_does_not_balance.xml") else { return };
    let [Incoming::Aside(aside)] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(aside.difference.map(|money| money.minor()), Some(47_87));
    assert_eq!((aside.key.as_str(), aside.rows), ("SC309/1/2016-05-06/2080", 2));
    assert!(
        aside.reason.contains("lines come to -5.87 CAD") && aside.reason.contains("payments to 42.00 CAD"),
        "{}",
        aside.reason
    );
    assert!(aside.raw.contains("arts:TransactionLink"));
}

/// A sale as a till writes it, around some line items.
fn sale(items: &str) -> String {
    let head = "<RetailStoreID>1</RetailStoreID><WorkstationID>2</WorkstationID><SequenceNumber>3</SequenceNumber>\
                <BusinessDayDate>2026-10-12</BusinessDayDate><EndDateTime>2026-10-12T08:26:00</EndDateTime>";
    format!(
        "<POSLog>\n<Transaction>{head}<CurrencyCode>USD</CurrencyCode><RetailTransaction>{items}</RetailTransaction></Transaction></POSLog>"
    )
}

fn item(no: u32, code: &str, amount: &str, more: &str) -> String {
    let flag = if amount.starts_with('-') { " VoidFlag=\"true\"" } else { "" };
    let quantity = if amount.starts_with('-') { "-1" } else { "1" };
    format!(
        "<LineItem{flag}><SequenceNumber>{no}</SequenceNumber><Sale><ItemID>{code}</ItemID><Description>{code}</Description>\
         <RegularSalesUnitPrice>{}</RegularSalesUnitPrice><ExtendedAmount>{amount}</ExtendedAmount><Quantity>{quantity}</Quantity>{more}</Sale></LineItem>",
        amount.trim_start_matches('-')
    )
}

fn cash(amount: &str) -> String {
    format!(
        "<LineItem><SequenceNumber>9</SequenceNumber><Tender TenderType=\"Cash\"><Amount>{amount}</Amount></Tender></LineItem>"
    )
}

#[test]
fn a_return_that_names_its_sale_line_counts() {
    let link = "<TransactionLink><RetailStoreID>1</RetailStoreID><WorkstationID>7</WorkstationID><SequenceNumber>88</SequenceNumber>\
                <BusinessDayDate>2026-10-01</BusinessDayDate><LineItemSequenceNumber>4</LineItemSequenceNumber></TransactionLink>";
    let back = item(1, "A", "5.00", link).replace("<Sale>", "<Return>").replace("</Sale>", "</Return>");
    let items = poslog(sale(&format!("{back}{}", cash("-5.00"))).as_bytes());
    let [Incoming::Bill(new)] = items.as_slice() else { panic!("{items:?}") };
    let line = &new.bill().lines[0];
    let named = line.returns.as_ref().unwrap();
    assert_eq!((named.bill_key.as_str(), named.line, line.quantity.thousandths()), ("1/7/2026-10-01/88", 4, -1000));
    assert_eq!((line.gross, new.bill().payments[0].amount), (money("-5.00 USD"), money("-5.00 USD")));
}

#[test]
fn included_taxes_stay_inside() {
    let tax = "<Tax TaxType=\"VAT\"><TaxableAmount TaxIncludedInTaxableAmountFlag=\"true\">12.40</TaxableAmount>\
               <Amount>2.40</Amount><Percent>24</Percent></Tax>";
    let items = poslog(sale(&format!("{}{}", item(1, "A", "12.40", tax), cash("12.40"))).as_bytes());
    let [Incoming::Bill(new)] = items.as_slice() else { panic!("{items:?}") };
    let line = &new.bill().lines[0];
    assert_eq!(
        (new.bill().tax_mode, line.net, line.tax, line.gross),
        (TaxMode::Included, money("10.00 USD"), money("2.40 USD"), money("12.40 USD"))
    );
}

const CARD: &str = "4111 1111 1111 1111";

#[test]
fn card_numbers_never_come_in() {
    let card = "<LineItem><Tender TenderType=\"CreditDebit\"><Amount>5.00</Amount><CreditDebit CardType=\"Credit\">\
                <PrimaryAccountNumber>4111111111111111</PrimaryAccountNumber></CreditDebit></Tender></LineItem>";
    let items = poslog(sale(&format!("{}{card}", item(1, "A", "5.00", ""))).as_bytes());
    let [Incoming::Bill(new)] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(new.bill().payments[0].card.as_ref().unwrap().last_four.as_deref(), Some("1111"));
    assert!(!format!("{items:?}").contains("411111"));
    let unbalanced = poslog(sale(card).as_bytes());
    assert!(matches!(unbalanced.as_slice(), [Incoming::Aside(_)]) && !format!("{unbalanced:?}").contains("411111"));
    let note = item(1, "A", "5.00", &format!("<Note>{CARD}</Note>"));
    let items = poslog(sale(&format!("{note}{}", cash("5.00"))).as_bytes());
    let [Incoming::Reject(reject)] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((reject.line, reject.field.as_str(), reject.fault.name(), reject.rows), (2, "Note", "card-number", 1));
    assert!(!reject.raw.contains("4111 1111"));
    let customer = |id: &str| format!("<Customer><AlternateID>{id}</AlternateID></Customer>{note}").replace(CARD, "no");
    let items = poslog(sale(&format!("{}{}", customer(&CARD.replace(' ', "")), cash("5.00"))).as_bytes());
    let [Incoming::Reject(reject)] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((reject.field.as_str(), reject.fault.name()), ("AlternateID", "card-number"));
    let remarks = format!("<!-- {CARD} --><?till {CARD}?><Name>O&apos;Neill &#x42;&#233;la</Name><!-- R&D -->");
    let items = poslog(sale(&format!("{}{remarks}", customer("17"))).as_bytes());
    let [Incoming::Aside(aside)] = items.as_slice() else { panic!("{items:?}") };
    assert!(aside.raw.contains("O'Neill Béla") && aside.raw.contains("R&D") && !aside.raw.contains("4111 1111"), "{}", aside.raw);
    let as_item = item(1, "4111111111111111", "5.00", "").replace("<Description>4111111111111111", "<Description>x");
    assert!(matches!(poslog(sale(&format!("{as_item}{}", cash("5.00"))).as_bytes()).as_slice(), [Incoming::Bill(_)]));
}

#[test]
fn damaged_till_logs_name_their_place() {
    let good = sale(&format!("{}{}", item(1, "A", "5.00", ""), cash("5.00")));
    let bomb = format!("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>{good}");
    let deep = format!("<POSLog>{}", "<x>".repeat(100));
    for (text, line, column, fault) in [
        (good.replace("</RetailTransaction>", ""), 2, 500, "xml"),
        (good[..good.len() - 40].to_owned(), 2, 500, "truncated"),
        (good[..good.len() - 9].to_owned(), 2, 500, "truncated"),
        (bomb, 1, 1, "entities"),
        (good.replace("<Description>A", "<Description>&a;"), 2, 250, "entities"),
        (good.replace("5.00</ExtendedAmount>", "five</ExtendedAmount>"), 2, 250, "not-a-number"),
        (good.replace("<Quantity>1", "<Quantity>0.0001"), 2, 250, "quantity-too-fine"),
        (good.replace("T08:26:00", "T25:26:00"), 2, 50, "not-a-time"),
        (good.replace("2026-10-12<", "12.10.2026<"), 2, 50, "not-a-time"),
        (good.replace("<WorkstationID>2</WorkstationID>", ""), 2, 1, "missing"),
        (good.replace("USD", "usd"), 2, 150, "money"),
        (good.replace("<Amount>5.00", "<Amount>5.001"), 2, 400, "money"),
        (deep, 1, 100, "too-deep"),
        ("<html></html>".to_owned(), 1, 1, "no-transactions"),
        (String::new(), 1, 1, "no-transactions"),
        ("not xml at all".to_owned(), 1, 1, "no-transactions"),
    ] {
        let items = poslog(text.as_bytes());
        let [Incoming::Reject(reject)] = items.iter().filter(|item| !matches!(item, Incoming::Bill(_))).collect::<Vec<_>>()[..]
        else {
            panic!("{fault}: {items:?}")
        };
        assert_eq!((reject.line, reject.fault.name()), (line, fault), "{reject:?}");
        assert!(reject.column >= column, "{reject:?}");
    }
    let bytes = good.replace("<Description>A", "<Description>\u{e9}").replace('\u{e9}', "e").into_bytes();
    let at = bytes.windows(14).position(|part| part == b"<Description>e").unwrap() + 13;
    let mut latin = bytes;
    latin[at] = 0xe9;
    let items = poslog(&latin);
    let [Incoming::Reject(reject)] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((reject.line, reject.fault.name()), (2, "not-utf8"));
}

#[test]
fn a_bad_transaction_does_not_spoil_the_next() {
    let good = sale(&format!("{}{}", item(1, "A", "5.00", ""), cash("5.00")));
    let bad = good.replace("5.00</ExtendedAmount>", "five</ExtendedAmount>").replace("</POSLog>", "");
    let items =
        poslog(format!("{bad}{}", good.replace("<POSLog>", "").replace("<SequenceNumber>3<", "<SequenceNumber>4<")).as_bytes());
    assert!(matches!(items.as_slice(), [Incoming::Reject(_), Incoming::Bill(_)]), "{items:?}");
}

const HEADER: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

fn csv(text: &[u8], map: SalesMap) -> Result<Vec<Incoming>, IntakeError> {
    CsvSales::new(text, map, "test")?.collect()
}

#[test]
fn byte_order_marks_and_line_ends_do_not_matter() {
    let rows = "1,A,\"a, b\",2,2010-12-01 08:26:00,2.55,17850.0,UK\n\n1,B,,1,2010-12-01 08:27:00,0.001,17850.0,UK\n";
    let plain = format!("{HEADER}\n{rows}");
    let expected = csv(plain.as_bytes(), retail_map()).unwrap();
    let [new] = bills(&expected)[..] else { panic!("{expected:?}") };
    assert_eq!(
        (new.bill().lines.len(), new.raw_sum.to_string().as_str(), new.bill().gross().unwrap()),
        (2, "5.101", money("5.10 GBP"))
    );
    assert_eq!((new.member_code.as_deref(), new.bill().business_date.to_string().as_str()), (Some("17850"), "2010-12-01"));
    for text in [plain.replace('\n', "\r\n"), format!("\u{feff}{plain}"), plain.trim_end().to_owned()] {
        let items = csv(text.as_bytes(), retail_map()).unwrap();
        assert_eq!(bills(&items)[0].bill(), new.bill(), "{text:?}");
    }
}

#[test]
fn a_time_that_looks_like_a_card_number_is_a_time() {
    let mut map = retail_map();
    map.file.time = "%d.%m.%Y %H.%M.%S".to_owned();
    let row = |time: &str| format!("{HEADER}\n1,A,x,1,{time},2.55,17850.0,UK\n");
    let items = csv(row("30.12.2025 14.22.05").as_bytes(), map.clone()).unwrap();
    assert_eq!(bills(&items)[0].bill().business_date.to_string(), "2025-12-30");
    let items = csv(row("4111 1111 1111 1111").as_bytes(), map).unwrap();
    let [reject] = rejects(&items)[..] else { panic!("{items:?}") };
    assert!(reject.fault.name() == "not-a-time" && !reject.raw.contains("1111 1111"), "{reject:?}");
}

#[test]
fn invalid_text_is_rejected_at_its_column() {
    let mut text = format!("{HEADER}\n1,A,caf?,2,2010-12-01 08:26:00,2.55,17850.0,UK\n").into_bytes();
    let at = text.iter().position(|byte| *byte == b'?').unwrap();
    text[at] = 0xe9;
    let items = csv(&text, retail_map()).unwrap();
    let [reject] = rejects(&items)[..] else { panic!("{items:?}") };
    assert_eq!((reject.line, reject.column, reject.field.as_str(), reject.fault.name()), (2, 3, "Description", "not-utf8"));
}

#[test]
fn a_quote_that_stays_open_loses_the_lines_it_swallows() {
    let row = |bill: u32, text: &str| format!("{bill},A,{text},1,2010-12-01 08:26:00,2.55,17850.0,UK\n");
    for (last, rows) in [("", 3), ("\n", 3)] {
        let text = format!("{HEADER}\n{}{}{}{}", row(1, "x"), row(2, "\"x"), row(3, "x"), row(4, "x").trim_end());
        let items = csv(format!("{text}{last}").as_bytes(), retail_map()).unwrap();
        let ([reject], [_]) = (&rejects(&items)[..], &bills(&items)[..]) else { panic!("{items:?}") };
        assert_eq!((reject.line, reject.rows), (3, rows));
    }
}

#[test]
fn files_that_are_no_sales_say_so() {
    for (text, says) in [("", "empty"), ("a,b\n1,2\n", "no column “InvoiceNo”"), ("\u{0}\u{1}", "no column")] {
        let error = csv(text.as_bytes(), retail_map()).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    assert!(csv(b"\xff\xfe,b\n", retail_map()).unwrap_err().to_string().contains("UTF-8"));
}

#[test]
fn rows_that_belong_together_are_kept_aside_together() {
    let mut map = retail_map();
    map.says.rows = courtesy::intake::Rows::Together;
    let row = |bill: &str, quantity: &str| format!("{bill},A,x,{quantity},2010-12-01 08:26:00,2.55,17850.0,UK\n");
    let rows = [row("1", "1"), row("1", "many"), row("1", "3"), row("2", "1"), row("3", "none")].concat();
    let items = csv(format!("{HEADER}\n{rows}").as_bytes(), map).unwrap();
    let ([aside], [bill]) = (&asides(&items)[..], &bills(&items)[..]) else { panic!("{items:?}") };
    assert_eq!((aside.key.as_str(), aside.rows, aside.fault.as_ref().unwrap().name()), ("wholesale/1", 2, "row-rejected"));
    assert_eq!((bill.bill().number.as_str(), rejects(&items).len()), ("2", 2));
    let two = format!("{HEADER}\n{}{}", row("1", "1"), row("1", "2").replace("17850", "17851"));
    let items = csv(two.as_bytes(), retail_map()).unwrap();
    assert_eq!(asides(&items)[0].reason, "its rows name the members 17850 and 17851");
    let with_card = csv(two.replace("UK", "4111 1111 1111 1111").as_bytes(), retail_map()).unwrap();
    let raw = &asides(&with_card)[0].raw;
    assert!(raw.contains("17851.0") && !raw.contains("4111 1111"), "{raw}");
}

#[test]
fn rejects_are_written_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sales.csv");
    let row = |bill: u32, quantity: &str| format!("{bill},A,x,{quantity},2010-12-01 08:26:00,2.55,17850.0,UK\n");
    let rows: String = (0..5_000).map(|bill| row(bill, if bill % 100 == 7 { "?" } else { "1" })).collect();
    std::fs::write(&path, format!("{HEADER}\n{rows}")).unwrap();
    let source = Source::File(path.clone());
    let beside = Rejects::beside(&path);
    let mut books = Memory { left: Some(2), ..Memory::default() };
    let mut opened = open_sales(&source, None, None, &shop(), None).unwrap();
    let mut written = Rejects::begin(&beside).unwrap();
    run(&mut *opened.incomings, &mut books, opened.mark, &mut written, &mut |_| {}).unwrap_err();
    books.left = None;
    let mut opened = open_sales(&source, None, None, &shop(), books.mark.clone()).unwrap();
    let mut written = Rejects::go_on(&beside, opened.mark.place).unwrap();
    let counts = run(&mut *opened.incomings, &mut books, opened.mark, &mut written, &mut |_| {}).unwrap();
    assert_eq!((counts.new, counts.rejected, counts.lines_read(), counts.same), (4_950, 50, 5_000, 0));
    let text = std::fs::read_to_string(&beside).unwrap();
    assert_eq!(text.lines().count(), 50);
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!((first["line"].as_u64(), first["column"].as_u64(), first["field"].as_str()), (Some(9), Some(4), Some("Quantity")));
    assert_eq!(first["reason"], "it is not a number");
}

proptest::proptest! {
    #[test]
    fn rubbish_never_panics(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600)) {
        let _ = csv(&bytes, retail_map()).map(|items| items.len());
        let headed = [HEADER.as_bytes(), b"\n", &bytes].concat();
        csv(&headed, retail_map()).unwrap();
        let members = MembersMap::fitting(&["given".to_owned(), "email".to_owned()]).unwrap();
        CsvMembers::new([b"given,email\n", &bytes[..]].concat().as_slice(), &members, &[]).unwrap().for_each(drop);
        let _ = poslog(&bytes);
    }

    #[test]
    fn damaged_sales_never_panic_and_never_come_in_half(at in 0_usize..700, byte in proptest::num::u8::ANY, cut in 0_usize..900) {
        let good = sale(&format!("{}{}{}", item(1, "A", "5.00", ""), item(2, "B", "1.50", ""), cash("6.50")));
        let mut bytes = good.into_bytes();
        let end = bytes.len() - cut.min(bytes.len());
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        bytes.truncate(if cut % 3 == 0 { end } else { bytes.len() });
        for incoming in PosLog::new(bytes.as_slice(), PosLogMap::default(), &shop(), "test.xml", None).unwrap() {
            if let Ok(Incoming::Bill(new)) = incoming {
                proptest::prop_assert!(new.bill().check().is_ok());
            }
        }
    }

    #[test]
    fn damaged_rows_are_all_accounted_for(at in 0_usize..400, byte in proptest::num::u8::ANY) {
        let row = |bill: u32| format!("{bill},A,x,1,2010-12-01 08:26:00,2.55,17850.0,UK\n");
        let mut bytes = format!("{}{}{}{}{}{}", row(1), row(1), row(2), row(3), row(1), row(4)).into_bytes();
        let unbroken = byte != b'\n' && byte != b'\r' && bytes.get(at).is_some_and(|was| *was != b'\n');
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        let text = [HEADER.as_bytes(), b"\n", &bytes].concat();
        let mut books = Memory::default();
        let counts = import(&mut CsvSales::new(text.as_slice(), retail_map(), "test").unwrap(), &mut books);
        if unbroken {
            proptest::prop_assert_eq!(counts.lines_read(), 6);
        }
    }
}
