//! Rubbish by the thousand for each parser: no panic, no hang, and what is taken is whole, lawful, and the same when it is written and
//! read again.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::{FromStr, from_utf8};

use courtesy::desk::{batch::Pins, demo};
use courtesy::domain::bill::{Bill, BillKind, Tender};
use courtesy::domain::calendar::ShopDay;
use courtesy::domain::digest::{Digest, ENCODING, canonical};
use courtesy::domain::document::Document;
use courtesy::domain::ids::{BillId, CardNumber, CreditCode, DeskNo, DocumentNumber, MemberId, StaffNo};
use courtesy::domain::member::{Standing, check_email, check_name, check_phone, check_text};
use courtesy::domain::money::{Currency, LARGEST_MINOR, Money, Quantity, Rate, plain_decimal};
use courtesy::domain::plain::is_plain;
use courtesy::domain::policy::Policy;
use courtesy::domain::request::{Envelope, Job};
use courtesy::domain::seal::{PublicKey, Signature};
use courtesy::domain::spoken::{Dictionary, settle};
use courtesy::domain::staff::Role;
use courtesy::domain::{payment_card, preset};
use courtesy::intake::{CsvMembers, CsvSales, Incoming, Map, MembersMap, PosLog, PosLogMap, SalesMap, Shop, recognise};
use courtesy::receipt::layout::Paper;
use courtesy::receipt::mark::Mark;
use courtesy::receipt::text::{plain, preview};
use courtesy::store::outside::{Head, Outside};
use courtesy::store::transfer;
use courtesy::store::verify::verify;
use courtesy::store::{Place, Store};
use courtesy::text::{Form, Language, Words};

use super::books::with_sums;
use super::mutate::{Property, Samples, fuzz};
use super::{HEAD, MAP, row};
use crate::proof::{count, told};

