//! One receipt of every kind, kept in `receipts/` for people to look at. The quotes are real: facts are written here, the domain
//! quotes them, and the result is drawn as the desk draws it. `COURTESY_SPECIMENS=write` writes the files anew.

mod cases;
mod facts;

use cases::{Specimen, specimens};
use courtesy::domain::calendar::Moment;
use courtesy::domain::digest::{Digest, canonical};
use courtesy::domain::document::{ApprovalMark, Document, Effect, Quote};
use courtesy::domain::ids::{CardNumber, CreditCode, DeskNo, DocumentId, DocumentNumber, RequestId, StaffNo};
use courtesy::domain::request::Job;
use courtesy::domain::ruling::Outcome;
use courtesy::receipt::compose::{Composing, compose};
use courtesy::receipt::mark::Mark;
use courtesy::receipt::pdf::{self, Imprint};
use courtesy::receipt::{Filled, PersonPart, Row, Slot, text};
use courtesy::text::{Arg, Words};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use uuid::Uuid;

/// When all of it happens: 23 November 2026, 13:37 in Tallinn.
const AT: Moment = Moment { at_us: 1_795_433_820_000_000, offset_min: 120 };

/// The document that a desk would post for a quote.
fn document(number: DocumentNumber, quote: Quote) -> Document {
    let issues = |wanted: fn(&Effect) -> bool| quote.effects.iter().any(wanted);
    let card = issues(|effect| matches!(effect, Effect::IssueCard { .. })).then(|| CardNumber::from_serial(7_042).unwrap());
    let credit = issues(|effect| matches!(effect, Effect::IssueCredit { .. })).then_some(CreditCode(number));
    let (id, request) = (DocumentId(Uuid::from_u128(1)), RequestId(Uuid::from_u128(2)));
    Document { id, number, request, at: AT, approval: None, card, credit, paper: Digest::of(b""), quote, asked: None, note: None }
}

/// For each job its longest document, as a desk would post it.
pub(crate) fn documents() -> BTreeMap<Job, Document> {
    let mut longest: BTreeMap<Job, (usize, Document)> = BTreeMap::new();
    for (at, specimen) in (0..).zip(specimens()) {
        let mut made = document(DocumentNumber { desk: DeskNo(2), sequence: 4_811 + at }, specimen.quote.clone());
        let mark = |role| ApprovalMark { by: StaffNo(3), role, at: AT, digest: Digest::of(b"quote"), own: false };
        made.approval = specimen.quote.verdict().asks().map(mark);
        let length = canonical(&made).unwrap().len();
        if longest.get(&specimen.quote.job).is_none_or(|(known, _)| *known < length) {
            longest.insert(specimen.quote.job, (length, made));
        }
    }
    longest.into_iter().map(|(job, (_, document))| (job, document)).collect()
}

/// A specimen as it would be printed, with what its symbols must say.
struct Drawn {
    filled: Filled,
    pdf: Vec<u8>,
    codes: Vec<String>,
}

fn draw(at: u64, specimen: &Specimen) -> Drawn {
    let verdict = specimen.quote.verdict();
    let needs = matches!(verdict, Outcome::NeedsApproval(_) | Outcome::RefusedUnless(_));
    assert_ne!(verdict, Outcome::Refused, "{}: {:#?}", specimen.name, specimen.quote.rulings);
    assert_eq!(needs, specimen.approver.is_some(), "{}: {:#?}", specimen.name, specimen.quote.rulings);

    let number = DocumentNumber { desk: DeskNo(2), sequence: 4_811 + at };
    let document = document(number, specimen.quote.clone());
    let words = Words::new(specimen.language);
    let composing = Composing {
        shop_name: specimen.shop.0,
        shop_address: specimen.shop.1,
        clerk: "Ann K.",
        approver: specimen.approver,
        number: Some(number),
        at: AT,
        quote: &document.quote,
        card: document.card,
        credit: document.credit,
    };
    let mut paper = compose(&composing, &words);
    let hash = Digest::of(&canonical(&document).unwrap());
    paper.rows.push(Row::Qr { payload: Mark::of(&document, hash).to_string() });
    let person = |slot: Slot| match slot.part {
        PersonPart::Name => Some(specimen.member.to_owned()),
        PersonPart::Card => Some("···· ··0424".to_owned()),
        _ => None,
    };
    let filled = paper.fill(&person, &words.plain("receipt-erased"));
    let filled = match specimen.copy {
        Some(copy) => filled.marked(&words.say("receipt-copy", &[("number", Arg::Count(copy))])),
        None => filled,
    };
    let number = number.to_string();
    let title = format!("{} {number}", words.named(&specimen.quote.job));
    let imprint = Imprint { number: &number, title: &title, author: specimen.shop.0, posted_at_us: AT.at_us };
    let pdf = pdf::draw(&filled, &imprint).unwrap();
    assert_eq!(pdf.replaced, None, "{}", specimen.name);
    let codes = filled.rows.iter().filter_map(|row| match row {
        Row::Bars { number } => Some(format!("CODE-128:{number}\n")),
        Row::Qr { payload } => Some(format!("QR-Code:{payload}\n")),
        _ => None,
    });
    Drawn { codes: codes.collect(), pdf: pdf.bytes, filled }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("receipts")
}

/// Runs one of the programs that these tests need; its absence is a failure.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|e| panic!("`{program}` is needed: {e}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn specimens_are_as_kept() {
    let writes = std::env::var("COURTESY_SPECIMENS").is_ok_and(|how| how == "write");
    let mut differing = Vec::new();
    let mut expected = vec!["README.md".to_owned()];
    for (at, specimen) in (0..).zip(specimens()) {
        let drawn = draw(at, &specimen);
        for (ending, bytes) in [("pdf", drawn.pdf.clone()), ("txt", text::plain(&drawn.filled).into_bytes())] {
            let name = format!("{}.{ending}", specimen.name);
            let path = folder().join(&name);
            if writes {
                std::fs::write(&path, &bytes).unwrap();
            } else if std::fs::read(&path).ok() != Some(bytes) {
                differing.push(name.clone());
            }
            expected.push(name);
        }
    }
    let kept = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    differing.extend(kept.filter(|name| !expected.contains(name)));
    assert!(differing.is_empty(), "differ from what is drawn now: {differing:?}; look, then run with COURTESY_SPECIMENS=write");
}

#[test]
fn specimens_are_sound_and_every_symbol_scans() {
    for (at, specimen) in (0..).zip(specimens()) {
        let drawn = draw(at, &specimen);
        let stem = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("specimen-{}", specimen.name));
        let (stem, pdf) = (stem.to_str().unwrap(), format!("{}.pdf", stem.display()));
        std::fs::write(&pdf, &drawn.pdf).unwrap();
        run("qpdf", &["--check", &pdf]);
        let flowing = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = flowing(&run("pdftotext", &["-layout", &pdf, "-"]));
        for wanted in [specimen.shop.0, "Ann K.", specimen.says] {
            assert!(words.contains(&flowing(wanted)), "{}: {wanted} in {words}", specimen.name);
        }
        run("pdftoppm", &["-r", "203", "-png", "-singlefile", &pdf, stem]);
        let read = run("zbarimg", &["--quiet", &format!("{stem}.png")]);
        for code in drawn.codes {
            assert!(read.contains(&code), "{}: {code} in {read}", specimen.name);
        }
    }
}
