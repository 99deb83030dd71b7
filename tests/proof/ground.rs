//! What the faults are tried on: a shop that trades, the work of a desk, and one look that every test takes afterwards.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use courtesy::desk::{Desk, SystemClock};
use courtesy::domain::ids::DeskNo;
use courtesy::receipt::print::Printer;
use courtesy::store::Store;
use courtesy::store::verify::verify;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::program::MAP;

pub const PINS: &str = "1 314159\n2 271828\n";

const SALES: &str = "bill,item,text,quantity,time,price,member
100,A,Apple,1000000,2026-11-20 10:00:00,1.00,7
101,B,Bread,10,2026-11-20 10:00:00,2.00,7
";

/// A shop in a folder, reached through the program and looked at by the library.
#[derive(Debug, Clone)]
pub struct Ground {
    pub folder: PathBuf,
    /// The store credit that was issued.
    pub credit: String,
}

impl Ground {
    /// A shop with sales, a store credit and an open shift.
    pub fn new(folder: &Path) -> Self {
        std::fs::write(folder.join("pins"), PINS).unwrap();
        std::fs::write(folder.join("map.toml"), MAP).unwrap();
        std::fs::write(folder.join("sales.csv"), SALES).unwrap();
        let mut ground = Self { folder: folder.to_owned(), credit: String::new() };
        for arguments in [&SETUP[..], &["import", "sales", "sales.csv", "--map", "map.toml"]] {
            let ran = ground.command(arguments).output().unwrap();
            assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        }
        let give = json!({ "job": "goodwill", "member": "7", "give": { "amount": "100000.00 EUR" }, "to": "store_credit" });
        let given = ground.batch(&[asked(give), asked(json!({ "job": "open_shift" }))]);
        assert_eq!(given.len(), 2, "{given:?}");
        given[0]["credit"].as_str().unwrap_or_else(|| panic!("{given:?}")).clone_into(&mut ground.credit);
        ground
    }

