//! Documents: numbers without gaps, the chain computed again, columns and postings against the bytes that are chained.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use super::beside::Beside;
use super::expected::Expected;
use super::notes::Notes;
use super::people::People;
use super::said::Said;
use super::seals::COLUMNS;
use super::{Finding, Invariant, Meter, no_thread};
use crate::domain::digest::{BEGINNING, Digest};
use crate::domain::document::Document;
use crate::domain::ids::{DeskNo, DocumentNumber};
use crate::domain::money::Money;
use crate::store::document::{number, parse};
use crate::store::{Result, Row, StoreError, Tx};

/// Where a desk's chain stands.
struct Head {
    sequence: u64,
    hash: Digest,
}

/// Rows that are handed over at once, and how many times so many may wait.
const HANDED: usize = 200;
const WAITING: usize = 4;

/// What documents say, read in the order of their desks and numbers.
struct Reading {
    heads: BTreeMap<u16, Head>,
    expected: Expected,
    people: People,
    notes: Notes,
    said: Said,
    found: Vec<Finding>,
    count: usize,
}

/// What the documents are a check of; all but the first two by what they say.
pub(super) const OF: [Invariant; 14] = [
    Invariant::Numbers,
    Invariant::Chain,
    Invariant::Columns,
    Invariant::Balance,
    Invariant::Beside,
    Invariant::Payouts,
    Invariant::Rules,
    Invariant::Staff,
    Invariant::Approvals,
    Invariant::Members,
    Invariant::Seen,
    Invariant::Limits,
    Invariant::Names,
    Invariant::Cards,
];

/// What is booked beside the documents, and what is worked out from it.
const BESIDE: [Invariant; 8] = [
    Invariant::Balance,
    Invariant::Beside,
    Invariant::Lines,
    Invariant::Payments,
    Invariant::Credits,
    Invariant::Payouts,
    Invariant::Members,
    Invariant::Seen,
];

pub(super) fn check(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let reading = Reading::new(Said::read(tx)?);
    let key = reading.expected.rows.key();
    // Documents are summed and understood on a thread of their own, while this one asks for the next and for the rows beside them.
    let (reading, came, beside) = thread::scope(|scope| {
        let (hand, handed) = mpsc::sync_channel(WAITING);
        let reader = thread::Builder::new().spawn_scoped(scope, || reading.all(handed)).map_err(no_thread)?;
        let beside = hand_over(tx, meter, hand).map(|()| Beside::read(tx, key));
        let (reading, came) = reader.join().map_err(|_| StoreError::Engine("the look at the documents broke off".to_owned()))?;
        Ok::<_, StoreError>((reading, came, beside))
    })?;
    let Reading { heads, expected, people, notes, said, count, found: read } = reading;
    found.extend(read);
    came?;
    let beside = meter.unless_damaged(beside?, found, &BESIDE)?;
    for of in [Invariant::Numbers, Invariant::Chain, Invariant::Columns, Invariant::Balance, Invariant::Beside] {
        meter.count(of, count);
    }
    meter.check(tx, found, &[Invariant::Numbers, Invariant::Chain], |tx, _, found| counters(tx, &heads, found))?;
    if let Some(beside) = beside {
        if beside.is_uncounted() {
            meter.doubt(&[Invariant::Balance]);
        }
        meter.check(tx, found, &BESIDE, |tx, _, found| beside.check(tx, &expected.rows, found))?;
    }
    meter.check(tx, found, &[Invariant::Beside], |tx, _, found| notes.check(tx, found))?;
    meter.check(tx, found, &[Invariant::Payouts], |tx, meter, found| expected.check_payouts(tx, meter, found))?;
    meter.check(tx, found, &[Invariant::Rules], |tx, meter, found| {
        expected.check_policies(tx, found).map(|many| meter.count(Invariant::Rules, many))
    })?;
    people.check(tx, meter, found)?;
    said.check(tx, meter, found)
}

/// Hands every document's row to whoever reads them. One who came upon damage has ended, and tells of it; nobody waits for the rest.
fn hand_over(tx: &mut Tx<'_>, meter: &mut Meter<'_>, hand: SyncSender<Vec<Row>>) -> Result<()> {
    let mut rows = Vec::with_capacity(HANDED);
    let mut is_heard = true;
    let sql = format!("SELECT {COLUMNS} FROM document WHERE site = ?1 ORDER BY desk, sequence");
    tx.scan(&sql, &[tx.site()], &mut |row| {
        meter.step(1);
        rows.push(row);
        if rows.len() == HANDED {
            let full = std::mem::replace(&mut rows, Vec::with_capacity(HANDED));
            is_heard = is_heard && hand.send(full).is_ok();
        }
        Ok(())
    })?;
    drop(hand.send(rows));
    Ok(())
}

