//! What is no plain file where one is named, a file that is not whole yet, and both engines side by side.

use std::io::Write as _;
use std::process::{Command, Stdio};

use courtesy::domain::calendar::ShopDay;
use courtesy::domain::money::Currency;
use courtesy::intake::{Map, SalesMap, Shop, Source, open_sales};

use super::{HEAD, MAP, faults_of, files, refused, row, shop, timed};
use crate::program::Program;
use crate::proof::told;
use crate::server;

#[test]
fn what_is_no_file_is_told_and_a_pipe_is_read() {
    let program = shop();
    std::fs::create_dir(program.path("folder.csv")).unwrap();
    std::os::unix::fs::symlink("loop.csv", program.path("loop.csv")).unwrap();
    let mut faults = Vec::new();
    for (name, says) in [
        ("folder.csv", "folder.csv cannot be opened: Is a directory"),
        ("loop.csv", "loop.csv cannot be opened: Too many levels of symbolic links"),
        ("none.csv", "none.csv cannot be opened: No such file"),
        ("/dev/null", "the file is empty"),
        ("map.toml/x", "cannot be opened: Not a directory"),
    ] {
        let arguments = ["import", "sales", name, "--map", "map.toml"];
        faults.extend(
            refused(&program, "shop.db", &arguments, b"", (&[2, 3], &[says, "nothing was imported"]))
                .map(|fault| format!("{name}: {fault}")),
        );
        for arguments in [&["batch", "-", "--pins", name][..], &["import", "sales", "sales.csv", "--map", name]] {
            if name != "/dev/null" {
                faults.extend(
                    refused(&program, "shop.db", arguments, b"", (&[3], &["nothing was changed"]))
                        .map(|fault| format!("{arguments:?}: {fault}")),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(Command::new("mkfifo").arg(program.path("pipe")).status().unwrap().success());
    let (pipe, text) = (program.path("pipe"), format!("{HEAD}\n{}\n{}\n", row("P1"), row("P2")));
    let writer = std::thread::spawn(move || std::fs::write(pipe, text));
    let piped = timed("a pipe", || program.run(&["--json", "import", "sales", "pipe", "--map", "map.toml"]));
    writer.join().unwrap().unwrap();
    assert_eq!((piped.status, piped.json()[0]["counts"]["new"].as_u64()), (0, Some(2)), "{}", piped.err);
    told("bad input: no files", 13, "each told, the books as they were", "a pipe is read as a file is");
}

#[test]
fn what_never_ends_takes_no_memory() {
    let program = shop();
    for arguments in [
        "batch - --pins /dev/zero",
        "import sales sales.csv --map /dev/zero",
        "import sales /dev/zero --map map.toml",
        "import books /dev/zero",
    ] {
        let limited = format!("ulimit -v 3000000; exec '{}' --database other.db {arguments}", env!("CARGO_BIN_EXE_courtesy"));
        let limited = if arguments.starts_with("import books") { limited } else { limited.replace("other.db", "shop.db") };
        let mut command = Command::new("timeout");
        command.args(["50", "bash", "-c", &limited]).current_dir(program.path("")).stdin(Stdio::null());
        let answer = command.output().unwrap();
        let said = String::from_utf8_lossy(&answer.stderr).into_owned();
        let status = answer.status.code();
        let fine = matches!(status, Some(1..=3));
        assert!(fine && !said.contains("memory") && !said.contains("panicked"), "{arguments}: {status:?} {said}");
    }
    told("bad input: without end", 4, "each refused within 3 GB of address space", "more than that is not to be had");
}

#[test]
fn a_file_that_a_till_is_still_writing_comes_in_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sales.csv");
    // The last figure is cut: 12.50 as far as it was written.
    std::fs::write(&path, format!("{HEAD}\n{}\n{}", row("G1"), row("G2").replace("1.00,7", "12"))).unwrap();
    let zone = jiff::tz::TimeZone::get("Europe/Tallinn").unwrap();
    let shop =
        Shop { day: ShopDay { zone, day_ends_at: jiff::civil::Time::midnight() }, currency: Currency::from_code("EUR").unwrap() };
    let open = || {
        let map = Map::Sales(Box::new(SalesMap::from_toml(MAP).unwrap()));
        open_sales(&Source::File(path.clone()), None, Some(map), &shop, None).unwrap().incomings
    };
    let mut growing = open();
    std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b".50,7\n").unwrap();
    std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(row("G3").as_bytes()).unwrap();
    let all: Vec<_> = growing.by_ref().collect();
    let error = all.iter().find_map(|incoming| incoming.as_ref().err()).map(ToString::to_string).unwrap_or_default();
    assert!(error.contains("it grew or shrank meanwhile") && error.contains("import the file again"), "{error}");
    assert_eq!(open().filter(Result::is_ok).count(), 3, "the control: whole, it comes in");
}

#[test]
fn both_engines_say_the_same_of_the_same_rubbish() {
    let (file, program) = (shop(), Program::without_shop());
    let server = server::shared();
    let address = server.schema();
    let setup = [
        "setup",
        "--policy",
        "club",
        "--name",
        "The Shop",
        "--currency",
        "EUR",
        "--zone",
        "Europe/Tallinn",
        "--manager",
        "Maria Tamm",
        "--pins",
        "pins",
    ];
    let made = program.on(&address, &setup, b"");
    assert_eq!(made.status, 0, "{}", made.err);
    program.write("map.toml", MAP);
    program.write("sales.csv", format!("{HEAD}\n{}\n", row("100")));
    assert_eq!(program.on(&address, &["import", "sales", "sales.csv", "--map", "map.toml"], b"").status, 0);
    let requests = super::lines::requests();
    let input = requests.iter().map(|(line, _)| line.as_slice()).collect::<Vec<_>>().join(&b'\n');
    let batch = ["batch", "-", "--quote", "--pins", "pins"];
    let (one, other) = (file.feed(&batch, &input), program.on(&address, &batch, &input));
    // A quote's digest covers ids that each database has made for itself.
    let bare = |out: &str| out.lines().filter(|line| !line.contains("\"digest\"")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(bare(&one.out), bare(&other.out));
    assert_eq!((one.status, faults_of(&other)), (other.status, None));
    let cases: Vec<_> = files::columns().into_iter().step_by(8).collect();
    for case in &cases {
        let told = [(&file, "shop.db"), (&program, address.as_str())].map(|(program, database)| {
            program.write("case.csv", &case.content);
            let ran = program.on(database, &["--json", "import", "sales", "case.csv", "--map", "map.toml"], b"");
            let rejects = std::fs::read_to_string(program.path("case.csv.rejects.jsonl")).unwrap_or_default();
            (ran.status, ran.json()[0]["counts"]["new"].clone(), rejects)
        });
        assert_eq!(told[0], told[1], "{}", case.name);
    }
    for text in ["a\0b".replace('\0', "\u{1}"), "\u{9b}".into(), "9".repeat(2_000)] {
        assert_eq!(program.on(&address, &["find", &text], b"").status, 1);
    }
    told(
        "bad input: both engines",
        (requests.len() + cases.len()) as u64,
        "the same answers and the same places on both",
        "each answer is held against the other engine's",
    );
}
