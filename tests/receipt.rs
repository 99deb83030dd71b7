//! Receipts as a printer, a scanner and a screen reader see them: checked by the real programs.

use courtesy::receipt::pdf::{self, Imprint, Pdf};
use courtesy::receipt::print::{Handed, Job, Lp, PrintError, Printer};
use courtesy::receipt::{Filled, Line, Paper, PersonPart, Row, Slot, Text, Weight, text};
use std::path::{Path, PathBuf};
use std::process::Command;
use uuid::Uuid;

const NUMBER: &str = "2-000123";
const PAYLOAD: &str = "courtesy:2-000123:9f86d081884c7d65";
const LETTERS: &str = "Ilze Bērziņa, Õie Šaar, Ștefan Țurcanu, Äijälä";
const IMPRINT: Imprint<'_> =
    Imprint { number: NUMBER, title: "Hyvitys 2-000123", author: "Õunapuu & Bērziņš", posted_at_us: 1_795_400_000_000_000 };

fn pair(left: &str, right: &str, weight: Weight) -> Row {
    Row::Pair { left: left.into(), right: right.into(), weight }
}

fn item(text: &str, amount: &str, detail: &str) -> Row {
    let detail = (!detail.is_empty()).then(|| detail.into());
    Row::Item { text: text.into(), amount: amount.into(), detail }
}

/// A refund with everything on it.
fn refund() -> Paper {
    let member = Slot { person: Uuid::from_u128(1), part: PersonPart::Name };
    let card = Slot { person: Uuid::from_u128(1), part: PersonPart::Card };
    Paper {
        language: "en".into(),
        rows: vec![
            Row::Title("Baltic Warehouse Club".into()),
            Row::Centered("Riga Road 1 · 10115 Tallinn · Desk 2".into()),
            Row::Rule(Line::Dashed),
            Row::Heading("REFUND".into()),
            pair("Number", NUMBER, Weight::Normal),
            pair("Bill 536365", "12.10.2026", Weight::Normal),
            Row::Pair { left: "Member".into(), right: member.into(), weight: Weight::Normal },
            Row::Pair { left: "Card".into(), right: card.into(), weight: Weight::Normal },
            Row::Rule(Line::Dashed),
            item("White hanging heart t-light holder", "−5.10", "2 × 2.55"),
            item("Desk lamp, brass", "−74.90", ""),
            Row::Rule(Line::Dashed),
            pair("Net", "−66.12", Weight::Normal),
            pair("VAT 21 %", "−13.88", Weight::Normal),
            Row::Rule(Line::Solid),
            pair("BACK", "80.00 €", Weight::Big),
            pair("Card ··4821", "80.00", Weight::Bold),
            Row::Rule(Line::Dashed),
            pair("Reason", "changed mind", Weight::Normal),
            pair("Approved by", "M. Tamm", Weight::Normal),
            Row::Space,
            Row::Paragraph("The amount goes back to the card it was paid with and shows there within three banking days. Keep this receipt: it proves what came back.".into()),
            Row::Bars { number: NUMBER.into() },
            Row::Qr { payload: PAYLOAD.into() },
            Row::Centered("Thank you, and until next time".into()),
        ],
    }
}

