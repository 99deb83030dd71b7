//! What people type and scanners send, on the command line and in the window's fields.

use courtesy::domain::ids::{CardNumber, CreditCode, DocumentNumber};
use courtesy::domain::member::{check_email, check_name, check_phone, check_text};
use courtesy::domain::money::Currency;
use courtesy::receipt::mark::Mark;
use courtesy::store::Place;
use courtesy::text::{Form, Language, Words};

use super::{faults_of, refused, shop, timed};
use crate::proof::told;

/// Texts of the scan box that find nothing.
pub fn scanned() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "\t",
        "%",
        "_",
        "'",
        "\"",
        "*",
        "' OR 1=1 --",
        "100\n\n100",
        "\u{1b}[31m",
        "\u{9b}",
        "\u{200f}",
        "\u{202e}001",
        "NEAR(a b)",
        "a* OR b*",
        "\"unclosed",
        "-",
        "--",
        "1-",
        "-1",
        "1-3",
        "0-000001",
        "1000-000001",
        "1-000000",
        "1-999999",
        "1-9223372036854775807",
        "1-9223372036854775808",
        "1-18446744073709551616",
        "C",
        "C1-000009",
        "C99999999999999999999-000001",
        "COURTESY1",
        "COURTESY1/",
        "COURTESY1////",
        "COURTESY1/1-000001/5.10/EUR/0123456789abcde",
        "COURTESY1/1-000001/5.10/XXX/0123456789abcdef",
        "COURTESY1/1-000001/1e9/EUR/0123456789abcdef",
        "COURTESY1/1-999999/5.10/EUR/0123456789abcdef",
        "COURTESY1/0-000001/5.10/EUR/0123456789abcdef",
        "COURTESY1/1-000001/5.10/EUR/0123456789abcdef/x",
        "COURTESY2/1-000001/5.10/EUR/0123456789abcdef",
        "https://example.com/COURTESY1",
        "1234567890",
        "0000000000",
        "99999999999999999999",
        "2026-02-30",
        "31.2.2026",
        "1e400",
        "NaN",
        "-0",
        "1,2,3",
        "4111111111111111",
        "٤١١١١١١١١١١١١١١١",
        "🦀",
        "A\u{30a}\u{301}\u{327}",
        "\u{feff}",
        "00000000-0000-0000-0000-000000000000",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("a ".repeat(30_000));
    texts.push("9".repeat(100_000));
    texts
}

/// What nobody may type for a number, a quantity, a percentage or a day, in any language and form.
pub fn typed() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "abc",
        "-5",
        "\u{2212}5",
        "\u{2013}5",
        "+5",
        "1e400",
        "1e3",
        "NaN",
        "inf",
        "0x10",
        "1_000",
        ".",
        ",",
        "..",
        "1.2.3.4",
        "1,2,3,4",
        "12 34",
        "1 234.567,8",
        "٥",
        "½",
        "５",
        "5\0",
        "5\u{200b}",
        "\u{202e}5",
        "5\u{1b}",
        "99999999999999999999",
        "5€€€€x",
        "--5",
        "5-",
        "(5)",
        "'5",
        "=5",
        "5;5",
        "5/",
        "\u{feff}5",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("9".repeat(10_000_000));
    texts.push("1.".repeat(1_000_000));
    texts
}

/// Addresses of servers that cannot be used, and what must be said.
pub fn addresses() -> Vec<(&'static str, &'static str)> {
    vec![
        ("postgres://", "the address of the server cannot be used"),
        ("postgres://host", "it names no database"),
        ("postgres:///books", "it names no host"),
        ("postgres://h:x/b", "the address of the server cannot be used"),
        ("postgres://h:99999/b", "the address of the server cannot be used"),
        ("postgres://h:-1/b", "the address of the server cannot be used"),
        ("postgres://[::1/b", "the address of the server cannot be used"),
        ("postgres://u:s3cret@h:x/b", "the address of the server cannot be used"),
        ("postgres://u:s3cret%ff@h/b", "nothing was"),
        ("postgres://u:s3cret@h/b?sslmode=maybe", "the address of the server cannot be used"),
        ("postgres://u:s3cret@h/b?sslmode", "the address of the server cannot be used"),
        ("postgres://u:s3cret@h/b?connect_timeout=abc", "the address of the server cannot be used"),
        ("postgres://u:s3cret@h/b?password=s3cret&colour=red", "the address of the server cannot be used"),
        ("postgres://u:s3cret@h/b?target_session_attrs=any-thing", "the address of the server cannot be used"),
        ("postgres://u:s3cret@127.0.0.1:1/b", "does not answer"),
        ("postgres://u:s3cret@127.0.0.1:1/b?sslmode=require&sslrootcert=/no/such/file", "nothing was"),
        ("postgres://u:s3cret@127.0.0.1:1/b%00", "nothing was"),
        ("postgres://u%00:s3cret@127.0.0.1:1/b", "nothing was"),
        ("postgres://u:s3cret@%2Fno%2Fsuch%2Fsocket/b", "nothing was"),
        ("postgres://u:s3cret@h%00/b", "nothing was"),
        ("postgresql://h/b?host=&port=", "nothing was"),
        ("Postgres://u:s3cret@127.0.0.1:1/b", "does not answer"),
        ("POSTGRESQL://u:s3cret@h/b?sslmode=maybe", "the address of the server cannot be used"),
        ("mysql://u:s3cret@h/b", "the address of the server cannot be used"),
        (" postgres://u:s3cret@h/b", "the address of the server cannot be used"),
        ("postgres:/u:s3cret@h/b", "the address of the server cannot be used"),
        ("postgres//u:s3cret@h/b", "the address of the server cannot be used"),
        ("u:s3cret@h/b", "the address of the server cannot be used"),
        ("host=h password=s3cret dbname=b", "the address of the server cannot be used"),
    ]
}