    /// The same shop, copied into another folder.
    pub fn copied(&self, folder: &Path) -> Self {
        copy_folder(&self.folder, folder);
        Self { folder: folder.to_owned(), credit: self.credit.clone() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The program on the shop's books, ready to be started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.second(&[&["--database", "shop.db"], arguments].concat())
    }

    /// The program in the shop's folder, on the database that its arguments name.
    pub fn second(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_courtesy"));
        command.current_dir(&self.folder).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Does requests without any fault; answers what came of each.
    pub fn batch(&self, requests: &[Value]) -> Vec<Value> {
        let lines: String = requests.iter().map(|request| format!("{request}\n")).collect();
        std::fs::write(self.path("requests"), lines).unwrap();
        let ran = self.command(&["batch", "requests", "--pins", "pins"]).output().unwrap();
        outcomes(&ran.stdout)
    }

    /// A desk at the shop, opened within the test.
    pub fn desk(&self) -> Desk {
        Desk::open_path(&self.path("shop.db"), DeskNo(1), Box::new(SystemClock), Printer::Nowhere).unwrap()
    }

    /// Work of every kind, each piece with an id of its own.
    pub fn work(&self, chance: &mut fastrand::Rng) -> Value {
        asked(match chance.u8(..10) {
            0..=3 => refund("100"),
            4..=6 => sign_up(),
            7 => json!({ "job": "goodwill", "member": "7", "give": { "amount": "5.00 EUR" }, "to": "store_credit" }),
            _ => json!({ "job": "redeem_credit", "credit": self.credit, "amount": "0.01 EUR" }),
        })
    }

    /// What is wrong now, in the order in which it would hurt: an acknowledged request that is not in the books, a request that is
    /// in them twice, books that do not verify, a desk that only reads.
    pub fn look(&self, acknowledged: &[Value]) -> Result<(), String> {
        let mut desk = self.desk();
        let sql = "SELECT request FROM document WHERE site = ?1";
        let rows = desk.store().read(|tx| tx.query(sql, &[tx.site()])).map_err(|error| error.to_string())?;
        let booked: Vec<Uuid> = rows.iter().map(|row| Uuid::from_slice(row.bytes(0).unwrap()).unwrap()).collect();
        let once: BTreeSet<Uuid> = booked.iter().copied().collect();
        if let Some(lost) = acknowledged.iter().find(|request| !once.contains(&id(request))) {
            return Err(format!("acknowledged and lost: {lost}"));
        }
        if once.len() != booked.len() {
            return Err("a request is in the books twice".to_owned());
        }
        if let Some(why) = desk.read_only() {
            return Err(format!("the desk only reads: {:?}", why.findings));
        }
        let remembered = desk.store().outside().recall(DeskNo(1)).map_err(|error| error.to_string())?;
        let report = desk.store().read(|tx| verify(tx, Some(&remembered), &mut |_, _| {})).map_err(|error| error.to_string())?;
        match report.wrong() {
            0 => Ok(()),
            _ => Err(format!("verify: {:?}", report.findings)),
        }
    }

    /// Sends requests again without a fault: each must come to one document, and be in the books.
    pub fn send_again(&self, requests: &[Value]) -> Result<(), String> {
        let came = self.batch(requests);
        let posted = |outcome: &Value| outcome["result"] == "posted";
        if came.len() != requests.len() || !came.iter().all(posted) {
            return Err(format!("sent again: {:?}", came.iter().find(|outcome| !posted(outcome))));
        }
        self.look(requests)
    }

    /// Sets up a shop whose setting up was cut short: it comes to an end, or had come to it, and a desk posts there.
    pub fn set_up_again(&self, file: &str) -> Result<(), String> {
        let said = |ran: Output| (ran.status.success(), String::from_utf8_lossy(&ran.stderr).into_owned());
        let (done, error) = said(self.second(&[&["--database", file][..], &SETUP].concat()).output().unwrap());
        if !done && !error.contains("holds a shop already") {
            return Err(format!("set up again: {error}"));
        }
        std::fs::write(self.path("requests"), asked(json!({ "job": "open_shift" })).to_string()).unwrap();
        match said(self.second(&["--database", file, "batch", "requests"]).output().unwrap()) {
            (true, _) => Ok(()),
            (false, error) => Err(format!("a desk at a shop whose setting up was cut short: {error}")),
        }
    }

    /// Whether a request is in the books.
    pub fn holds(&self, request: &Value) -> bool {
        let id = courtesy::domain::ids::RequestId(id(request));
        self.desk().store().read(|tx| courtesy::store::document::by_request(tx, id)).unwrap().is_some()
    }
}

/// How much is wrong in a database, whatever is kept outside it.
pub fn in_order(path: &Path) -> Result<usize, String> {
    let mut store = Store::open_existing(path).map_err(|error| error.to_string())?;
    store.read(|tx| verify(tx, None, &mut |_, _| {})).map(|report| report.wrong()).map_err(|error| error.to_string())
}

/// How the shop is set up.
pub const SETUP: [&str; 13] = [
    "setup",
    "--policy",
    "open",
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

/// A request in its envelope, under a new id.
pub fn asked(request: Value) -> Value {
    json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 1, "request": request })
}

/// One piece of a bill's first line comes back.
pub fn refund(bill: &str) -> Value {
    json!({ "job": "refund", "goods": { "of": "lines", "bill": bill, "lines": [{ "line": 1, "quantity": "1" }] } })
}

/// Somebody becomes a member.
pub fn sign_up() -> Value {
    let person = json!({ "given": "Zoë", "family": "Bērziņa", "phone": "", "email": "", "address": "", "born": null });
    let (member, salt) = (Uuid::now_v7(), Uuid::new_v4());
    json!({ "job": "sign_up", "member": member, "salt": salt, "person": person, "plan": "basic", "pay": { "tender": "cash" } })
}

/// The id of a request.
pub fn id(request: &Value) -> Uuid {
    request["id"].as_str().unwrap().parse().unwrap()
}

/// The outcomes that a program wrote to its end or to where it was stopped; half a line is no answer.
pub fn outcomes(written: &[u8]) -> Vec<Value> {
    let whole = written.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let text = std::str::from_utf8(&written[..whole]).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The requests whose outcome says that they are booked, of those that were sent in this order.
pub fn acknowledged(sent: &[Value], outcomes: &[Value]) -> Vec<Value> {
    let posted = sent.iter().zip(outcomes).filter(|(_, outcome)| outcome["result"] == "posted");
    posted.map(|(request, _)| request.clone()).collect()
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A number to begin chance with, told so that what came of it can be repeated: `COURTESY_SEED` gives it again.
pub fn seed(what: &str) -> fastrand::Rng {
    let given = std::env::var("COURTESY_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| fastrand::u64(..));
    eprintln!("{what}: COURTESY_SEED={seed} repeats this");
    fastrand::Rng::with_seed(seed)
}
