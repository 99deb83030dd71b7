//! The books on disk: what survives, what is refused, what is found.

mod books;
mod equal;
mod find;
mod random;
mod safety;
mod said;
mod verify;

use std::path::PathBuf;
use std::sync::Arc;

use courtesy::domain::bill::{Bill, BillKind, CardTrace, Line, LineName, Payment, TaxMode, Tender};
use courtesy::domain::calendar::Moment;
use courtesy::domain::digest::{Digest, canonical};
use courtesy::domain::document::{BillName, Document, Effect, Payout, PolicyMark, Quote, Subject};
use courtesy::domain::ids::{BillId, CreditCode, DeskNo, DocumentId, DocumentNumber, RequestId, StaffNo};
use courtesy::domain::journal::{Account, Entry};
use courtesy::domain::money::{Currency, Quantity};
use courtesy::domain::request::Job;
use courtesy::domain::standing::Share;
use courtesy::store::{Store, StoreError, Tx, document};
use jiff::civil::date;
use postgres::{Client, NoTls};
use uuid::Uuid;

use crate::server::{self, Server};

/// On which engine a story is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    Sqlite,
    Postgres,
}

/// Tells stories on both engines: each a test of its name under `sqlite` and under `postgres`.
macro_rules! on_both {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[test] fn $story() { super::$story(crate::store::On::Sqlite); })*
        }
        mod postgres {
            $(#[test] fn $story() { super::$story(crate::store::On::Postgres); })*
        }
    };
}
use on_both;

/// A database of its own.
struct Books {
    at: PathBuf,
    store: Store,
    home: Home,
}

/// What a database lives in.
enum Home {
    Folder { _folder: tempfile::TempDir },
    Server { _server: Arc<Server> },
}

impl Books {
    fn new(on: On) -> Self {
        let (at, home) = match on {
            On::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                (folder.path().join("books.db"), Home::Folder { _folder: folder })
            }
            On::Postgres => {
                let server = server::shared();
                (server.schema().into(), Home::Server { _server: server })
            }
        };
        Self { store: Store::open(&at).unwrap(), at, home }
    }

    fn on(&self) -> On {
        match self.home {
            Home::Folder { .. } => On::Sqlite,
            Home::Server { .. } => On::Postgres,
        }
    }

    fn path(&self) -> PathBuf {
        self.at.clone()
    }

    fn write<T>(&mut self, work: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError>) -> T {
        self.store.write(work).unwrap()
    }

    fn read<T>(&mut self, work: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError>) -> T {
        self.store.read(work).unwrap()
    }

    /// Does what no part of the program does: changes what stands in the books.
    fn damage(&self, sql: &str) {
        match &self.home {
            Home::Folder { .. } => {
                let raw = rusqlite::Connection::open(self.path()).unwrap();
                raw.execute_batch(&format!("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}")).unwrap();
            }
            Home::Server { .. } => {
                let mut raw = Client::connect(self.at.to_str().unwrap(), NoTls).unwrap();
                let sql = on_server(sql);
                raw.batch_execute(&format!("SET session_replication_role = replica; {sql}"))
                    .unwrap_or_else(|error| panic!("{sql}: {error:?}"));
            }
        }
    }
}

/// Damage as it is written for SQLite, in a server's words for bytes.
fn on_server(sql: &str) -> String {
    sql.replace("CAST(replace(CAST(body AS TEXT), '7.96', '7.97') AS BLOB)", "replace(body::text, '372e3936', '372e3937')::bytea")
        .replace("zeroblob(32)", "decode(repeat('00', 32), 'hex')")
        .replace(" x'", " '\\x")
}

pub(crate) fn eur() -> Currency {
    Currency::from_code("EUR").unwrap()
}

fn share(net_minor: i64, tax_minor: i64) -> Share {
    let (net, tax) = (eur().minor(net_minor), eur().minor(tax_minor));
    Share { net, tax, gross: net.plus(tax).unwrap() }
}

pub(crate) fn pieces(pieces: i64) -> Quantity {
    Quantity::pieces(pieces).unwrap()
}

pub(crate) fn line(no: u32, quantity: i64, gross_minor: i64) -> Line {
    let gross = eur().minor(gross_minor);
    Line {
        no,
        item: format!("ITEM{no}"),
        text: format!("White hanging heart {no}"),
        department: "home".into(),
        quantity: pieces(quantity),
        unit_price: "2.55".parse().unwrap(),
        discount: eur().zero(),
        net: gross,
        tax: eur().zero(),
        gross,
        taxes: vec![],
        returns: None,
        group: None,
    }
}

