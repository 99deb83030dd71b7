//! Every parser that takes bytes or text from outside, in one list: which functions it is made of, and what is done to it.

use std::collections::BTreeSet;
use std::path::Path;

/// A parser: the name of its rubbish (a test in `fuzz`, a target in `tests/fuzz/fuzz_targets`) and the functions that are tried by it.
pub const PARSERS: [(&str, &[&str]); 20] = [
    ("csv_sales", &["intake/csv_sales/mod.rs::new", "intake/csv_sales/mod.rs::resume"]),
    ("csv_members", &["intake/csv_members.rs::new", "intake/csv_members.rs::resume"]),
    ("poslog", &["intake/poslog/mod.rs::new"]),
    ("map", &["intake/open.rs::from_toml", "intake/map.rs::from_toml", "intake/open.rs::recognise"]),
    ("policy", &["domain/policy.rs::parse", "domain/policy.rs::parse_in"]),
    ("spoken", &["domain/spoken.rs::settle", "domain/spoken.rs::of"]),
    ("envelope", &["serde: domain/request.rs"]),
    ("pins", &["desk/batch/mod.rs::read", "cli/setup.rs::read"]),
    (
        "numbers",
        &[
            "FromStr: Currency",
            "FromStr: Digest",
            "FromStr: Money",
            "FromStr: Quantity",
            "FromStr: Rate",
            "FromStr: DocumentNumber",
            "FromStr: CardNumber",
            "FromStr: CreditCode",
            "FromStr: Salt",
            "FromStr: $name",
            "FromStr: $type",
            "domain/money/currency.rs::from_code",
            "domain/money/mod.rs::plain_decimal",
            "domain/seal.rs::from_hex",
        ],
    ),
    (
        "names",
        &[
            "domain/bill.rs::from_name",
            "domain/job.rs::from_name",
            "domain/member.rs::from_name",
            "domain/staff.rs::from_name",
            "text/format.rs::from_code",
            "text/language.rs::from_code",
        ],
    ),
    ("mark", &["receipt/mark.rs::read"]),
    ("typed", &["text/read.rs::read_money", "text/read.rs::read_quantity", "text/read.rs::read_rate", "text/read.rs::read_date"]),
    (
        "person",
        &[
            "domain/member.rs::check_text",
            "domain/member.rs::check_name",
            "domain/member.rs::check_email",
            "domain/member.rs::check_phone",
        ],
    ),
    ("card_numbers", &["domain/payment_card.rs::find", "domain/payment_card.rs::mask"]),
    ("address", &["FromStr: Address", "store/place.rs::of"]),
    ("document", &["store/document/find.rs::parse"]),
    ("paper", &["desk/post.rs::read_paper"]),
    ("books", &["store/transfer/read.rs::read", "store/transfer/line.rs::read"]),
    ("outside", &["store/outside/mod.rs::head", "store/outside/unsent.rs::unsent", "store/outside/safe.rs::import_secrets"]),
    ("find", &["desk/find.rs::find", "store/bill/find.rs::search", "store/bill/find.rs::resolve"]),
];

/// Functions of these names that read no text from outside.
const NO_PARSERS: [&str; 3] = ["store/engine/sqlite.rs::read_back", "receipt/layout.rs::from_message", "FromStr: Sum"];

/// What looks like a parser: a public function called so that takes text or bytes, or what makes a type from text.
fn looks_like_one(folder: &str, line: &str) -> Option<String> {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix("impl FromStr for ") {
        return Some(format!("FromStr: {}", rest.trim_end_matches(" {")));
    }
    let rest = line.strip_prefix("pub fn ").or_else(|| line.strip_prefix("pub(super) fn "))?;
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let called = ["read", "parse", "from_", "read_", "parse_", "recognise", "settle", "decode", "import_"];
    let is_called = called.iter().any(|start| name == *start || (start.ends_with('_') && name.starts_with(start)));
    let takes = ["&str", "&[u8]", "impl Read", "&Path", "R,"].iter().any(|kind| rest.contains(kind));
    (is_called && takes).then(|| format!("{folder}::{name}"))
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn no_parser_is_forgotten() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let known: BTreeSet<&str> = PARSERS.iter().flat_map(|(_, functions)| functions.iter().copied()).chain(NO_PARSERS).collect();
    let mut sources = Vec::new();
    files(&root.join("src"), &mut sources);
    let mut forgotten = BTreeSet::new();
    let mut seen = 0;
    for source in sources {
        let text = std::fs::read_to_string(&source).unwrap_or_default();
        let name = source.strip_prefix(root.join("src")).unwrap().to_string_lossy().into_owned();
        let own = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for found in own.lines().filter_map(|line| looks_like_one(&name, line)) {
            seen += 1;
            if !known.contains(found.as_str()) {
                forgotten.insert(found);
            }
        }
    }
    assert!(forgotten.is_empty(), "not in the list of parsers: {forgotten:?}");
    assert!(seen > 25, "{seen} functions look like parsers");
    assert_eq!(
        looks_like_one("a.rs", "    pub fn parse_wish(text: &str) -> Option<Self> {").as_deref(),
        Some("a.rs::parse_wish"),
        "the control"
    );
}

#[test]
fn each_parser_has_its_rubbish_and_its_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let tests = std::fs::read_to_string(root.join("proof/rubbish/fuzz.rs")).unwrap();
    let manifest = std::fs::read_to_string(root.join("fuzz/Cargo.toml")).unwrap();
    for (name, functions) in PARSERS {
        assert!(tests.contains(&format!("fn {name}()")) && !functions.is_empty(), "{name} has no test in fuzz.rs");
        let target = root.join(format!("fuzz/fuzz_targets/{name}.rs"));
        let text = std::fs::read_to_string(&target).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
        assert!(text.contains("fuzz_target!") && text.contains("courtesy::"), "{name}");
        assert!(manifest.contains(&format!("fuzz_targets/{name}.rs")), "{name} is not in tests/fuzz/Cargo.toml");
    }
    assert_eq!(std::fs::read_dir(root.join("fuzz/fuzz_targets")).unwrap().count(), PARSERS.len(), "a target without a parser");
}