/// Tries a parser, as often as takes a minute on two cores of 2026 when all of it is asked for, keeps a row of the proof, and sees that the rubbish reached what lies behind the first check.
fn prove(name: &str, samples: &Samples, full: u32, property: Property<'_>) {
    let fuzzed = fuzz(name, samples, count(full), property).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(fuzzed.taken > fuzzed.tried / 200, "{name}: only {} of {} were taken", fuzzed.taken, fuzzed.tried);
    let came = format!("no panic, no hang; {} were taken, each the same when written and read again", fuzzed.taken);
    told(&format!("bad input: fuzz {name}"), fuzzed.tried, &came, "see fuzz control");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The bytes of the files of a folder with an ending.
fn samples(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{folder}");
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn shop() -> Shop {
    let zone = jiff::tz::TimeZone::get("Europe/Tallinn").unwrap();
    Shop { day: ShopDay { zone, day_ends_at: jiff::civil::Time::midnight() }, currency: Currency::from_code("EUR").unwrap() }
}

/// What came in is lawful: bills balance, the books can hold them, and each reads back as it was written.
fn lawful(incoming: Incoming) -> bool {
    match incoming {
        Incoming::Bill(new) => {
            let bill = new.into_bill(BillId(uuid::Uuid::nil()), None);
            bill.check().unwrap();
            bill.check_size().unwrap();
            let written = serde_json::to_string(&bill).unwrap();
            assert!(payment_card::find(bill.key.as_bytes()).is_none() || !bill.key.is_ascii(), "{written}");
            assert_eq!(serde_json::from_str::<Bill>(&written).unwrap(), bill);
            true
        }
        Incoming::Member(member) => {
            let texts =
                [member.code.clone().unwrap_or_default(), member.person.name(), member.person.email, member.person.address];
            assert!(texts.iter().all(|text| is_plain(text)), "{texts:?}");
            true
        }
        Incoming::Reject(reject) => {
            assert!(reject.line > 0 && reject.column > 0, "{reject:?}");
            false
        }
        Incoming::Aside(aside) => {
            assert!(!aside.key.is_empty() && !aside.reason.is_empty());
            false
        }
        Incoming::Control { .. } => false,
    }
}

#[test]
fn csv_sales() {
    let rows: Vec<String> = ["1", "1", "2", "3"].map(row).to_vec();
    let plain = format!("{HEAD}\n{}\n", rows.join("\n"));
    let quoted = plain.replace("Apple", "\"Apple, “red”\"").replace("1.00", "-2.55").replace(",1,", ",0.5,");
    let samples =
        Samples::of([plain.clone(), quoted, plain.replace('\n', "\r\n"), format!("{HEAD}\n{}\n", vec![row("9"); 30].join("\n"))]);
    let map = SalesMap::from_toml(MAP).unwrap();
    prove("csv_sales", &samples, 210_000, &|bytes| {
        let Ok(sales) = CsvSales::new(bytes, map.clone(), "x") else { return false };
        sales.map(|incoming| incoming.map(lawful).unwrap_or(false)).fold(false, |any, taken| any | taken)
    });
}

#[test]
fn csv_members() {
    let head = "code,given,family,phone,email,address,born,since,plan,term_start,term_end";
    let one = "17,Ilze,Bērziņa,+371 2123 4567,ilze@example.lv,\"Elm 1, Riga\",1980-02-29,2019-05-04,basic,2026-04-01,2027-03-31";
    let samples = Samples::of([format!("{head}\n{one}\n"), format!("{head}\n{one}\n,Bo,Kask,,,,,,,,\n{one}\n")]);
    let header: Vec<String> = head.split(',').map(str::to_owned).collect();
    let map = MembersMap::fitting(&header).unwrap();
    let currency = Currency::from_code("EUR").unwrap();
    let policy = Policy::parse(preset::ALL[0].text).unwrap();
    let plans: Vec<_> = policy.plans.iter().map(|plan| plan.priced(currency).unwrap()).collect();
    prove("csv_members", &samples, 340_000, &|bytes| {
        let Ok(members) = CsvMembers::new(bytes, &map, &plans) else { return false };
        members.map(|incoming| incoming.map(lawful).unwrap_or(false)).fold(false, |any, taken| any | taken)
    });
}

#[test]
fn poslog() {
    let tax = "<Tax TaxType=\"VAT\" TaxID=\"1\"><TaxableAmount TaxIncludedInTaxableAmountFlag=\"true\">5.00</TaxableAmount><Amount>0.97</Amount><Percent>24</Percent></Tax>";
    let line = |no: u32, more: &str| {
        format!(
            "<LineItem><SequenceNumber>{no}</SequenceNumber><Sale><ItemID>A{no}</ItemID><Description>Apple</Description><RegularSalesUnitPrice>5.00</RegularSalesUnitPrice><ExtendedAmount>5.00</ExtendedAmount><Quantity>1</Quantity>{more}</Sale></LineItem>"
        )
    };
    let paid = "<LineItem><Tender TenderType=\"CreditDebit\"><Amount>12.00</Amount><Cashback>2.00</Cashback><CreditDebit CardType=\"x\"><PrimaryAccountNumber>************1111</PrimaryAccountNumber></CreditDebit></Tender></LineItem><LineItem><Tender TenderType=\"Cash\"><Amount>-2.00</Amount><Rounding RoundingDirection=\"Down\">0.00</Rounding></Tender></LineItem>";
    let sale = |items: String| {
        format!(
            "<POSLog xmlns:a=\"x\"><Transaction><BusinessUnit><UnitID>1</UnitID></BusinessUnit><WorkstationID>2</WorkstationID><SequenceNumber>3</SequenceNumber><BusinessDayDate>2026-10-12</BusinessDayDate><EndDateTime>2026-10-12T08:26:00</EndDateTime><CurrencyCode>EUR</CurrencyCode><RetailTransaction>{items}</RetailTransaction></Transaction></POSLog>"
        )
    };
    let discount = "<LineItem><Discount><Amount>1.00</Amount><ReasonCode>x</ReasonCode></Discount></LineItem><LineItem><Tender TenderType=\"Cash\"><Amount>9.00</Amount></Tender></LineItem>";
    let back = "<LineItem><Return><ItemID>A</ItemID><ExtendedAmount>5.00</ExtendedAmount><TransactionLink><RetailStoreID>1</RetailStoreID><SequenceNumber>8</SequenceNumber><BusinessDayDate>2026-10-01</BusinessDayDate><LineItemSequenceNumber>4</LineItemSequenceNumber></TransactionLink></Return></LineItem><LineItem><Tender TenderType=\"Cash\"><Amount>-5.00</Amount></Tender></LineItem>";
    let samples = Samples::of([
        sale(format!("{}{}{paid}", line(1, tax), line(2, ""))),
        sale(format!("{}{}{discount}", line(1, ""), line(2, ""))),
        sale(back.to_owned()),
    ]);
    prove("poslog", &samples, 500_000, &|bytes| {
        let log = PosLog::new(bytes, PosLogMap::default(), &shop(), "x", None).unwrap();
        log.map(|incoming| incoming.map(lawful).unwrap_or(false)).fold(false, |any, taken| any | taken)
    });
}

#[test]
fn map() {
    let poslog = "name = \"x\"\ntax = \"included\"\ncurrency = \"EUR\"\nzone = \"Europe/Tallinn\"\nday_ends_at = \"04:00:00\"\nmembers = \"ignore\"\n[tenders]\nShells = \"cash\"\n";
    let form = MAP.replace("[columns]", "[file]\ndelimiter = \";\"\ndecimal = \",\"\ntime = \"%d.%m.%Y %H:%M\"\n[columns]");
    let samples = Samples::of(
        [MAP.as_bytes().to_vec(), form.into_bytes(), poslog.as_bytes().to_vec()]
            .into_iter()
            .chain(samples("resources/maps", ".toml")),
    );
    let rows = format!("{HEAD}\n{}\n{}\n", row("1"), row("2"));
    prove("map", &samples, 500_000, &|bytes| {
        let _ = recognise(None, bytes);
        let Ok(text) = from_utf8(bytes) else { return false };
        let _ = MembersMap::from_toml(text)
            .map(|map| CsvMembers::new(rows.as_bytes(), &map, &[]).map(|members| members.for_each(drop)));
        match Map::from_toml(text) {
            Ok(Map::Sales(map)) => {
                let files = [rows.clone(), rows.replace(',', ";"), rows.replace(',', &map.file.delimiter.to_string())];
                for file in files {
                    if let Ok(sales) = CsvSales::new(file.as_bytes(), (*map).clone(), "x") {
                        sales.for_each(|incoming| drop(incoming.map(lawful)));
                    }
                }
                true
            }
            Ok(Map::PosLog(map)) => PosLog::new(b"<POSLog/>".as_slice(), *map, &shop(), "x", None).is_ok(),
            Err(_) => false,
        }
    });
}

#[test]
fn policy() {
    let samples = Samples(samples("resources/presets", ".toml"));
    let currencies = ["EUR", "JPY", "KWD"].map(|code| Currency::from_code(code).unwrap());
    prove("policy", &samples, 95_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let Ok(policy) = Policy::parse_in(text, "fi") else { return false };
        let written = toml::to_string(&policy).unwrap();
        assert_eq!(Policy::parse(&written).unwrap(), policy);
        for currency in currencies {
            if policy.check_amounts(currency).is_ok() {
                for plan in &policy.plans {
                    let plan = plan.priced(currency).unwrap();
                    let _ = plan.fee.tax_inside(plan.tax);
                    let _ = courtesy::domain::membership::next_term(&plan, None, jiff::civil::date(2026, 2, 28));
                }
            }
        }
        true
    });
}

#[test]
fn spoken() {
    let texts = "about = { en = \"Say \\\"sorry\\\"\", fi = \"Pahoittelu\" }\nreasons = [\"Garantie\", { en = \"Changed mind\", fi = 'Muutti' }, { et = \"Katki\" }]\n[a.b]\nname = { en = \"\"\"\nBasic\"\"\" }\n";
    let samples = Samples::of([texts]);
    prove("spoken", &samples, 1_400_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let Ok(settled) = settle(text, "fi") else { return false };
        assert_eq!(settle(&settled, "fi").unwrap(), settled, "what is settled has nothing left to settle");
        let _ = Dictionary::of(text, "en", "fi").unwrap().say("Changed mind");
        true
    });
}