/// A bill of lines, paid by card.
pub(crate) fn bill(key: &str, lines: Vec<Line>) -> Bill {
    let paid: i64 = lines.iter().map(|line| line.gross.minor()).sum();
    let card = CardTrace { last_four: Some("4821".into()), ..CardTrace::default() };
    Bill {
        id: BillId(Uuid::now_v7()),
        key: key.into(),
        number: key.trim_start_matches("till/").into(),
        kind: BillKind::Sale,
        till: "1".into(),
        at: Moment { at_us: 1_790_000_000_000_000, offset_min: 180 },
        business_date: date(2026, 10, 12),
        member: None,
        currency: eur(),
        tax_mode: TaxMode::Included,
        lines,
        payments: vec![Payment { no: 1, tender: Tender::Card, amount: eur().minor(paid), card: Some(card) }],
        rounding: eur().zero(),
        groups: vec![],
    }
}

/// The till takes back pieces of a line of a sale.
pub(crate) fn returning(sale: &Bill, line_no: u32, quantity: i64, gross_minor: i64) -> Line {
    let returns = Some(LineName { bill_key: sale.key.clone(), line: line_no });
    Line { returns, item: format!("ITEM{line_no}"), ..line(1, -quantity, -gross_minor) }
}

/// A quote of nothing but effects.
pub(crate) fn plain(job: Job, desk: u16, effects: Vec<Effect>) -> Quote {
    Quote {
        job,
        desk: DeskNo(desk),
        clerk: StaffNo(7),
        business_date: date(2026, 11, 20),
        policy: PolicyMark { name: "open".into(), version: 1, hash: Digest::of(b"policy") },
        currency: eur(),
        subject: Subject::default(),
        lines: vec![],
        total: eur().zero(),
        payouts: vec![],
        term: None,
        journal: vec![],
        effects,
        rulings: vec![],
        reason: None,
        condition: None,
    }
}

/// Gives back pieces of line 1 of a bill, to its first payment.
fn refund(desk: u16, bill: &Bill, quantity: i64, gross_minor: i64) -> Quote {
    let (share, amount) = (share(gross_minor, 0), eur().minor(gross_minor));
    let effects = vec![
        Effect::GiveBack { bill: bill.id, line: 1, quantity: pieces(quantity), share },
        Effect::Use { bill: bill.id, payment: 1, exact: amount, paid: amount },
    ];
    let mut quote = plain(Job::Refund, desk, effects);
    let name = BillName { id: bill.id, number: bill.number.clone(), date: bill.business_date };
    quote.subject = Subject { member: bill.member, bills: vec![name], document: None };
    quote.total = amount;
    let card = bill.payments[0].card.clone();
    quote.payouts = vec![Payout { no: 1, tender: Tender::Card, amount, exact: amount, of: Some((bill.id, 1)), card, due: true }];
    quote.journal = vec![
        Entry { account: Account::Returns, amount },
        Entry { account: Account::Tender(Tender::Card), amount: amount.negated().unwrap() },
    ];
    quote
}

fn made(number: DocumentNumber, quote: Quote) -> Document {
    let issues = quote.effects.iter().any(|effect| matches!(effect, Effect::IssueCredit { .. }));
    Document {
        id: DocumentId(Uuid::now_v7()),
        number,
        request: RequestId(Uuid::now_v7()),
        at: Moment { at_us: 1_795_000_000_000_000 + i64::try_from(number.sequence).unwrap(), offset_min: 120 },
        approval: None,
        card: None,
        credit: issues.then_some(CreditCode(number)),
        paper: Digest::of(b"{}"),
        quote,
        asked: None,
        note: None,
    }
}

fn insert(tx: &mut Tx<'_>, document: &Document) -> Result<(), StoreError> {
    let body = canonical(document).unwrap();
    let document::Place { previous, .. } = document::ask_next(tx, document.number.desk)?.answer(tx)?;
    document::insert(tx, document, &body, previous, previous.after(&body), "{}", Digest::of(b"request"))
}

/// Posts a quote as its desk's next document.
pub(crate) fn post(tx: &mut Tx<'_>, quote: Quote) -> Result<Document, StoreError> {
    let document = made(document::ask_next(tx, quote.desk)?.answer(tx)?.number, quote);
    insert(tx, &document).map(|()| document)
}