/// Long words, long names, large amounts, many lines.
fn hard() -> Paper {
    let mut rows = vec![
        Row::Title("Äänekosken Kuntosaliosuuskunnan Jäsenpalvelupiste".into()),
        Row::Centered("Lentokonesuihkuturbiinimoottoriapumekaanikonkatu 12 B 34, 44100 Äänekoski".into()),
        Row::Rule(Line::Dashed),
        Row::Heading("JÄSENMAKSUNPALAUTUSTOSITE".into()),
        pair("Asiakasomistajajäsenyystunnus", "4000 0000 7719", Weight::Normal),
        pair("Jäsen", "Maximiliana-Aleksandra von Hohenlohe-Waldenburg-Schillingsfürst", Weight::Normal),
        Row::Paragraph(LETTERS.into()),
        Row::Rule(Line::Dashed),
    ];
    let names = ["Kõrvitsaseemneõli 250 ml", "Žurnāls „Ādaži” ķīselis", "Brânză de vacă țărănească", "Ruisleipä täysjyvä"];
    for at in 0..60 {
        rows.push(item(names[at % 4], &format!("−{},{:02}", at * 7 + 1, at * 13 % 100), &format!("{at} × 2,55")));
    }
    rows.extend([
        item(
            "Kaksitoistamiljoonaakolmesataaneljäkymmentäviisituhatta kultaharkkoa",
            "−12\u{202f}345\u{202f}678,90",
            "1 × 12\u{202f}345\u{202f}678,90",
        ),
        Row::Rule(Line::Solid),
        pair("PALAUTETAAN YHTEENSÄ", "12\u{202f}345\u{202f}678,90\u{a0}€", Weight::Big),
        pair("HYVITYS", "12\u{202f}345\u{202f}678,90\u{a0}€", Weight::Big),
        Row::Bars { number: "HELSINKI-2-000123".into() },
        Row::Qr { payload: format!("https://pood.example/r/{PAYLOAD}?{}", "x".repeat(80)) },
    ]);
    Paper { language: "fi".into(), rows }
}

fn filled(paper: &Paper) -> Filled {
    let known = |slot: Slot| match slot.part {
        PersonPart::Name => Some("Ilze Bērziņa".to_owned()),
        PersonPart::Card => Some("4000 ··· 7719".to_owned()),
        _ => None,
    };
    paper.fill(&known, "erased")
}

fn drawn(filled: &Filled) -> Pdf {
    pdf::draw(filled, &IMPRINT).unwrap()
}

/// Writes the file where it can be looked at afterwards.
fn saved(name: &str, pdf: &Pdf) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&path, &pdf.bytes).unwrap();
    path
}

