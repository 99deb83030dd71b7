//! Rows that were booked with documents, as they stand in their tables: summed by document, so that they can be compared with what its
//! bytes say should be there.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, RandomState};

use super::{Finding, damage};
use crate::domain::ids::{DeskNo, DocumentNumber};
use crate::domain::money::Currency;
use crate::store::document::number;
use crate::store::engine::placed;
use crate::store::{Result, Row, StoreError, Tx, Value, document};

/// A table whose rows follow from documents.
struct Table {
    name: &'static str,
    /// Asks for the document of each row first, then for its place where the order counts, then for what counts of it.
    sql: &'static str,
    /// How many columns after the place say what documents came to one after the other; rows come ordered by them and by place.
    ordered_by: Option<usize>,
    /// Whether rows came in as well, under no document's number, which are summed as they came.
    came_in: bool,
}

const TABLES: [Table; 10] = [
    unordered("posting", "SELECT desk, sequence, no, account, currency, amount_minor FROM posting WHERE site = ?1"),
    unordered(
        "payout",
        "SELECT desk, sequence, no, tender, currency, amount_minor, exact_minor, card FROM payout WHERE site = ?1",
    ),
    unordered("bill", "SELECT desk, sequence, bill FROM document_bill WHERE site = ?1"),
    ordered(
        "line",
        "SELECT desk, sequence, place, bill, line, kind, quantity, returned_before, net_minor, tax_minor, gross_minor FROM line_event
        WHERE site = ?1 ORDER BY bill, line, place",
        2,
    ),
    ordered(
        "payment",
        "SELECT desk, sequence, place, bill, payment, exact_minor, paid_minor FROM payment_event WHERE site = ?1
        ORDER BY bill, payment, place",
        2,
    ),
    unordered("issue", "SELECT desk, sequence, member, currency, issued_minor, promotional FROM credit WHERE site = ?1"),
    ordered(
        "use",
        "SELECT by_desk, by_sequence, version, desk, sequence, amount_minor FROM credit_event WHERE site = ?1
        ORDER BY desk, sequence, version",
        2,
    ),
    unordered("void", "SELECT by_desk, by_sequence, desk, sequence FROM voided WHERE site = ?1"),
    Table { came_in: true, ..unordered("card", "SELECT desk, sequence, number, member FROM card WHERE site = ?1") },
    Table {
        came_in: true,
        ..ordered(
            "term",
            "SELECT desk, sequence, place, member, plan, first_day, last_day, anchor, run_months, fee_minor, currency
            FROM term WHERE site = ?1 ORDER BY member, place",
            1,
        )
    },
];

const fn unordered(name: &'static str, sql: &'static str) -> Table {
    Table { name, sql, ordered_by: None, came_in: false }
}

const fn ordered(name: &'static str, sql: &'static str, by: usize) -> Table {
    Table { name, sql, ordered_by: Some(by), came_in: false }
}

/// Sums of rows by document: which rows they are, in whatever order. A sum is made with a key of this look's own, which nobody who
/// changed the books could know.
#[derive(Default)]
pub(super) struct Rows {
    key: RandomState,
    sums: BTreeMap<DocumentNumber, u64>,
}

/// Rows as they stand in the tables.
#[derive(Default)]
pub(super) struct Beside {
    rows: Rows,
    /// What postings do not sum to nothing by.
    unbalanced: BTreeMap<(DocumentNumber, Currency), i128>,
    /// Whether a posting is in no currency, so that nobody can say what it sums to.
    uncounted: bool,
    /// Documents that came to a line, payment, credit or member out of their order.
    disordered: Vec<DocumentNumber>,
    /// Rows that cannot be read.
    unread: Vec<StoreError>,
    /// Tables that could not be read to their end.
    broke_off: Vec<&'static str>,
}

/// The number of what is no document's.
const NONE: DocumentNumber = DocumentNumber { desk: DeskNo(0), sequence: 0 };

impl Beside {
    /// Reads all of them, to be held against rows under the same key. Of rows that cannot be read that is told, and the look goes on.
    pub(super) fn read(tx: &mut Tx<'_>, key: RandomState) -> Result<Self> {
        let mut beside = Self { rows: Rows { key, sums: BTreeMap::new() }, ..Self::default() };
        for table in TABLES {
            let mut order = Order::default();
            let scanned = tx.scan(table.sql, &[tx.site()], &mut |row| match beside.add(&table, &mut order, &row) {
                Err(error @ StoreError::Damaged { .. }) => {
                    beside.unread.push(placed(error, table.sql));
                    Ok(())
                }
                added => added,
            });
            match scanned {
                Err(error @ (StoreError::Damaged { .. } | StoreError::Lacking(_))) if !tx.is_silent() => {
                    beside.unread.push(error);
                    beside.broke_off.push(table.name);
                }
                scanned => scanned?,
            }
        }
        Ok(beside)
    }