/// A request of each kind, as people write them.
fn envelopes() -> Vec<String> {
    let jobs = [
        r#"{"job":"refund","goods":{"of":"lines","bill":"536365","lines":[{"line":1,"quantity":"2"},{"line":2}]},"to":"store_credit","reason":"Broken","seen":[{"line":1,"returned":"0.5"}]}"#,
        r#"{"job":"refund","goods":{"of":"item","member":"7","item":"A","quantity":"1"}}"#,
        r#"{"job":"refund","goods":{"of":"bill","bill":"536365"}}"#,
        r#"{"job":"correct_price","bill":"536365","lines":[{"line":1,"price":"2.55"}]}"#,
        r#"{"job":"goodwill","bill":"536365","give":{"percent":"12.5"},"to":"bill"}"#,
        r#"{"job":"goodwill","member":"7","give":{"amount":"5.10 EUR"},"to":"store_credit"}"#,
        r#"{"job":"sign_up","member":"01890a5d-ac96-774b-bcce-b302099a8057","salt":"7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01","person":{"given":"Õie","family":"Saar","born":"1980-02-29"},"plan":"basic","pay":{"tender":"card","reference":"T1"}}"#,
        r#"{"job":"renew","member":"7","plan":"gold","pay":{"tender":"store_credit","credit":"C2-004811"}}"#,
        r#"{"job":"redeem_credit","credit":"C2-004811","amount":"1.00 EUR"}"#,
        r#"{"job":"void","document":"2-004811"}"#,
        r#"{"job":"record_payout","document":"2-004811","payout":1,"outcome":{"paid":"T9"}}"#,
        r#"{"job":"set_staff","staff":{"no":5,"name":"Ivo","role":"clerk","language":"en","active":true}}"#,
        r#"{"job":"adopt_policy","text":"name = 'x'\n"}"#,
        r#"{"job":"re_anchor","reason":"The disk failed"}"#,
        r#"{"job":"close_shift"}"#,
    ];
    let whole = |job: &&str| {
        format!(
            r#"{{"id":"7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01","desk":1,"clerk":2,"at":"2026-11-23T10:00:00Z","approval":{{"by":4,"digest":"{}"}},"request":{job}}}"#,
            "ab".repeat(32)
        )
    };
    jobs.iter().map(whole).collect()
}