impl Reading {
    fn new(said: Said) -> Self {
        let (expected, people, notes) = (Expected::default(), People::default(), Notes::default());
        Self { heads: BTreeMap::new(), expected, people, notes, said, found: Vec::new(), count: 0 }
    }

    /// Reads what is handed over to its end.
    fn all(mut self, handed: Receiver<Vec<Row>>) -> (Self, Result<()>) {
        let came = handed.into_iter().flatten().try_for_each(|row| {
            self.count += 1;
            let read = self.one(&row);
            self.unless_unreadable(&row, read)
        });
        (self, came)
    }

    /// Of a document that cannot be understood or added up that is told, and the look goes on.
    fn unless_unreadable(&mut self, row: &Row, read: Result<()>) -> Result<()> {
        match (read, number(row, 0)) {
            (Err(StoreError::Damaged { .. } | StoreError::Money(_)), Ok(document)) => {
                self.found.push(Finding::Unreadable { document });
                Ok(())
            }
            (read, _) => read,
        }
    }

    fn one(&mut self, row: &Row) -> Result<()> {
        let Self { heads, expected, people, notes, said, found, .. } = self;
        let document = number(row, 0)?;
        let (previous, hash, body) = (row.digest(2)?, row.digest(3)?, row.bytes(4)?);
        let head = heads.entry(document.desk.0).or_insert(Head { sequence: 0, hash: BEGINNING });
        let follows = document.sequence == head.sequence + 1;
        for sequence in head.sequence + 1..document.sequence.min(head.sequence + 20) {
            found.push(Finding::Gap { desk: document.desk, missing: DocumentNumber { desk: document.desk, sequence } });
        }
        if previous.after(body) != hash || (follows && previous != head.hash) {
            found.push(Finding::Chain { document });
        }
        *head = Head { sequence: document.sequence, hash };
        let Some(read) = parse(body) else {
            found.push(Finding::Unreadable { document });
            return Ok(());
        };
        if let Some(column) = differing(row, &read) {
            found.push(Finding::Column { document, column });
        }
        let currency = read.quote.currency;
        let difference = Money::sum(currency, read.quote.journal.iter().map(|entry| entry.amount))?;
        if !difference.is_zero() {
            found.push(Finding::Unbalanced { document, difference });
        }
        people.add(&read);
        notes.add(&read);
        said.add(&read)?;
        expected.add(&read)
    }
}

/// The first column that is not what the document says, be it that it cannot be read.
pub(super) fn differing(row: &Row, document: &Document) -> Option<&'static str> {
    let quote = &document.quote;
    let member = quote.subject.member.map(|member| member.0);
    let asked = |sum| document.asked.is_none_or(|asked| asked == sum);
    let checks = [
        ("number", number(row, 0).is_ok_and(|own| own == document.number)),
        ("paper", row.text(5).is_ok_and(|paper| Digest::of(paper.as_bytes()) == document.paper)),
        ("id", row.uuid(6).is_ok_and(|id| id == document.id.0)),
        ("request", row.uuid(7).is_ok_and(|request| request == document.request.0)),
        ("job", row.text(8).is_ok_and(|job| job == quote.job.name())),
        ("at", row.moment(9).is_ok_and(|at| at == document.at)),
        ("business_date", row.date(11).is_ok_and(|day| day == quote.business_date)),
        ("clerk", row.int(12).is_ok_and(|clerk| clerk == i64::from(quote.clerk.0))),
        ("member", row.maybe(13, Row::uuid).is_ok_and(|own| own == member)),
        ("currency", row.text(14).is_ok_and(|currency| currency == quote.currency.code())),
        ("total", row.int(15).is_ok_and(|total| total == quote.total.minor())),
        ("request_hash", row.digest(16).is_ok_and(asked)),
    ];
    checks.into_iter().find(|(_, same)| !same).map(|(column, _)| column)
}

/// Each desk's counter against its last document.
fn counters(tx: &mut Tx<'_>, heads: &BTreeMap<u16, Head>, found: &mut Vec<Finding>) -> Result<()> {
    let mut counted = BTreeMap::new();
    for row in tx.query("SELECT no, last_sequence, head FROM desk WHERE site = ?1", &[tx.site()])? {
        counted.insert(row.number::<u16>(0)?, Head { sequence: row.number(1)?, hash: row.digest(2)? });
    }
    for desk in heads.keys().chain(counted.keys().filter(|desk| !heads.contains_key(*desk))) {
        let (head, counter) = (heads.get(desk), counted.get(desk));
        let same =
            head.zip(counter).is_some_and(|(head, counter)| head.sequence == counter.sequence && head.hash == counter.hash);
        if !same {
            let [counted, last] = [counter, head].map(|head| head.map_or(0, |head| head.sequence));
            found.push(Finding::Counter { desk: DeskNo(*desk), counted, last });
        }
    }
    Ok(())
}
