//! A shop on either engine with one person in it whose words are found nowhere else, and a search through every byte of its files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::program::{MAP, Program, Ran};
use crate::server::{self, Server};

/// The number under which the till knows the person.
pub const CODE: &str = "TQ90817Z";

const MEMBERS: &str = "code,given,family,phone,email,address,plan,term_end\n\
    TQ90817Z,Qwyxolda,Zjhuvrikë,+372 5199 8877,vqolda@zjhuv.example,Xylquist tn 77b Vjorkby,basic,2027-03-31\n\
    8,Anna,Berg,,anna@berg.example,,basic,2027-03-31\n";

/// What must not be found any more, as it was typed and as it is searched by; names of receipts' texts too.
pub const SECRETS: [&str; 11] = [
    "Qwyxolda",
    "Zjhuvrikë",
    "qwyxolda",
    "zjhuvrike",
    "+372 5199 8877",
    "37251998877",
    "vqolda@zjhuv",
    "Xylquist",
    CODE,
    "tq90817z",
    "Kvixt returned",
];

/// Beginnings of triples as the text search of a file keeps them, of words that only this person has; those that a sum in hexadecimal
/// may hold by chance are left out.
pub fn triples() -> Vec<Vec<u8>> {
    let words = ["qwyxolda", "zjhuvrike", "vqolda@zjhuv", "tq90817z"];
    let telling = |triple: &&[u8]| !triple.iter().all(u8::is_ascii_hexdigit);
    let windows = words.iter().flat_map(|word| word.as_bytes().windows(3)).filter(telling);
    windows.flat_map(|triple| [[b"0", triple].concat(), [&[3], triple].concat()]).collect()
}

/// Files that whoever uses the program made, not the program.
const OWN: [&str; 6] = ["pins", "map.toml", "sales.csv", "members.csv", "about.json", "older.db"];

/// On which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    File,
    Server,
}

/// A shop.
pub struct Ground {
    pub program: Program,
    pub database: String,
    pub card: String,
    /// Of the note.
    pub salt: Uuid,
    pub server: Option<Arc<Server>>,
}

impl Ground {
    /// A shop with the person in it: imported, with a bill kept aside before, a bill, a note, receipts, an export of theirs.
    pub fn new(on: On) -> Self {
        let server = (on == On::Server).then(server::shared);
        Self::at(server.as_ref().map_or_else(|| "shop.db".to_owned(), |server| server.schema()), server)
    }

    /// The same on a server, where another role owns the database.
    pub fn of_another() -> Self {
        let server = server::shared();
        Self::at(server.schema_of_another(), Some(server))
    }

    fn at(database: String, server: Option<Arc<Server>>) -> Self {
        let program = Program::without_shop();
        let mut ground = Self { program, database, card: String::new(), salt: Uuid::new_v4(), server };
        let setup = ["setup", "--policy", "club", "--name", "The Shop", "--currency", "EUR", "--zone", "Europe/Tallinn"];
        ground.does(&[&setup[..], &["--manager", "Maria Tamm", "--pins", "pins"]].concat());
        // A bill that came before its member did is kept aside, and names them.
        ground.program.write("map.toml", MAP.replace("create", "keep_aside"));
        ground.program.write("members.csv", MEMBERS);
        let sales = |bill: &str| {
            format!("bill,item,text,quantity,time,price,member\n{bill},A,Apple,10,2026-11-20 10:00:00,1.00,{CODE}\n")
        };
        ground.program.write("sales.csv", sales("99"));
        let aside = ground.run(&["import", "sales", "sales.csv", "--map", "map.toml"], b"", "");
        assert_eq!(aside.status, 1, "{}{}", aside.out, aside.err);
        ground.does(&["import", "members", "members.csv"]);
        ground.program.write("sales.csv", sales("100"));
        ground.does(&["import", "sales", "sales.csv", "--map", "map.toml"]);
        let found = ground.does(&["find", "qwyxolda", "--json"]).json();
        ground.card = found[0]["card"].as_str().unwrap().to_owned();
        let note = json!({ "text": "Kvixt returned wet", "salt": ground.salt });
        let goods = json!({ "of": "lines", "bill": "100", "lines": [{ "line": 1, "quantity": "2" }] });
        let refund = asked(json!({ "job": "refund", "goods": goods, "note": note }));
        ground.posts(&refund);
        ground.leaves_unsent(&refund);
        ground
    }