#[test]
fn envelope() {
    let samples = Samples::of(envelopes());
    prove("envelope", &samples, 2_600_000, &|bytes| {
        let Ok(envelope) = serde_json::from_slice::<Envelope>(bytes) else { return false };
        let written = serde_json::to_string(&envelope).unwrap();
        assert_eq!(serde_json::from_str::<Envelope>(&written).unwrap(), envelope);
        canonical(&(envelope.desk, envelope.clerk, &envelope.request)).unwrap();
        let _ = courtesy::domain::plain::check(&envelope, &|_| false);
        true
    });
}

#[test]
fn pins() {
    let samples = Samples::of(["# everybody\n1 314159\n2 271828\n\n3\t161803\n", "4294967295 1\n0 x y\n"]);
    prove("pins", &samples, 10_000_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let lines = text.lines().count();
        match Pins::read(text) {
            Ok(pins) => {
                assert!(pins.of(StaffNo(1)).is_none_or(|pin| format!("{pin:?}") == "Pin(***)"), "a PIN is never shown");
                true
            }
            Err(error) => {
                let (courtesy::desk::batch::BadPins::NotAPin { line } | courtesy::desk::batch::BadPins::Twice { line, .. }) =
                    error;
                assert!((1..=lines).contains(&line), "line {line} of {lines}");
                false
            }
        }
    });
}

