//! Files of tills, maps and rules that are wrong in some way.

use super::{HEAD, MAP, changed, dump, faults_of, refused, row, shop, timed, utf16};
use crate::program::Program;
use crate::proof::{count, told};

/// What must come of a file.
pub enum Wants {
    /// Nothing is taken: one of these statuses, and all of these words.
    Refused(&'static [i32], &'static [&'static str]),
    /// So many bills come in, and these places are told: line, column, kind of fault. Bills named BAD never come in.
    Kept(u64, Vec<(u64, u64, &'static str)>),
    /// So many bills come in and so many are kept aside.
    Aside(u64, u64),
}

use Wants::{Aside, Kept, Refused};

/// A file, what it is called and what must come of it.
pub struct Case {
    pub name: String,
    pub content: Vec<u8>,
    pub wants: Wants,
}

fn case(name: impl Into<String>, content: impl Into<Vec<u8>>, wants: Wants) -> Case {
    Case { name: name.into(), content: content.into(), wants }
}

/// Numbers that are none, or not of this kind.
const NO_NUMBERS: [&str; 24] = [
    "one",
    "1e400",
    "1e3",
    "NaN",
    "inf",
    "-inf",
    "Infinity",
    "0x10",
    "1_000",
    "1 000",
    "\"1,5\"",
    "+-1",
    "--1",
    "1-",
    "1.2.3",
    "-",
    ".",
    "٣",
    "½",
    "²",
    "\u{202e}1",
    "1\u{200b}",
    "'1",
    "123456789012345678901234567890123456789012",
];

/// Bytes that are no UTF-8: a lone byte, an overlong NUL, half a pair, a cut letter, more than there is.
const NO_TEXT: [&[u8]; 5] = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xe2\x82", b"\xf4\x90\x80\x80"];

const CARDS: [&str; 8] = [
    "4111111111111111",
    "4111 1111 1111 1111",
    "5555-5555-5555-4444",
    "3782.822463.10005",
    "x٤١١١١١١١١١١١١١١١",
    "４１１１１１１１１１１１１１１１",
    "4111\u{a0}1111\u{2011}1111\u{2009}1111",
    "4\u{200b}111\u{ad}1111\u{202e}11111111",
];

/// Every column with what cannot stand in it: the good rows around it come in, the bad bill does not.
pub fn columns() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |column: usize, value: &[u8], fault: &'static str| {
        let good = row("BAD");
        let mut fields: Vec<&[u8]> = good.split(',').map(str::as_bytes).collect();
        fields[column - 1] = value;
        let bad = fields.join(&b',');
        let no = cases.len();
        let text = [
            format!("{HEAD}\n{}\n", row(&format!("C{no}-1"))).as_bytes(),
            &bad,
            format!("\n{}\n", row(&format!("C{no}-2"))).as_bytes(),
        ]
        .concat();
        let wants = Kept(2, vec![(3, u64::try_from(column).unwrap(), fault)]);
        cases.push(case(format!("column {column}: {}", String::from_utf8_lossy(value)), text, wants));
    };
    for (column, name) in [(4, "not-a-number"), (6, "not-a-number")] {
        NO_NUMBERS.iter().for_each(|number| add(column, number.as_bytes(), name));
        add(column, b"", "missing");
        add(column, b"  ", "missing");
    }
    for number in ["0.0005", "-1.0001", "0.0000000000000000000000000001"] {
        add(4, number.as_bytes(), "quantity-too-fine");
    }
    add(6, b"2.5500001", "price-too-fine");
    for number in ["9223372036854775.808", "79228162514264337593543950335"] {
        add(4, number.as_bytes(), "money");
    }
    for price in ["92233720368547758.08", "79228162514264337593543950335"] {
        add(6, price.as_bytes(), "money");
    }
    for time in [
        "now",
        "0",
        "2026-13-01 10:00:00",
        "2026-02-29 10:00:00",
        "2026-02-30 10:00:00",
        "2026-11-20 24:00:00",
        "2026-11-20 10:61:00",
        "2026-11-20",
        "20.11.2026 10:00:00",
        "2026-11-20 10:00:00 PM",
        "99999-01-01 10:00:00",
        "٢٠٢٦-11-20 10:00:00",
        "2026-11-20 10:00:00\u{200f}",
        "2026–11–20 10:00:00",
    ] {
        add(5, time.as_bytes(), "not-a-time");
    }
    add(5, b"", "missing");
    for column in [1, 2, 3, 7] {
        for control in ["a\0b", "a\u{1b}[31mb", "a\u{7}b", "a\u{7f}b", "a\u{85}b", "a\u{9b}b"] {
            add(column, control.as_bytes(), "control-character");
        }
        NO_TEXT.iter().for_each(|bytes| add(column, bytes, "not-utf8"));
        add(column, "x".repeat(1_001).as_bytes(), "too-long");
    }
    for column in [3, 7] {
        CARDS.iter().for_each(|card| add(column, card.as_bytes(), "card-number"));
    }
    add(1, b"", "missing");
    cases
}

/// Whole files.
pub fn sales() -> Vec<Case> {
    let rows = |rows: &[&str]| format!("{HEAD}\n{}\n", rows.join("\n"));
    let (one, bad, two) = (row("S1"), row("BAD"), row("S2"));
    let plain = rows(&[&one]);
    let around = |middle: &str| rows(&[&one, middle, &two]);
    let big = "x".repeat(10_000_000);
    let nothing: &[&str] = &["nothing was imported"];
    vec![
        case("empty", "", Refused(&[2], &["the file is empty; nothing was imported"])),
        case("only line ends", "\n\n\n", Refused(&[2], nothing)),
        case("only a header", HEAD, Kept(0, vec![])),
        case("a mark before UTF-8", format!("\u{feff}{plain}"), Kept(1, vec![])),
        case("UTF-16, little end first", utf16(&plain, true), Refused(&[2], &["not UTF-8 text; nothing was imported"])),
        case("UTF-16, big end first", utf16(&plain, false), Refused(&[2], &["not UTF-8 text; nothing was imported"])),
        case("UTF-16 without its mark", &utf16(&plain, true)[2..], Refused(&[2], &["no column", "nothing was imported"])),
        case("UTF-32", plain.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<u8>>(), Refused(&[2], nothing)),
        case("NULs", [0; 100], Refused(&[2], nothing)),
        case("a header in Latin-1", [b"bill,\xe9\n1,2\n".as_slice(), one.as_bytes()].concat(), Refused(&[2], &["not UTF-8"])),
        case("packed by gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03", Refused(&[2], &["zcat FILE | courtesy import sales -"])),
        case("packed by xz", b"\xfd7zXZ\0\0\x04", Refused(&[2], &["xzcat FILE"])),
        case("packed by zstd", b"\x28\xb5\x2f\xfd\x04\0", Refused(&[2], &["zstdcat FILE"])),
        case("packed by bzip2", b"BZh91AY&SY", Refused(&[2], &["bzcat FILE"])),
        case("a spreadsheet", b"PK\x03\x04\x14\0\0\0\x08\0", Refused(&[2], nothing)),
        case("a PDF", b"%PDF-1.7\n1 0 obj\n", Refused(&[2], nothing)),
        case("JSON", "{\"bill\": 1}\n", Refused(&[2], nothing)),
        case("fewer columns", "bill,item\n1,2\n", Refused(&[2], &["has no column “text”", "it has: bill, item"])),
        case("other signs", plain.replace(',', ";"), Refused(&[2], &["has no column “bill”"])),
        case("two columns of a name", plain.replace("text", "bill"), Refused(&[2], &["two columns “bill”"])),
        case("a header that never ends", big.clone(), Refused(&[2, 3], &[])),
        case("a header of a thousand columns", format!("{}\n1\n", "abcdefgh,".repeat(1_000)), Refused(&[2], nothing)),
        case(
            "carriage returns alone",
            plain.replace('\n', "\r"),
            Refused(&[2], &["carriage returns alone", "nothing was imported"]),
        ),
        case("line ends of Windows", plain.replace('\n', "\r\n"), Kept(1, vec![])),
        case("line ends mixed", format!("{HEAD}\r\n{one}\n{two}\r\n"), Kept(2, vec![])),
        case(
            "a carriage return in a row",
            around("BAD\r,A,Apple,1,2026-11-20 10:00:00,1.00,7"),
            Kept(2, vec![(3, 1, "columns"), (3, 1, "missing")]),
        ),
        case("no line end at the end", plain.trim_end(), Kept(1, vec![])),
        case("empty lines between", format!("{HEAD}\n\n{one}\n\n\n{two}\n\n"), Kept(2, vec![])),
        case("blanks between", around("   "), Kept(2, vec![(3, 1, "columns")])),
        case("fewer columns in a row", around("BAD,A"), Kept(2, vec![(3, 1, "columns")])),
        case("more columns in a row", around(&format!("{bad},x")), Kept(2, vec![(3, 1, "columns")])),
        case("a comma at the end", around(&format!("{bad},")), Kept(2, vec![(3, 1, "columns")])),
        case("a row of another sign", around(&bad.replace(',', ";")), Kept(2, vec![(3, 1, "columns")])),
        case("a quote that stays open", around(&bad.replace("Apple", "\"Apple")), Kept(1, vec![(3, 3, "line-break")])),
        case("a quote that takes two lines", around(&bad.replace("Apple", "\"Ap\nple\"")), Kept(2, vec![(3, 3, "line-break")])),
        case("quotes within", around(&row("T0").replace("Apple", "\"Ap\"\"ple\"")), Kept(3, vec![])),
        case("a quote in the middle", around(&row("T1").replace("Apple", "Ap\"ple")), Kept(3, vec![])),
        case("10 MB in a field", around(&bad.replace("Apple", &big)), Kept(1, vec![(3, 1, "too-large")])),
        case("10 MB of commas", around(&",".repeat(10_000_000)), Kept(1, vec![(3, 1, "too-large")])),
        case("10 MB of quotes", around(&"\"".repeat(10_000_000)), Kept(1, vec![(3, 1, "too-large")])),
        case(
            "a bad row of a good bill",
            rows(&[&bad, &bad.replace(",1,", ",many,"), &bad, &two]),
            Kept(1, vec![(3, 4, "not-a-number")]),
        ),
        case("the same row twice", rows(&[&row("U1"), &row("U1")]), Kept(1, vec![])),
        case("two members of a bill", rows(&[&bad, &bad.replace(",7", ",8"), &two]), Aside(1, 1)),
        case("a day nobody traded on", around(&bad.replace("2026-", "0001-")), Aside(2, 1)),
        case(
            "the last day of the calendar",
            around(&bad.replace("2026-11-20 10", "9999-12-31 10")),
            Kept(2, vec![(3, 5, "not-a-time")]),
        ),
        case("more than the books hold", around(&bad.replace("1.00", "10000000000000.01")), Aside(2, 1)),
        case("less than the books hold", around(&bad.replace("1.00", "-10000000000000.01")), Aside(2, 1)),
        case(
            "a quantity past the books",
            around(&bad.replace(",1,", ",1000000000000.001,").replace("1.00", "0.00")),
            Aside(2, 1),
        ),
        case("a price past the books", around(&bad.replace(",1,", ",0,").replace("1.00", "10000000000000")), Aside(2, 1)),
        case(
            "a bill that adds up past the books",
            rows(&[&bad.replace("1.00", "9000000000000.00"), &bad.replace("1.00", "9000000000000.00"), &two]),
            Aside(1, 1),
        ),
        case("minus nothing", around(&row("T2").replace(",1,", ",-0,")), Kept(3, vec![])),
        case(
            "written from right to left",
            around(&row("T3").replace("Apple", "\u{202e}elppA\u{202c} \u{5d0}\u{5d1}")),
            Kept(3, vec![]),
        ),
        case("letters put together", around(&row("T4").replace("Apple", "A\u{30a}\u{301}\u{327}pple 👩‍👩‍👧")), Kept(3, vec![])),
        case("a formula", around(&row("T5").replace("Apple", "=cmd|' /C calc'!A0")), Kept(3, vec![])),
        case("another formula", around(&row("T6").replace("Apple", "@SUM(1+1)*cmd|' /C calc'!A0")), Kept(3, vec![])),
        case("markup", around(&row("T7").replace("Apple", "<script>alert(1)</script>")), Kept(3, vec![])),
        case("SQL", around(&row("T8").replace("Apple", "'); DROP TABLE bill; --")), Kept(3, vec![])),
        case("more lines than a bill has", rows(&vec![bad.as_str(); 20_001]), Aside(0, 1)),
    ]
}

pub fn members() -> Vec<Case> {
    const HEAD: &str = "code,given,family,phone,email,born,since,plan,term_end";
    let around = |middle: &str| format!("{HEAD}\n,Ann,Kask,,,,,,\n{middle}\n,Bo,Kask,,,,,,\n");
    let bad = |middle: &str, column, fault| case(middle.to_owned(), around(middle), Kept(2, vec![(3, column, fault)]));
    let mut cases = vec![
        case("no member", "", Refused(&[2], &["empty"])),
        case("no name", "email,phone\n", Refused(&[2], &["no map fits"])),
        case("members in UTF-16", utf16(HEAD, true), Refused(&[2], &["not UTF-8"])),
        case("members with returns alone", around("").replace('\n', "\r"), Refused(&[2], &["carriage returns"])),
        bad(",BAD", 1, "columns"),
        bad(",,,,,,,,", 3, "missing"),
        bad(",B1D,Kask,,,,,,", 2, "field"),
        bad(",BAD\0,Kask,,,,,,", 2, "control-character"),
        bad(",BAD\u{9b}31m,Kask,,,,,,", 2, "control-character"),
        bad(",BAD,K<b>,,,,,,", 3, "field"),
        bad(",BAD,K,call me,,,,,", 4, "field"),
        bad(",BAD,K,١٢٣٤٥٦٧,,,,,", 4, "field"),
        bad(",BAD,K,+372 1,,,,,", 4, "field"),
        bad(",BAD,K,12345678901234567890,,,,,", 4, "field"),
        bad(",BAD,K,,ann@nowhere,,,,", 5, "field"),
        bad(",BAD,K,,ann@@x.ee,,,,", 5, "field"),
        bad(",BAD,K,,a b@x.ee,,,,", 5, "field"),
        bad(",BAD,K,,Ann <a@x.ee>,,,,", 5, "field"),
        bad(",BAD,K,,4111111111111111@x.ee,,,,", 5, "field"),
        bad(",BAD,K,,,1850-01-01,,,", 6, "field"),
        bad(",BAD,K,,,2021-02-29,,,", 6, "not-a-time"),
        bad(",BAD,K,,,29.02.1980,,,", 6, "not-a-time"),
        bad(",BAD,K,,,,never,,", 7, "not-a-time"),
        bad(",BAD,K,,,,,platinum,2027-01-01", 8, "no-such-plan"),
        bad(",BAD,K,,,,,basic,", 9, "no-term-end"),
        bad(",BAD,K,,,,,basic,2027-02-30", 9, "not-a-time"),
        bad("4111111111111111,BAD,K,,,,,,", 1, "card-number"),
        bad("٤١١١١١١١١١١١١١١١,BAD,K,,,,,,", 1, "card-number"),
    ];
    let long = format!(",BAD{},K,,,,,,", "d".repeat(80));
    cases.push(case("a name of 83 letters", around(&long), Kept(2, vec![(3, 2, "field")])));
    cases
}

/// A sale as a till writes it, around some line items.
fn sale(no: &str, items: &str) -> String {
    format!(
        "<Transaction><RetailStoreID>1</RetailStoreID><WorkstationID>2</WorkstationID><SequenceNumber>{no}</SequenceNumber>\
         <BusinessDayDate>2026-10-12</BusinessDayDate><EndDateTime>2026-10-12T08:26:00</EndDateTime><CurrencyCode>EUR</CurrencyCode>\
         <RetailTransaction>{items}</RetailTransaction></Transaction>\n"
    )
}

fn item(more: &str) -> String {
    format!(
        "<LineItem><SequenceNumber>1</SequenceNumber><Sale><ItemID>A</ItemID><Description>Apple</Description>\
         <RegularSalesUnitPrice>5.00</RegularSalesUnitPrice><ExtendedAmount>5.00</ExtendedAmount><Quantity>1</Quantity>{more}</Sale></LineItem>"
    )
}

const CASH: &str = "<LineItem><Tender TenderType=\"Cash\"><Amount>5.00</Amount></Tender></LineItem>";

pub fn till_logs() -> Vec<Case> {
    let good = |no: &str| sale(no, &format!("{}{CASH}", item("")));
    let bad = good("BAD");
    let log = |middle: &str| format!("<POSLog>\n{}{middle}{}</POSLog>\n", good("X1"), good("X2"));
    let spoilt = |name: &str, from: &str, to: &str, fault| {
        assert!(bad.contains(from), "{from}");
        let text = log(&bad.replacen(from, to, 1));
        // Where in its line the fault is named is for the reader to find; here only that it is.
        case(name, text, Kept(2, vec![(3, 0, fault)]))
    };
    let stops = |name: &str, middle: &str, fault| case(name, log(middle), Kept(1, vec![(3, 0, fault)]));
    let bomb =
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;\">]>";
    let outside = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let many = |part: &str, count: usize| part.repeat(count);
    let accounts: String = (0..2_000)
        .map(|no| {
            format!("<Tender TenderType=\"CreditDebit\"><Amount>0</Amount><AccountNumber>{}</AccountNumber></Tender>", card(no))
        })
        .collect();
    vec![
        case("a till log of nothing", "<POSLog></POSLog>", Kept(0, vec![(1, 0, "no-transactions")])),
        case("a page", "<html><body>404</body></html>", Kept(0, vec![(1, 0, "no-transactions")])),
        case("a till log that only begins", "<", Kept(0, vec![(1, 0, "truncated")])),
        case("a till log in UTF-16", utf16(&log(""), true), Kept(0, vec![(1, 0, "not-utf8")])),
        stops("cut off", &bad[..bad.len() - 60], "xml"),
        stops("an end too many", "</Transaction>", "xml"),
        stops("an end of another", &bad.replace("</Sale>", "</Sold>"), "xml"),
        stops("a cut tag", &bad.replace("<Quantity>", "<Quantity"), "xml"),
        stops("an attribute twice", &bad.replace("<Sale>", "<Sale a=\"1\" a=\"2\">"), "xml"),
        stops("an attribute without quotes", &bad.replace("<Sale>", "<Sale a=1>"), "xml"),
        stops("an entity of its own", &bad.replace("Apple", "&apple;"), "entities"),
        stops("an entity in an attribute", &bad.replace("<Sale>", "<Sale a=\"&x;\">"), "entities"),
        stops("a character that is none", &bad.replace("Apple", "&#xD800;"), "entities"),
        stops("NUL by its number", &bad.replace("Apple", "&#0;"), "entities"),
        case("a thousand million laughs", format!("{bomb}{}", log("")), Kept(0, vec![(1, 0, "entities")])),
        case("a file of the system", format!("{outside}{}", log("").replace("Apple", "&x;")), Kept(0, vec![(1, 0, "entities")])),
        stops("deep", &many("<x>", 100_000), "too-deep"),
        stops("deep within a sale", &bad.replace("<Sale>", &format!("<Sale>{}", many("<x>", 100_000))), "too-deep"),
        case("20 MB in an element", log(&bad.replace("Apple", &many("Apple ", 3_500_000))), Kept(1, vec![(3, 0, "too-large")])),
        case("20 MB in a comment", log(&format!("<!--{}-->", many("x", 20_000_000))), Kept(1, vec![(3, 0, "too-large")])),
        case("20 MB in a tag", log(&format!("<{}>", many("x", 20_000_000))), Kept(1, vec![(3, 0, "too-large")])),
        spoilt("more lines than a sale has", CASH, &many(&item(""), 20_001), "too-many-lines"),
        spoilt(
            "more taxes than can be shared out",
            CASH,
            &format!(
                "{}{}",
                many(&item(""), 5_000),
                many("<LineItem><Tax TaxType=\"VAT\"><Amount>0.01</Amount></Tax></LineItem>", 5_000)
            ),
            "too-many-shares",
        ),
        case(
            "an account in each of 2,000 payments",
            log(&bad.replace(CASH, &format!("<LineItem>{accounts}</LineItem>"))),
            Aside(2, 1),
        ),
        spoilt("NUL", "Apple", "Ap\0ple", "control-character"),
        spoilt("an escape", "Apple", "Ap&#27;[31mple", "control-character"),
        spoilt("a control character of the upper half", "Apple", "Ap\u{9b}ple", "control-character"),
        spoilt("a control character in an attribute", "\"Cash\"", "\"Ca&#1;sh\"", "control-character"),
        spoilt("no number", "<ExtendedAmount>5.00", "<ExtendedAmount>five", "not-a-number"),
        spoilt("an exponent", "<ExtendedAmount>5.00", "<ExtendedAmount>1e400", "not-a-number"),
        spoilt("not a number", "<ExtendedAmount>5.00", "<ExtendedAmount>NaN", "not-a-number"),
        spoilt("digits of another script", "<ExtendedAmount>5.00", "<ExtendedAmount>٥", "not-a-number"),
        spoilt("past counting", "<ExtendedAmount>5.00", "<ExtendedAmount>92233720368547758.08", "money"),
        spoilt("a fine quantity", "<Quantity>1", "<Quantity>0.0001", "quantity-too-fine"),
        spoilt("a huge quantity", "<Quantity>1", "<Quantity>9223372036854775808", "money"),
        spoilt("a fine price", "UnitPrice>5.00", "UnitPrice>5.0000001", "price-too-fine"),
        spoilt("no such hour", "T08:26:00", "T25:26:00", "not-a-time"),
        spoilt("no such day", "2026-10-12<", "2026-02-30<", "not-a-time"),
        spoilt("a day the other way", "2026-10-12<", "12.10.2026<", "not-a-time"),
        spoilt("no till", "<WorkstationID>2</WorkstationID>", "", "missing"),
        spoilt("no number of its own", "<SequenceNumber>BAD</SequenceNumber>", "", "missing"),
        spoilt("a number that is too long", "BAD", &many("BAD", 400), "too-long"),
        spoilt("a shop that is too long", "<RetailStoreID>1", &format!("<RetailStoreID>{}", many("1", 1_001)), "too-long"),
        spoilt("no such currency", "EUR", "€UR", "money"),
        spoilt("a fine payment", "<Amount>5.00", "<Amount>5.001", "money"),
        spoilt("a card number in a note", "</Sale>", "<Note>4111 1111 1111 1111</Note></Sale>", "card-number"),
        spoilt("a hidden card number", "</Sale>", "<Note>٤١١١١١١١١١١١١١١١</Note></Sale>", "card-number"),
        spoilt("a card number in an attribute", "<Sale>", "<Sale a=\"4111111111111111\">", "card-number"),
        case("a sale that does not balance", log(&bad.replace("<Amount>5.00", "<Amount>4.00")), Aside(2, 1)),
        case("a payment of a kind that is unknown", log(&bad.replace("\"Cash\"", "\"Shells\"")), Aside(2, 1)),
        case("an item that is too long", log(&bad.replace("<ItemID>A", &format!("<ItemID>{}", many("A", 1_001)))), Aside(2, 1)),
        case("more than the books hold", log(&bad.replace("5.00", "10000000000000.01")), Aside(2, 1)),
        case("a day nobody traded on", log(&bad.replace("2026-", "0001-")), Aside(2, 1)),
        case("an item laid out for the eye", log(&good("X3").replace("Apple", "Red\n\t  apple")), Kept(3, vec![])),
        case(
            "plain text beside elements",
            log("some words <?php ?> <!-- and -- that -->").replace("-- that", "that"),
            Kept(2, vec![]),
        ),
    ]
}

/// A card number that passes the check, of a running number.
fn card(no: u32) -> String {
    let body = format!("411111{no:09}");
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, byte)| {
            let digit = u32::from(byte - b'0');
            if i % 2 == 1 {
                digit
            } else if digit > 4 {
                digit * 2 - 9
            } else {
                digit * 2
            }
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// Maps: a change of the good one, and what must be said.
pub fn maps() -> Vec<(&'static str, String, &'static str)> {
    let with = |from: &str, to: &str| {
        assert!(MAP.contains(from), "{from}");
        MAP.replacen(from, to, 1)
    };
    let file = |line: &str| with("[columns]", &format!("[file]\n{line}\n[columns]"));
    vec![
        ("nothing", "[columns]".to_owned(), "line 1, column"),
        ("cut off", MAP[..MAP.len() - 30].to_owned(), "the map cannot be read"),
        ("a table twice", with("[says]", "[columns]\n[says]"), "line "),
        ("a name twice", with("bill = \"bill\"", "bill = \"bill\"\nbill = \"b\""), "duplicate key"),
        ("a name of nobody", with("till = \"t\"", "till = \"t\"\ncolour = 1"), "unknown field"),
        ("a number for a text", with("till = \"t\"", "till = 1"), "line "),
        ("a tender of nobody", with("\"cash\"", "\"shells\""), "shells"),
        ("a tax of more than ten times", with("\"20\"", "\"1000.01\""), "tax_rate 1000.01"),
        ("a tax below nothing", with("\"20\"", "\"-100\""), "tax_rate -100"),
        ("a tax that is no number", with("\"20\"", "\"1e3\""), "is not a percentage"),
        ("a tax past counting", with("\"20\"", "\"99999999999999999999\""), "the map cannot be read"),
        ("no such currency", with("\"EUR\"", "\"EU€\""), "not a currency code"),
        ("no such zone", with("Europe/Tallinn", "Mars/Olympus"), "zone Mars/Olympus"),
        ("a zone outside", with("Europe/Tallinn", "../../../etc/passwd"), "zone ../../../etc/passwd"),
        ("bills apart below nothing", with("rows = ", "bills_apart = -1\nrows = "), "line "),
        ("bills apart past counting", with("rows = ", "bills_apart = 99999999999999999999\nrows = "), "line "),
        ("a sign of two letters", file("delimiter = \"ab\""), "line "),
        ("a sign that is a quote", file("delimiter = \"\\\"\""), "delimiter must be one sign"),
        ("a sign that ends lines", file("delimiter = \"\\n\""), "delimiter must be one sign"),
        ("a sign that is a letter", file("delimiter = \"a\""), "delimiter must be one sign"),
        ("a sign past ASCII", file("delimiter = \"·\""), "delimiter must be one sign"),
        ("a decimal sign that is a digit", file("decimal = \"5\""), "decimal must be one sign"),
        ("a decimal sign that is a minus", file("decimal = \"-\""), "decimal must be one sign"),
        ("NUL", "name = \"\0\"".to_owned(), "the map cannot be read"),
        ("deep", format!("a = {}", "[".repeat(100_000)), "the map cannot be read"),
        ("a long dotted name", format!("{} = 1", vec!["a"; 100_000].join(".")), "the map cannot be read"),
        ("a float without an end", with("\"20\"", "inf"), "line "),
        ("a time of no day", with("rows = ", "day_ends_at = \"25:00\"\nrows = "), "line "),
        ("5 MB", format!("# {}\n", "x".repeat(5_000_000)), "longer than"),
    ]
}

/// Rules: a change of a shipped preset, and what must be said.
pub fn policies() -> Vec<(&'static str, String, &'static str)> {
    let club = include_str!("../../../resources/presets/club.toml");
    let with = |from: &str, to: &str| {
        assert!(club.contains(from), "{from}");
        club.replacen(from, to, 1)
    };
    let anniversary = "term = { kind = \"anniversary\", months = 12, continue_within_months = 2 }";
    vec![
        ("nothing", String::new(), "the policy cannot be read"),
        ("rubbish", "\u{1}\u{2}".to_owned(), "the policy cannot be read"),
        ("cut off", club[..club.len() / 2].to_owned(), "the policy cannot be read"),
        ("a name of nobody", with("[payouts]", "[payouts]\nsurprise = 1"), "surprise"),
        ("a name twice", with("[approvals]", "[approvals]\nminutes = 3"), "duplicate key"),
        ("no coin", with("cash_step_minor = 1", "cash_step_minor = 0"), "payouts.cash_step_minor"),
        (
            "a coin past counting",
            with("cash_step_minor = 1", "cash_step_minor = 99999999999999999999"),
            "the policy cannot be read",
        ),
        ("an approval of no minute", with("minutes = 2", "minutes = 0"), "approvals.minutes"),
        ("a term of no month", with(anniversary, "term = { kind = \"rolling\", months = 0 }"), "plans"),
        ("a term below nothing", with(anniversary, "term = { kind = \"rolling\", months = -2147483648 }"), "plans"),
        ("a term of all ages", with(anniversary, "term = { kind = \"rolling\", months = 2147483647 }"), "plans"),
        (
            "a term that begins on no day",
            with(anniversary, "term = { kind = \"fixed\", start_month = 13, start_day = 1 }"),
            "plans",
        ),
        (
            "a term that begins in leap years",
            with(anniversary, "term = { kind = \"fixed\", start_month = 2, start_day = 29 }"),
            "plans",
        ),
        ("a tax that takes the price away", with(anniversary, &format!("{anniversary}\ntax = \"-100\"")), "plans"),
        (
            "status past the calendar",
            with("[status]", "[status]\ngrace = 2147483647\n#").replacen("\ngrace = 1", "\n", 1),
            "status",
        ),
        ("NUL in a text", with("about = ", "about = \"a\\u0000b\" #"), "control characters"),
        ("an escape in a text", with("about = ", "about = \"a\\u001b[31mb\" #"), "control characters"),
        ("deep", format!("about = {}", "[".repeat(100_000)), "the policy cannot be read"),
        ("deep tables", format!("about = {}", "{a=".repeat(100_000)), "the policy cannot be read"),
        ("a long dotted name", format!("{} = 1", vec!["a"; 100_000].join(".")), "the policy cannot be read"),
        ("a long table name", format!("[{}]", vec!["a"; 100_000].join(".")), "the policy cannot be read"),
        ("5 MB", format!("# {}\n", "x".repeat(5_000_000)), "longer than"),
    ]
}

/// What came of importing a file, against what must have come of it.
fn fault_of(program: &Program, what: &str, case: &Case, extension: &str) -> Option<String> {
    let name = format!("{what}.{extension}");
    let rejects = program.path(&format!("{name}.rejects.jsonl"));
    let _ = std::fs::remove_file(&rejects);
    program.write(&name, &case.content);
    let map: &[&str] = if what == "sales" && extension == "csv" { &["--map", "map.toml"] } else { &[] };
    let arguments = [&["--json", "import", what, &name][..], map].concat();
    let (new, aside, places) = match &case.wants {
        Refused(status, says) => return refused(program, "shop.db", &arguments, b"", (status, says)),
        Kept(new, places) => (*new, 0, places.clone()),
        Aside(new, aside) => (*new, *aside, Vec::new()),
    };
    let before = dump(program, "shop.db");
    let ran = timed(&case.name, || program.run(&arguments));
    if let Some(fault) = faults_of(&ran) {
        return Some(fault);
    }
    let is_fine = places.is_empty() && aside == 0;
    if ran.status != i32::from(!is_fine) {
        return Some(format!("status {}: {}{}", ran.status, ran.out, ran.err));
    }
    let counts = ran.json()[0]["counts"].clone();
    let came: u64 = ["new", "same", "members", "members_same"].iter().filter_map(|name| counts[name].as_u64()).sum();
    let told = std::fs::read_to_string(&rejects).unwrap_or_default();
    let told: Vec<serde_json::Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let place = |value: &serde_json::Value, wants: &(u64, u64, &str)| {
        let column = value["column"].as_u64().unwrap();
        value["line"] == wants.0 && (column == wants.1 || wants.1 == 0 && column > 0) && value["fault"] == wants.2
    };
    if told.len() != places.len() || !told.iter().zip(&places).all(|(told, place_of)| place(told, place_of)) {
        return Some(format!("told {told:?}, wanted {places:?}"));
    }
    // A sale's own number of members counts a member that its first bill made.
    let members = if what == "sales" { counts["members"].as_u64().unwrap() } else { 0 };
    if came - members != new || (aside > 0 && counts["aside"] != aside) {
        return Some(format!("{counts}"));
    }
    let after = dump(program, "shop.db");
    let half = |table: &str, text: &str| after[table].iter().any(|row| row.contains(text));
    if half("bill", "BAD") || half("bill_line", "BAD") || half("member", "BAD") {
        return Some("something of what was not taken is in the books".to_owned());
    }
    let lawful = [
        "bill",
        "item",
        "kept_aside",
        "import",
        "member",
        "card",
        "name_",
        "term",
        "till_return",
        "setting",
        "person",
        "text_index",
    ];
    let other: Vec<String> =
        changed(&before, &after).into_iter().filter(|table| !lawful.iter().any(|start| table.starts_with(start))).collect();
    (!other.is_empty()).then(|| format!("{other:?} changed"))
}

fn all_of(program: &Program, what: &str, cases: &[Case], extension: &str) -> Vec<String> {
    let fault = |case: &Case| fault_of(program, what, case, extension).map(|fault| format!("{}: {fault}", case.name));
    cases.iter().filter_map(fault).collect()
}

fn none(faults: &[String]) {
    let short: Vec<String> = faults.iter().map(|fault| fault.chars().take(600).collect()).collect();
    assert!(faults.is_empty(), "{} of them:\n{}", faults.len(), short.join("\n"));
}

#[test]
fn what_cannot_stand_in_a_column_is_told_by_line_and_column() {
    let program = shop();
    let mut cases = columns();
    let all = u32::try_from(cases.len()).unwrap();
    let step = (all / count(all)) as usize;
    cases = cases.into_iter().step_by(step).collect();
    none(&all_of(&program, "sales", &cases, "csv"));
    assert_eq!(program.run(&["verify"]).status, 0);
    told(
        "bad input: columns of sales",
        cases.len() as u64,
        "each told by line and column, nothing of it in the books",
        "see files of sales",
    );
}

#[test]
fn files_of_sales_that_are_wrong_say_so() {
    let program = shop();
    let cases = sales();
    none(&all_of(&program, "sales", &cases, "csv"));
    assert_eq!(program.run(&["verify"]).status, 0, "what is kept aside is told, and nothing is wrong");
    let caught = ["a place is not named", "the rest of a spoilt bill comes in"].map(|plant| {
        let planted: Vec<Case> = columns()
            .into_iter()
            .chain(sales())
            .filter(|case| case.name.starts_with("column 4: one") || case.name == "a bad row of a good bill")
            .collect();
        let program = shop();
        program.plant(plant);
        let faults = all_of(&program, "sales", &planted, "csv");
        assert!(!faults.is_empty(), "{plant} is not noticed");
        format!("{plant}: {} of {} noticed", faults.len(), planted.len())
    });
    told(
        "bad input: files of sales",
        cases.len() as u64,
        "each refused or kept aside as documented, nothing came in half",
        &caught.join("; "),
    );
}

#[test]
fn files_of_members_that_are_wrong_say_so() {
    let program = shop();
    let cases = members();
    none(&all_of(&program, "members", &cases, "csv"));
    told("bad input: files of members", cases.len() as u64, "each refused or told by line and column", "see files of sales");
}

#[test]
fn till_logs_that_are_wrong_say_so() {
    let program = shop();
    let cases = till_logs();
    none(&all_of(&program, "sales", &cases, "xml"));
    told(
        "bad input: till logs",
        cases.len() as u64,
        "each refused or told by line and column, nothing came in half",
        "see files of sales",
    );
}

#[test]
fn maps_that_are_wrong_say_so() {
    let program = shop();
    program.write("good.csv", format!("{HEAD}\n{}\n", row("M1")));
    let cases = maps();
    let mut faults = Vec::new();
    for (name, text, says) in &cases {
        program.write("wrong.toml", text);
        let arguments = ["import", "sales", "good.csv", "--map", "wrong.toml"];
        let says = [*says, "nothing was"];
        faults.extend(refused(&program, "shop.db", &arguments, b"", (&[2], &says)).map(|fault| format!("{name}: {fault}")));
    }
    none(&faults);
    told("bad input: maps", cases.len() as u64, "each refused with its place, the books as they were", "see files of sales");
}

#[test]
fn rules_that_are_wrong_say_so() {
    let program = shop();
    let cases = policies();
    let mut faults = Vec::new();
    for (name, text, says) in &cases {
        program.write("wrong.toml", text);
        let setup = [
            "setup",
            "--policy",
            "wrong.toml",
            "--name",
            "X",
            "--currency",
            "EUR",
            "--zone",
            "Europe/Tallinn",
            "--manager",
            "M",
            "--pins",
            "pins",
        ];
        let set_up = timed(name, || program.on("new.db", &setup, b""));
        let fine = set_up.status == 2 && set_up.err.contains(says) && !program.path("new.db").exists();
        faults.extend(
            faults_of(&set_up)
                .or_else(|| (!fine).then(|| format!("{}{}", set_up.status, set_up.err)))
                .map(|fault| format!("{name}: {fault}")),
        );
        let adopts = super::lines::asks(1, serde_json::json!({ "job": "adopt_policy", "text": text })).to_string();
        let says: &[&str] = if adopts.len() > 1 << 20 { &["longer than 1048576 bytes"] } else { &["\"result\":"] };
        let adopted = refused(&program, "shop.db", &["batch", "-", "--pins", "pins"], adopts.as_bytes(), (&[1], says));
        // That a rule refused it is kept as an event, and so is that somebody showed a PIN.
        let adopted =
            adopted.filter(|fault| !["{\"attempt\", \"event\"}", "{\"attempt\"}"].iter().any(|lawful| fault.starts_with(lawful)));
        faults.extend(adopted.map(|fault| format!("{name}, brought in: {fault}")));
    }
    none(&faults);
    told(
        "bad input: rules",
        cases.len() as u64,
        "each refused with its place, no shop was made, the rules in force stayed",
        "see files of sales",
    );
}
