//! The program as a person runs it: arguments in, an exit status and answers out.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What a run answered.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The lines of the answer as JSON.
    pub fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
    }
}

/// A shop in a folder of its own, reached only through the program.
pub struct Program {
    folder: tempfile::TempDir,
    /// The fault that runs from now on have planted.
    plant: OnceLock<String>,
}

/// Staff numbers and PINs as `--pins` reads them.
const PINS: &str = "# everybody\n1 314159\n2 271828\n3 161803\n4 141421\n";

impl Program {
    /// A folder without a shop.
    pub fn without_shop() -> Self {
        let program = Self { folder: tempfile::tempdir().unwrap(), plant: OnceLock::new() };
        program.write("pins", PINS);
        program
    }

    /// A shop under a preset; `more` are further arguments of its setting up.
    pub fn shop(preset: &str, currency: &str, zone: &str, more: &[&str]) -> Self {
        let program = Self::without_shop();
        let setup = ["setup", "--policy", preset, "--name", "The Shop", "--currency", currency, "--zone", zone];
        let ran = program.run(&[&setup[..], &["--manager", "Maria Tamm", "--pins", "pins"], more].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        program
    }

    /// The path of a file in the shop's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the shop's folder.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// Plants a fault into every run from now on.
    pub fn plant(&self, fault: &str) {
        self.plant.set(fault.to_owned()).unwrap();
    }

    /// Runs the program on the shop's database, in the shop's folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.feed(arguments, b"")
    }

    /// The same with something on its standard input.
    pub fn feed(&self, arguments: &[&str], input: &[u8]) -> Ran {
        self.on("shop.db", arguments, input)
    }

    /// The same on another database.
    pub fn on(&self, database: &str, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self.command(database, arguments).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let input = input.to_owned();
        // A program that ends early closes the pipe; that is no fault of the test.
        let writer = std::thread::spawn(move || drop(pipe.write_all(&input)));
        let answer = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { status: answer.status.code().unwrap_or(-1), out: text(answer.stdout), err: text(answer.stderr) }
    }

    /// The program, ready to be started.
    pub fn command(&self, database: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_courtesy"));
        command.current_dir(self.folder.path());
        if !arguments.contains(&"--database") {
            command.args(["--database", database]);
        }
        command.args(arguments).envs(self.plant.get().map(|fault| ("COURTESY_PLANT", fault)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// How the columns of a file of sales are to be read.
pub const MAP: &str = r#"
name = "test"
[columns]
bill = "bill"
item = "item"
text = "text"
quantity = "quantity"
unit_price = "price"
time = "time"
member = "member"
[says]
till = "t"
tender = "cash"
tax = "included"
tax_rate = "20"
currency = "EUR"
zone = "Europe/Tallinn"
rounding = "half_up"
members = "create"
rows = "independent"
"#;

/// A file of the data folder, `$COURTESY_DATA` or `../shared/data`. Where a folder was named it must be there; else it is
/// said that the test does not run.
pub fn data(name: &str) -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("COURTESY_DATA") {
        let file = Path::new(&folder).join(name);
        assert!(file.exists(), "COURTESY_DATA has no {name}");
        return Some(file);
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1).map(|folder| folder.join("shared/data"));
    let found = beside.map(|folder| folder.join(name)).find(|file| file.exists());
    if found.is_none() {
        eprintln!("NOT RUN: {name} is neither in $COURTESY_DATA nor in ../shared/data");
    }
    found
}