/// Whether a text is taken for something, which must then be written as something that is taken for the same.
fn reads<T: FromStr + ToString + PartialEq + std::fmt::Debug>(text: &str) -> bool {
    let Ok(read) = text.parse::<T>() else { return false };
    let again = read.to_string().parse::<T>().ok();
    assert_eq!(again.as_ref(), Some(&read), "{text}");
    true
}

#[test]
fn numbers() {
    let hexadecimal = ["ab".repeat(32), "0F".repeat(64)];
    let short = [
        "5.10 EUR",
        "-0.05 USD",
        "100 JPY",
        "1.000 KWD",
        "2",
        "0.5",
        "-1.25",
        "8.25",
        "21",
        "2-004811",
        "C2-004811",
        "1000000005",
        "7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01",
        "EUR",
    ];
    let samples = Samples::of(short.map(str::to_owned).into_iter().chain(hexadecimal));
    prove("numbers", &samples, 6_500_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let money = reads::<Money>(text);
        if let Ok(money) = text.parse::<Money>() {
            for ppm in [0, 1, 210_000, -1_000_000, i64::MAX, i64::MIN] {
                let _ = (money.tax_inside(Rate::from_ppm(ppm)), money.rate(Rate::from_ppm(ppm)));
            }
            let _ = (money.negated(), money.plus(money), money.minus(money), money.to_step(5), money.down_to_step(i64::MAX));
            let _ = (
                money.share(Quantity::ONE, Quantity::from_thousandths(i64::MIN)),
                money.allocate(&[i64::MIN, i64::MAX]),
                money.in_proportion(money, money),
            );
        }
        let others = [
            reads::<Quantity>(text),
            reads::<Rate>(text),
            reads::<Currency>(text),
            reads::<Digest>(text),
            reads::<DocumentNumber>(text),
            reads::<CardNumber>(text),
            reads::<CreditCode>(text),
            reads::<courtesy::domain::note::Salt>(text),
            reads::<MemberId>(text),
            reads::<PublicKey>(text),
            reads::<Signature>(text),
        ];
        let plain = plain_decimal(text).inspect(|decimal| assert_eq!(plain_decimal(&decimal.to_string()), Some(*decimal)));
        money || plain.is_some() || others.contains(&true)
    });
}

#[test]
fn names() {
    let all = ["sale", "folio", "store_credit", "good", "barred", "administrator", "refund", "sign_up", "en", "fi", "american"];
    prove("names", &Samples::of(all), 16_000_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let taken = [
            Tender::from_name(text).map(|tender| tender.name() == text),
            Standing::from_name(text).map(|standing| standing.name() == text),
            Role::from_name(text).map(|role| role.name() == text),
            Job::from_name(text).map(|job| job.name() == text),
            serde_json::from_value::<BillKind>(text.into()).ok().map(|_| true),
        ];
        let _ = (Language::from_code(text), Form::from_code(text));
        assert!(!taken.contains(&Some(false)), "{text}");
        taken.contains(&Some(true)) || Language::from_code(text).is_some()
    });
}

#[test]
fn mark() {
    let samples = Samples::of([
        "COURTESY1/2-004811/-5.10/EUR/0123456789abcdef",
        "COURTESY1/999-9223372036854775807/100/JPY/ffffffffffffffff",
    ]);
    prove("mark", &samples, 10_000_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let Some(mark) = Mark::read(text) else { return false };
        assert_eq!(Mark::read(&mark.to_string()), Some(mark), "{text}");
        true
    });
}