/// Runs one of the programs that these tests need; its absence is a failure.
fn run(program: &str, package: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|e| panic!("`{program}` is needed by this test (Debian package {package}): {e}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{program} {arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

fn words(path: &Path) -> String {
    run("pdftotext", "poppler-utils", &["-layout", path.to_str().unwrap(), "-"])
}

fn scanned(path: &Path) -> String {
    let picture = path.with_extension("");
    run("pdftoppm", "poppler-utils", &["-r", "203", "-png", "-singlefile", path.to_str().unwrap(), picture.to_str().unwrap()]);
    run("zbarimg", "zbar-tools", &["--quiet", path.with_extension("png").to_str().unwrap()])
}

#[test]
fn files_are_sound_and_small() {
    for (name, paper) in [("refund", refund()), ("hard", hard())] {
        let pdf = drawn(&filled(&paper));
        assert_eq!(pdf.replaced, None);
        assert!(pdf.bytes.len() < 35 * 1024, "{name}: {} bytes", pdf.bytes.len());
        let path = saved(name, &pdf);
        run("qpdf", "qpdf", &["--check", path.to_str().unwrap()]);
        let info = run("pdfinfo", "poppler-utils", &[path.to_str().unwrap()]);
        assert!(info.contains("Hyvitys 2-000123") && info.contains("Õunapuu & Bērziņš"), "{info}");
        assert!(info.contains("Pages:           1\n") && info.contains("226.77"), "{info}");
    }
}

#[test]
fn words_come_back_letter_by_letter() {
    let text = words(&saved("words", &drawn(&filled(&hard()))));
    let flowing = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flowing.contains(LETTERS), "{text}");
    assert!(text.contains("Brânză de vacă țărănească") && text.contains("−12 345 678,90"), "{text}");
    let text = words(&saved("member", &drawn(&filled(&refund()))));
    let member = text.lines().find(|line| line.contains("Member")).unwrap();
    assert!(member.ends_with("Ilze Bērziņa"), "{text}");
}

#[test]
fn scanners_read_bars_and_squares() {
    let table = [
        ("scan", refund(), NUMBER, PAYLOAD),
        ("scan-hard", hard(), "HELSINKI-2-000123", "https://pood.example/r/courtesy:2-000123"),
    ];
    for (name, paper, number, payload) in table {
        let read = scanned(&saved(name, &drawn(&filled(&paper))));
        assert!(read.contains(&format!("CODE-128:{number}\n")), "{name}: {read}");
        assert!(read.contains(&format!("QR-Code:{payload}")), "{name}: {read}");
    }
}

#[test]
fn the_same_receipt_is_the_same_bytes() {
    let receipt = filled(&refund());
    assert_eq!(drawn(&receipt), drawn(&receipt));
    let copy = drawn(&receipt.marked("COPY 2"));
    let text = words(&saved("copy", &copy));
    assert_eq!(text.trim().lines().next(), Some("COPY 2"), "{text}");
}

#[test]
fn a_letter_outside_the_font_is_shown_and_reported() {
    let paper = Paper { language: "en".into(), rows: vec![pair("Member", "漢字 Ann", Weight::Normal)] };
    let pdf = drawn(&filled(&paper));
    let replaced = pdf.replaced.clone().unwrap();
    assert_eq!(replaced.letters, ['字', '漢']);
    assert!(replaced.to_string().contains("漢 (U+6F22)"), "{replaced}");
    assert!(words(&saved("missing", &pdf)).contains("\u{fffd}\u{fffd} Ann"));
}

#[test]
fn an_erased_person_is_not_on_paper() {
    let text = words(&saved("erased", &drawn(&refund().fill(&|_| None, "erased"))));
    assert!(!text.contains("Ilze") && text.contains("erased"), "{text}");
}

#[test]
fn a_very_long_receipt_goes_on_on_a_further_sheet() {
    let rows = (0..2_000).map(|at| pair(&format!("Line {at}"), "1.00", Weight::Normal)).collect();
    let pdf = drawn(&filled(&Paper { language: "en".into(), rows }));
    let path = saved("long", &pdf);
    run("qpdf", "qpdf", &["--check", path.to_str().unwrap()]);
    let text = words(&path);
    assert!((0..2_000).all(|at| text.contains(&format!("Line {at} "))), "every line is printed");
}

#[test]
fn the_plain_text_says_the_same() {
    let text = text::plain(&filled(&refund()));
    for word in ["Baltic Warehouse Club", "REFUND", "Ilze Bērziņa", "80.00 €", NUMBER, PAYLOAD] {
        assert!(text.contains(word), "{word} in\n{text}");
    }
}

fn job(copy: Option<u32>) -> Job {
    let receipt = filled(&refund());
    Job { number: NUMBER.into(), copy, pdf: drawn(&receipt).bytes, text: text::plain(&receipt) }
}

#[test]
fn a_folder_gets_a_job_once_however_often_it_is_told() {
    let home = tempfile::tempdir().unwrap();
    let folder = Printer::Folder(home.path().join("receipts"));
    let once = folder.deliver(&job(None)).unwrap();
    assert_eq!(folder.deliver(&job(None)).unwrap(), once);
    folder.deliver(&job(Some(2))).unwrap();
    let mut names: Vec<_> = std::fs::read_dir(home.path().join("receipts"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["2-000123.copy-2.pdf", "2-000123.copy-2.txt", "2-000123.pdf", "2-000123.txt"]);
    let Handed::Filed { pdf, .. } = once else { panic!("filed") };
    assert_eq!(std::fs::read(pdf).unwrap(), job(None).pdf);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let home = tempfile::NamedTempFile::new().unwrap();
    let error = Printer::Folder(home.path().join("receipts")).deliver(&job(None)).unwrap_err();
    assert!(matches!(&error, PrintError::Folder { path, .. } if path.starts_with(home.path())), "{error}");
    assert!(error.to_string().contains("the money is right"), "{error}");
}

#[cfg(unix)]
mod lp {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn program(home: &Path, name: &str, script: &str) -> PathBuf {
        let program = home.join(name);
        std::fs::write(&program, format!("#!/bin/sh\ncd {}\n{script}\n", home.display())).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        program
    }

    /// An `lp` that runs `script` in its own folder.
    fn lp(home: &Path, script: &str) -> Printer {
        Printer::Lp(Lp { queue: Some("till".into()), program: program(home, "lp", script) })
    }

    /// A spooler in two scripts that answers as CUPS 2.4 does, and notes on `paper` each time it prints.
    fn spooler(home: &Path) -> Printer {
        program(home, "lpstat", "cat printed 2> /dev/null; exit 0");
        lp(
            home,
            r#"case "$1 $2" in
               '-H hold') echo "$*" | sed 's/ -- .*//' > told; shift 7; cp "$1" held; echo 'request id is till-42 (1 file(s))';;
               '-i till-42') [ -e printed ] && { echo 'lp: Job #42 is finished and cannot be altered.' >&2; exit 1; }
                    cat held >> paper; echo 'till-42  ann  12288  Mon 23 Nov 2026' > printed;;
               *) echo "lp: Job $2 does not exist." >&2; exit 1;;
               esac"#,
        )
    }

    #[test]
    fn the_spooler_gets_the_file_its_queue_and_its_name() {
        let home = tempfile::tempdir().unwrap();
        let printer = spooler(home.path());
        let handed = printer.hold(&job(Some(2))).unwrap();
        assert_eq!(handed, Handed::Spooled { request: "till-42".into() });
        assert_eq!(std::fs::read_to_string(home.path().join("told")).unwrap(), "-H hold -t 2-000123.copy-2 -d till\n");
        assert!(!home.path().join("paper").exists(), "a held job is not printed");
    }

    #[test]
    fn a_job_released_twice_prints_once() {
        let home = tempfile::tempdir().unwrap();
        let printer = spooler(home.path());
        let handed = printer.deliver(&job(None)).unwrap();
        let noted = serde_json::to_string(&handed).unwrap();
        printer.release(&serde_json::from_str(&noted).unwrap()).unwrap();
        assert_eq!(std::fs::read(home.path().join("paper")).unwrap(), job(None).pdf);
        let error = printer.release(&Handed::Spooled { request: "till-7".into() }).unwrap_err();
        assert!(error.to_string().contains("till-7 does not exist"), "{error}");
    }

    #[test]
    fn a_broken_spooler_says_what_to_do() {
        let home = tempfile::tempdir().unwrap();
        let error = lp(home.path(), "echo 'lp: Error - The printer or class does not exist.' >&2; exit 1")
            .deliver(&job(None))
            .unwrap_err();
        assert!(matches!(&error, PrintError::Refused { queue: Some(queue), .. } if queue == "till"), "{error}");
        assert!(
            error.to_string().contains("class does not exist") && error.to_string().contains("print the document again"),
            "{error}"
        );

        let absent = Printer::Lp(Lp { queue: None, program: home.path().join("none") });
        let error = absent.deliver(&job(None)).unwrap_err();
        assert!(matches!(error, PrintError::NoProgram { .. }), "{error}");

        std::fs::set_permissions(home.path().join("lp"), std::fs::Permissions::from_mode(0o644)).unwrap();
        let barred = Printer::Lp(Lp { queue: None, program: home.path().join("lp") });
        let error = barred.deliver(&job(None)).unwrap_err();
        assert!(matches!(error, PrintError::NotRun { .. }), "{error}");
    }
}

#[test]
fn a_message_with_a_slot_is_filled_in_its_place() {
    let slot = Slot { person: Uuid::from_u128(1), part: PersonPart::Name };
    let text = Text::from_message(&format!("Kiitos, {}!", Text::mark(0)), &[slot]);
    let paper = Paper { language: "fi".into(), rows: vec![Row::Centered(text)] };
    assert_eq!(filled(&paper).rows, [Row::Centered("Kiitos, Ilze Bērziņa!".to_owned())]);
}