#[test]
fn what_is_scanned_and_is_nothing_finds_nothing() {
    let program = shop();
    let cases = scanned();
    let mut faults = Vec::new();
    for text in &cases {
        let shown: String = text.chars().take(40).collect();
        let fault = refused(&program, "shop.db", &["find", "--", text], b"", (&[1], &[]));
        faults.extend(fault.map(|fault| format!("{shown:?}: {fault}")));
        if text.len() < 2_000 {
            let show = timed(&shown, || program.run(&["show", "--", text]));
            faults.extend(
                faults_of(&show)
                    .or_else(|| (show.status == 0).then(|| "found".to_owned()))
                    .map(|fault| format!("show {shown:?}: {fault}")),
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(program.run(&["find", "100"]).status, 0, "the control finds the bill that is there");
    told("bad input: scanned", cases.len() as u64, "nothing found, nothing changed", "a bill that is there is found");
}

#[test]
fn what_is_typed_and_is_no_number_is_none_in_any_language() {
    let currencies = ["EUR", "JPY", "KWD"].map(|code| Currency::from_code(code).unwrap());
    let mut tried = 0;
    for language in Language::ALL.iter().copied() {
        for form in Form::ALL.iter().copied() {
            let words = Words::in_form(language, form);
            let formats = words.formats();
            for text in typed() {
                let money = currencies.map(|currency| {
                    formats.read_money(&text, currency).map(|money| money.to_string()).map_err(|error| error.say(&words))
                });
                let others = [
                    formats.read_quantity(&text).map(|quantity| quantity.to_string()).map_err(|error| error.say(&words)),
                    formats.read_rate(&text).map(|rate| rate.to_string()).map_err(|error| error.say(&words)),
                    formats.read_date(&text).map(|date| date.to_string()).map_err(|error| error.say(&words)),
                ];
                for read in money.into_iter().chain(others) {
                    let shown: String = text.chars().take(40).collect();
                    let said = read.expect_err(&shown);
                    assert!(!said.contains(['⟦', '{']), "{said}");
                    tried += 1;
                }
            }
        }
    }
    assert_eq!(
        Words::new(Language::En).formats().read_quantity("2").map(|quantity| quantity.thousandths()),
        Ok(2_000),
        "the control"
    );
    told("bad input: typed", tried, "none taken for a number, a quantity, a percentage or a day", "“2” is taken");
}

#[test]
fn fields_of_people_take_no_rubbish() {
    let long = "x".repeat(1_000_000);
    for text in ["a\0b", "a\u{1b}b", "a\u{85}b", "a\nb", "a\u{7f}b", "4111 1111 1111 1111", "٤١١١١١١١١١١١١١١١", long.as_str()]
    {
        let shown: String = text.chars().take(40).collect();
        assert!(check_name(text).is_err() || text.starts_with('٤'), "{shown:?}");
        assert!(check_phone(text).is_err() && check_email(text).is_err() && check_text(text, 200).is_err(), "{shown:?}");
    }
    assert!(check_name("Ilze").is_ok() && check_phone("5123 4567").is_ok() && check_email("oie@saar.ee").is_ok(), "the control");
    for text in scanned() {
        let text = text.as_str();
        let card = text.parse::<CardNumber>().is_ok();
        let taken = [
            card,
            text.parse::<CreditCode>().is_ok_and(|code| code.to_string() != text),
            Mark::read(text).is_some_and(|mark| mark.to_string() != text),
        ];
        assert!(
            !taken.contains(&true) && text.parse::<DocumentNumber>().ok().is_none_or(|number| number.to_string() == text),
            "{text}"
        );
    }
}

#[test]
fn addresses_that_cannot_be_are_refused_and_keep_their_password() {
    let program = shop();
    let cases = addresses();
    let mut faults = Vec::new();
    for (address, says) in &cases {
        let ran = timed(address, || program.on(address, &["find", "x"], b""));
        let fine = [2, 3].contains(&ran.status) && ran.err.contains(says) && !ran.err.contains("s3cret");
        faults.extend(
            faults_of(&ran)
                .or_else(|| (!fine).then(|| format!("{} {}", ran.status, ran.err)))
                .map(|fault| format!("{address}: {fault}")),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(matches!(Place::of("postgres://u@h/b".as_ref()), Ok(Place::Server(_))), "the control");
    for path in ["/home/a=b/shop.db", "C:\\x", "./postgres://u@h/b"] {
        assert!(matches!(Place::of(path.as_ref()), Ok(Place::File(_))), "{path}");
    }
    told("bad input: addresses", cases.len() as u64, "each refused, no password told", "a good address is taken");
}