#[test]
fn typed() {
    let samples = Samples::of([
        "5,10",
        "1 234,5",
        "1,234.50",
        "€ 5.5",
        "25,5 %",
        "0,250",
        "31.3.2027",
        "31 Mar 2027",
        "Mar 31, 2027",
        "31. maaliskuuta 2027",
        "2027-03-31",
    ]);
    let words: Vec<Words> =
        Language::ALL.iter().flat_map(|language| Form::ALL.iter().map(|form| Words::in_form(*language, *form))).collect();
    let currencies = ["EUR", "JPY", "KWD"].map(|code| Currency::from_code(code).unwrap());
    prove("typed", &samples, 1_300_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let mut taken = false;
        for words in &words {
            let formats = words.formats();
            for currency in currencies {
                if let Ok(money) = formats.read_money(text, currency) {
                    let again = formats.read_money(&formats.money(money), currency);
                    // Some currencies are written by their codes, which nobody types.
                    assert!(again == Ok(money) || (again.is_err() && currency.code() != "EUR"), "{text}");
                    taken = true;
                }
            }
            if let Ok(day) = formats.read_date(text) {
                assert_eq!(formats.read_date(&formats.date(day)), Ok(day), "{text}");
                taken = true;
            }
            taken |= formats.read_quantity(text).is_ok_and(|quantity| quantity.thousandths() >= 0);
            taken |= formats.read_rate(text).is_ok_and(|rate| (0..=1_000_000).contains(&rate.ppm()));
        }
        taken
    });
}

#[test]
fn person() {
    let samples = Samples::of(["Ilze Bērziņa", "O'Neill", "ilze@example.lv", "+371 2123 4567", "5123 4567", "Elm 1, Riga"]);
    prove("person", &samples, 5_000_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let taken =
            [check_name(text).is_ok(), check_email(text).is_ok(), check_phone(text).is_ok(), check_text(text, 200).is_ok()];
        assert!(is_plain(text.trim()) || !taken.contains(&true), "{text:?}");
        taken.contains(&true)
    });
}

#[test]
fn card_numbers() {
    let samples = Samples::of([
        "paid 4111 1111 1111 1111 thanks",
        "5555-5555-5555-4444",
        "٤١١١١١١١١١١١١١١١",
        "4\u{200b}111\u{ad}1111 11111111",
        "2010-12-01 08:26:00",
        "4111.1111_1111.1111",
    ]);
    prove("card_numbers", &samples, 8_500_000, &|bytes| {
        let bytes_found = payment_card::find(bytes);
        let Ok(text) = from_utf8(bytes) else { return false };
        let masked = payment_card::mask(text);
        assert!(payment_card::find(masked.as_bytes()).is_none(), "{text:?} {masked:?}");
        match bytes_found {
            Some(found) => {
                assert!(text.get(found).is_some() && masked != text, "{text:?}");
                true
            }
            None => {
                assert_eq!(masked, text);
                false
            }
        }
    });
}

#[test]
fn address() {
    let samples = Samples::of([
        "postgres://ann:s3cret@a.shop,b.shop:5433/books?sslmode=require&sslrootcert=%2Fetc%2Fca.pem",
        "postgresql://h/b?connect_timeout=3&keepalives=1&options=-c%20x%3Dy",
        "postgres://u@[::1]:5432/b",
        "postgres://%2Ftmp/b",
    ]);
    prove("address", &samples, 7_000_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let is_secret = text.starts_with("postgres://ann:s3cret@") && text.matches("s3cret").count() == 1;
        match Place::of(Path::new(text)) {
            Ok(Place::Server(address)) => {
                let shown = address.to_string();
                assert!(!is_secret || !shown.contains("s3cret"), "{text} {shown}");
                let _ = (address.first_host(), address.is_private());
                true
            }
            Ok(Place::File(_)) => false,
            Err(error) => {
                assert!(!is_secret || !error.to_string().contains("s3cret"), "{error}");
                false
            }
        }
    });
}