    /// Leaves a request as a crash would between its booking and its answer.
    fn leaves_unsent(&self, request: &Value) {
        let mut files = Vec::new();
        walk(&self.program.path(""), &mut files);
        let key = files.iter().find(|file| file.ends_with("desk-1.head")).unwrap();
        let folder = key.with_file_name("unsent");
        std::fs::create_dir_all(&folder).unwrap();
        let unsent = json!({ "envelope": request, "seen": null });
        std::fs::write(folder.join(request["id"].as_str().unwrap()), unsent.to_string()).unwrap();
    }

    /// What the folder of data is for the program: for a server, its outside is there.
    fn home(&self) -> PathBuf {
        self.program.path("data")
    }

    /// Runs the program, perhaps with a fault planted.
    pub fn run(&self, arguments: &[&str], input: &[u8], plant: &str) -> Ran {
        let mut command = self.program.command(&self.database, arguments);
        command.env("XDG_DATA_HOME", self.home()).env("COURTESY_PLANT", plant);
        let mut child = command.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input).unwrap();
        let answer = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { status: answer.status.code().unwrap_or(-1), out: text(answer.stdout), err: text(answer.stderr) }
    }

    /// The same without a fault; it must be done.
    pub fn does(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments, b"", "");
        assert_eq!(ran.status, 0, "{arguments:?}: {}{}", ran.out, ran.err);
        ran
    }

    /// Books a request and prints its receipt into the folder.
    pub fn posts(&self, asked: &Value) -> Value {
        let ran = self.run(&["batch", "-", "--pins", "pins", "--print"], asked.to_string().as_bytes(), "");
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
        ran.json().remove(0)
    }

    /// Erases the person.
    pub fn erases(&self, plant: &str) -> Ran {
        self.run(&["person", "erase", &self.card, "--pins", "pins", "--yes", "--json"], b"", plant)
    }

    /// Does what no part of the program does: changes what stands in the books.
    pub fn damage(&self, sql: &str) {
        match &self.server {
            Some(_) => postgres::Client::connect(&self.database, postgres::NoTls).unwrap().batch_execute(sql).unwrap(),
            None => rusqlite::Connection::open(self.program.path(&self.database)).unwrap().execute_batch(sql).unwrap(),
        }
    }

    /// Whether the books are in order.
    pub fn is_sound(&self) {
        let verified = self.run(&["verify"], b"", "");
        assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
    }

    /// Files that hold one of these needles, each with the first that it holds: all of the shop's folder, and on a server all of its
    /// tables and indexes.
    pub fn holding<N: AsRef<[u8]>>(&self, needles: &[N]) -> Vec<String> {
        let mut files = Vec::new();
        walk(&self.program.path(""), &mut files);
        files.retain(|file| !OWN.contains(&file.file_name().unwrap().to_str().unwrap()));
        if let Some(server) = &self.server {
            server.client("postgres").batch_execute("CHECKPOINT").unwrap();
            walk(&server.data().join("base"), &mut files);
            walk(&server.data().join("global"), &mut files);
        }
        let mut holding = Vec::new();
        for file in files {
            let Ok(bytes) = std::fs::read(&file) else { continue };
            let found = needles.iter().find(|needle| contains(&bytes, needle.as_ref()));
            holding.extend(found.map(|needle| format!("{}: {}", file.display(), String::from_utf8_lossy(needle.as_ref()))));
        }
        holding
    }
}

/// A request under an id of its own, by the manager.
pub fn asked(request: Value) -> Value {
    json!({ "id": Uuid::now_v7(), "desk": 1, "clerk": 1, "request": request })
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return false };
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| byte == first) {
        if bytes[from + at..].starts_with(needle) {
            return true;
        }
        from += at + 1;
    }
    false
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}