    fn add(&mut self, table: &Table, order: &mut Order, row: &Row) -> Result<()> {
        let document = number(row, 0)?;
        let mut values = row.values().get(2..).unwrap_or_default();
        if let Some((by, (_, counts))) = table.ordered_by.zip(values.split_at_checked(1)) {
            values = counts;
            if !order.continues(document, row.int(2)?, counts.get(..by).unwrap_or_default()) {
                self.disordered.push(document);
            }
        }
        if document != NONE || !table.came_in {
            self.rows.add(document, table.name, values);
        }
        if table.name == "posting" { self.post(document, row) } else { Ok(()) }
    }

    /// Adds a posting's amount to its document's sum in that currency. What is in no currency at all is not what its document says, and
    /// told as that.
    fn post(&mut self, document: DocumentNumber, row: &Row) -> Result<()> {
        let Ok(currency) = Currency::from_code(row.text(4)?) else {
            self.uncounted = true;
            return Ok(());
        };
        let amount = i128::from(row.int(5)?);
        match self.unbalanced.entry((document, currency)) {
            Entry::Occupied(sum) if sum.get() + amount == 0 => drop(sum.remove()),
            sum => *sum.or_default() += amount,
        }
        Ok(())
    }

    /// Whether some posting could not be added up.
    pub(super) fn is_uncounted(&self) -> bool {
        self.uncounted
    }

    /// What is wrong with the rows: documents that do not have the rows they say, postings that do not sum to nothing in some currency,
    /// documents out of their order, rows that cannot be read.
    pub(super) fn check(self, tx: &mut Tx<'_>, expected: &Rows, found: &mut Vec<Finding>) -> Result<()> {
        let mut otherwise: BTreeSet<DocumentNumber> = self.disordered.into_iter().collect();
        // Of a table that was not read to its end nobody knows which rows are missing.
        if self.broke_off.is_empty() {
            otherwise.extend(expected.differing(&self.rows));
        }
        if !self.broke_off.contains(&"posting") {
            let unbalanced = self.unbalanced.into_iter().filter(|(_, difference)| *difference != 0);
            for ((document, currency), difference) in unbalanced {
                if !document::is_there(tx, document)? {
                    otherwise.insert(document);
                    continue;
                }
                // Whatever stands there must not end the look.
                let all = if difference < 0 { i64::MIN } else { i64::MAX };
                let difference = currency.minor(i64::try_from(difference).unwrap_or(all));
                found.push(Finding::Unbalanced { document, difference });
            }
        }
        // What a document says that cannot be read is not known, nor whether these are its rows.
        let unread = |finding: &Finding| match finding {
            Finding::Unreadable { document } => Some(*document),
            _ => None,
        };
        let unreadable: BTreeSet<DocumentNumber> = found.iter().filter_map(unread).collect();
        for document in otherwise.difference(&unreadable).copied() {
            let is_there = document::is_there(tx, document)?;
            found.push(if is_there { Finding::Beside { document } } else { Finding::Nobodys { number: document } });
        }
        // What could not be read leaves in doubt what the rest comes to.
        let mut unread = self.unread.into_iter();
        let last = unread.next_back();
        unread.try_for_each(|error| damage(Err(error), found))?;
        last.map_or(Ok(()), Err)
    }
}

/// The order in which documents did something to one line, payment or credit, or to the terms of one member: counted without gaps, and
/// as each desk's documents follow one another.
#[derive(Default)]
struct Order {
    of: Vec<Value>,
    last: i64,
    desks: BTreeMap<DeskNo, u64>,
}

impl Order {
    /// Whether the next row has its place after those before it.
    fn continues(&mut self, document: DocumentNumber, place: i64, of: &[Value]) -> bool {
        if self.of != of {
            *self = Self { of: of.to_vec(), ..Self::default() };
        }
        let before = self.desks.insert(document.desk, document.sequence).filter(|_| document != NONE);
        let follows = place == self.last + 1 && before.is_none_or(|before| before <= document.sequence);
        self.last = place;
        follows
    }
}

impl Rows {
    pub(super) fn add(&mut self, of: DocumentNumber, table: &str, values: &[Value]) {
        let sum = self.key.hash_one((table, values));
        let known = self.sums.entry(of).or_default();
        *known = known.wrapping_add(sum);
    }

    /// The key under which sums are made.
    pub(super) fn key(&self) -> RandomState {
        self.key.clone()
    }

    /// Documents that do not have the same rows.
    fn differing(&self, other: &Self) -> Vec<DocumentNumber> {
        let keys: BTreeSet<_> = self.sums.keys().chain(other.sums.keys()).copied().collect();
        keys.into_iter().filter(|key| self.sums.get(key).unwrap_or(&0) != other.sums.get(key).unwrap_or(&0)).collect()
    }
}