#[test]
fn document() {
    let samples = Samples(samples("tests/golden", ".document"));
    prove("document", &samples, 550_000, &|bytes| {
        let Some(json) = bytes.strip_prefix(ENCODING) else { return false };
        let Ok(document) = serde_json::from_slice::<Document>(json) else { return false };
        let written = canonical(&document).unwrap();
        assert_eq!(serde_json::from_slice::<Document>(written.strip_prefix(ENCODING).unwrap()).unwrap(), document);
        let mark = Mark::of(&document, Digest::of(bytes));
        assert!(mark.agrees(&document, Digest::of(bytes)));
        let _ = document.quote.moved();
        true
    });
}

#[test]
fn paper() {
    let one = r#"{"language":"en","rows":[{"title":["The Shop"]},{"heading":["REFUND"]},{"centered":["Elm 1"]},{"pair":{"left":["Member "],"right":[{"person":"0198a5d0-ac96-774b-bcce-b302099a8057","part":"name"}],"weight":"bold"}},{"item":{"text":["2 x Lamp"],"amount":["5.10"],"detail":null}},{"rule":"dashed"},{"paragraph":["Thank you for coming back"]},{"bars":{"number":"2-000123"}},{"qr":{"payload":"COURTESY1/2-000123/5.10/EUR/0123456789abcdef"}},"space",{"pair":{"left":["Total"],"right":["5.10"],"weight":"big"}}]}"#;
    prove("paper", &Samples::of([one]), 250_000, &|bytes| {
        let Ok(paper) = serde_json::from_slice::<Paper>(bytes) else { return false };
        let written = serde_json::to_string(&paper).unwrap();
        assert_eq!(serde_json::from_str::<Paper>(&written).unwrap(), paper);
        let filled = paper.fill(&|_| Some("Ilze Bērziņa \u{1b}@".to_owned()), "erased");
        let drawn = plain(&filled);
        assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'), "{drawn:?}");
        let _ = preview(&filled);
        true
    });
}

/// A good export, and a folder for what is made of it.
fn export() -> (tempfile::TempDir, String) {
    let program = super::traded();
    assert_eq!(program.run(&["export", "books.jsonl"]).status, 0);
    let text = fs::read_to_string(program.path("books.jsonl")).unwrap();
    (tempfile::tempdir().unwrap(), text)
}

#[test]
fn books() {
    let (folder, good) = export();
    let (file, database) = (folder.path().join("books.jsonl"), folder.path().join("books.db"));
    // Sums are made anew: whoever writes rubbish on purpose knows how.
    prove("books", &Samples::of([good]), 1_000, &|bytes| {
        let text = String::from_utf8_lossy(bytes);
        fs::write(&file, with_sums(&text)).unwrap();
        let Ok(end) = transfer::read(&Place::File(database.clone()), &file, &mut |_, _, _| {}) else {
            assert!(!database.exists(), "something was left");
            return false;
        };
        let mut store = Store::open_existing(&database).unwrap();
        assert_eq!(store.read(|tx| verify(tx, None, &mut |_, _| {})).unwrap().wrong(), 0);
        drop(store);
        let again = folder.path().join("again.jsonl");
        let written =
            transfer::write(&Place::File(database.clone()), &mut fs::File::create(&again).unwrap(), &again, &mut |_, _, _| {})
                .unwrap();
        assert_eq!(written, end);
        for ending in ["db", "db-wal", "db-shm"] {
            let _ = fs::remove_file(database.with_extension(ending));
        }
        true
    });
}

