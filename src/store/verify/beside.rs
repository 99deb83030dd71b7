//! Rows that were booked with documents, as they stand in their tables: summed by document, so that they can be compared with what its
//! bytes say should be there.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, RandomState};

use super::Finding;
use crate::domain::ids::{DeskNo, DocumentNumber};
use crate::domain::money::Currency;
use crate::store::document::number;
use crate::store::{Result, Row, Tx, Value};

/// A table whose rows follow from documents.
struct Table {
    name: &'static str,
    /// Asks for the document of each row first, then for its place where the order counts, then for what counts of it.
    sql: &'static str,
    /// How many columns after the place say what documents came to one after the other; rows come ordered by them and by place.
    ordered_by: Option<usize>,
    /// Whether rows were brought in as well, which no document made.
    was_brought: bool,
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
    unordered("card", "SELECT desk, sequence, number, member FROM card WHERE site = ?1 AND desk > 0"),
    Table {
        was_brought: true,
        ..ordered(
            "term",
            "SELECT desk, sequence, place, member, plan, first_day, last_day, anchor, run_months, fee_minor, currency
            FROM term WHERE site = ?1 ORDER BY member, place",
            1,
        )
    },
];

const fn unordered(name: &'static str, sql: &'static str) -> Table {
    Table { name, sql, ordered_by: None, was_brought: false }
}

const fn ordered(name: &'static str, sql: &'static str, by: usize) -> Table {
    Table { name, sql, ordered_by: Some(by), was_brought: false }
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
    /// Documents that came to a line, payment, credit or member out of their order.
    disordered: Vec<DocumentNumber>,
}

impl Beside {
    /// Reads all of them, to be held against rows under the same key.
    pub(super) fn read(tx: &mut Tx<'_>, key: RandomState) -> Result<Self> {
        let mut beside = Self { rows: Rows { key, sums: BTreeMap::new() }, ..Self::default() };
        for table in TABLES {
            let mut order = Order::default();
            tx.scan(table.sql, &[tx.site()], &mut |row| {
                let document = number(&row, 0)?;
                let mut values = row.values().get(2..).unwrap_or_default();
                if let Some((by, (_, counts))) = table.ordered_by.zip(values.split_at_checked(1)) {
                    values = counts;
                    if !order.continues(document, row.int(2)?, counts.get(..by).unwrap_or_default()) {
                        beside.disordered.push(document);
                    }
                }
                if document.desk != DeskNo(0) || !table.was_brought {
                    beside.rows.add(document, table.name, values);
                }
                if table.name == "posting" {
                    beside.post(document, &row)?;
                }
                Ok(())
            })?;
        }
        Ok(beside)
    }

    /// Adds a posting's amount to its document's sum in that currency. What is in no currency at all is not what its document says, and
    /// told as that.
    fn post(&mut self, document: DocumentNumber, row: &Row) -> Result<()> {
        let Ok(currency) = Currency::from_code(row.text(4)?) else { return Ok(()) };
        let amount = i128::from(row.int(5)?);
        match self.unbalanced.entry((document, currency)) {
            Entry::Occupied(sum) if sum.get() + amount == 0 => drop(sum.remove()),
            sum => *sum.or_default() += amount,
        }
        Ok(())
    }

    /// What is wrong with the rows themselves: postings that do not sum to nothing in some currency, documents out of their order.
    pub(super) fn check(&self, found: &mut Vec<Finding>) {
        for ((document, currency), difference) in self.unbalanced.iter().filter(|(_, difference)| **difference != 0) {
            // Whatever stands there must not end the look.
            let all = if *difference < 0 { i64::MIN } else { i64::MAX };
            let difference = currency.minor(i64::try_from(*difference).unwrap_or(all));
            found.push(Finding::Unbalanced { document: *document, difference });
        }
        found.extend(self.disordered.iter().map(|document| Finding::Beside { document: *document }));
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
        // What was brought in is nobody's document.
        let before = self.desks.insert(document.desk, document.sequence).filter(|_| document.desk != DeskNo(0));
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

    /// Documents that do not have the same rows as they stand in the tables.
    pub(super) fn differing(&self, beside: &Beside) -> Vec<DocumentNumber> {
        let (own, other) = (&self.sums, &beside.rows.sums);
        let keys: BTreeSet<_> = own.keys().chain(other.keys()).copied().collect();
        keys.into_iter().filter(|key| own.get(key).unwrap_or(&0) != other.get(key).unwrap_or(&0)).collect()
    }
}