#[test]
fn outside() {
    let folder = tempfile::tempdir().unwrap();
    let outside = Outside::at(folder.path().join("x.outside"));
    let desk = DeskNo(1);
    let head = Head { sequence: 12, hash: Digest::of(b"x") };
    outside.keep_head(desk, head).unwrap();
    outside.make_pepper().unwrap();
    let read = |name: &str| fs::read(outside.folder().join(name)).unwrap();
    let (safe, other) = (folder.path().join("keys.json"), Outside::at(folder.path().join("other.outside")));
    outside.export_secrets(&safe).unwrap();
    let samples = Samples::of([read("desk-1.head"), read("pepper"), fs::read(&safe).unwrap()]);
    let unsent = outside.folder().join("unsent");
    fs::create_dir_all(&unsent).unwrap();
    prove("outside", &samples, 15_000, &|bytes| {
        for name in ["desk-1.head", "desk-1.key-1", "pepper", "unsent/7c0e5d5e-8a43-4c0e-9d0b-5f3a0c1d2e01"] {
            fs::write(outside.folder().join(name), bytes).unwrap();
        }
        assert_eq!(outside.unsent().unwrap().len(), 1);
        fs::write(&safe, bytes).unwrap();
        let brought = other.import_secrets(&safe, &std::collections::BTreeMap::new());
        assert!(brought.is_err() || other.pepper().is_ok(), "what is brought back can be read");
        let found = outside.head(desk);
        let taken = found.is_ok() || outside.pepper().is_ok() || outside.key(desk, 1).is_ok();
        assert_eq!(outside.recall(desk).unwrap().heads[&desk], found.ok().flatten());
        outside.keep_head(desk, head).unwrap();
        assert_eq!(outside.head(desk).unwrap(), Some(head), "what is written over rubbish is read");
        taken
    });
}

#[test]
fn find() {
    let mut demo = demo::open(7, Some(jiff::civil::date(2026, 11, 23)), "en").unwrap();
    let samples = Samples::of([
        "536365",
        "Ilze Bērziņa",
        "+371 2123 4567",
        "C1-000003",
        "1-000001",
        "1000000005",
        "139.12",
        "12.10.2026",
        "heart holder",
        "COURTESY1/1-000001/5.10/EUR/0123456789abcdef",
    ]);
    let desk = std::cell::RefCell::new(&mut demo.desk);
    prove("find", &samples, 300_000, &|bytes| {
        let Ok(text) = from_utf8(bytes) else { return false };
        let mut desk = desk.borrow_mut();
        let found = desk.find(text).unwrap();
        assert!(found.hits.len() <= 20);
        !found.hits.is_empty()
    });
}

/// The control: parsers with a fault that hides behind the first checks, and whose fault must be found within the same count.
#[test]
fn the_control_is_found() {
    let panics = |bytes: &[u8]| {
        let Ok(envelope) = serde_json::from_slice::<Envelope>(bytes) else { return false };
        assert!(envelope.clerk == StaffNo(2), "planted: no other clerk is thought of");
        true
    };
    let forgets = |bytes: &[u8]| {
        let Some(money) = from_utf8(bytes).ok().and_then(|text| text.parse::<Money>().ok()) else { return false };
        // Planted: amounts are written without their sign.
        let written = money.to_string().trim_start_matches('-').to_owned();
        assert_eq!(written.parse(), Ok(money));
        true
    };
    let amount = |bytes: &[u8]| {
        let Some(money) = from_utf8(bytes).ok().and_then(|text| text.parse::<Money>().ok()) else { return false };
        // Planted: a sum that is not checked.
        assert!(money.minor().unsigned_abs() <= LARGEST_MINOR * 9_000, "planted: overflow");
        true
    };
    let mut caught = Vec::new();
    let amounts = Samples::of(["5.10 EUR", "1 JPY"]);
    let planted: [(&str, &Samples, Property<'_>); 3] = [
        ("a panic behind three checks", &Samples::of(envelopes()), &panics),
        ("a wrong round trip", &amounts, &forgets),
        ("an overflow", &amounts, &amount),
    ];
    for (name, samples, property) in planted {
        let fault = fuzz(name, samples, count(2_600_000), property).expect_err(name);
        assert!(fault.contains("COURTESY_SEED="), "{fault}");
        caught.push(name);
    }
    told("bad input: fuzz control", 3, "each found within the count of its parser", &caught.join(", "));
}
