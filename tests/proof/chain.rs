//! The chain: of any run of documents it is computed again as it was written, and one other byte of any of them is noticed.

use courtesy::domain::digest::{BEGINNING, Digest, canonical};
use courtesy::domain::document::Effect;
use courtesy::domain::ids::{DeskNo, DocumentNumber};
use courtesy::domain::request::Job;
use courtesy::store::verify::{Finding, verify};
use courtesy::store::{Store, document};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::shop::room;
use super::{count, told};
use crate::store::{eur, plain, post};

/// A document of a desk, with an amount and words of its own.
fn documents() -> impl Strategy<Value = Vec<(u16, i64, String)>> {
    proptest::collection::vec((1_u16..4, 0_i64..100_000, "\\PC{0,40}"), 1..9)
}

/// Whether rows of previous sum, sum and bytes make one chain, and end with a sum.
fn holds(rows: &[(Digest, Digest, Vec<u8>)], end: Digest) -> bool {
    let mut head = BEGINNING;
    rows.iter().all(|(previous, hash, body)| {
        let follows = *previous == head && previous.after(body) == *hash;
        head = *hash;
        follows
    }) && head == end
}

#[test]
fn every_changed_byte_of_every_chain_is_noticed() {
    let cases = count(200);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let (changed, unlinked) = (std::cell::Cell::new(0_u64), std::cell::Cell::new(0_u64));
    let test = |(made, pick, bit): (Vec<(u16, i64, String)>, usize, u32)| {
        let folder = room();
        let mut store = Store::open(&folder.path().join("books.db")).unwrap();
        let mut of: Vec<(u16, Digest, Digest, Vec<u8>)> = Vec::new();
        for (desk, minor, words) in made {
            let issue = Effect::IssueCredit { member: None, amount: eur().minor(minor), promotional: false };
            let mut quote = plain(Job::Goodwill, desk, vec![issue]);
            quote.reason = Some(words);
            let document = store.write(|tx| post(tx, quote.clone())).unwrap();
            let kept = store.read(|tx| document::by_number(tx, document.number)).unwrap().unwrap();
            prop_assert_eq!(&kept.body, &canonical(&document).unwrap());
            of.push((desk, kept.previous, kept.hash, kept.body));
        }
        let found = store.read(|tx| verify(tx, None, &mut |_, _| {})).unwrap().findings;
        prop_assert_eq!(found, vec![]);
        let (desk, ..) = of[pick % of.len()];
        let own = of.into_iter().filter(|(of, ..)| *of == desk).map(|(_, previous, hash, body)| (previous, hash, body));
        let mut rows: Vec<_> = own.collect();
        let end = rows.last().map(|(_, hash, _)| *hash).unwrap();
        prop_assert!(holds(&rows, end));
        // One bit of one byte, in the books and on paper.
        let place = pick % rows.len();
        let at = pick.wrapping_mul(31) % rows[place].2.len();
        rows[place].2[at] ^= 1 << bit;
        prop_assert!(!holds(&rows, end));
        let number = DocumentNumber { desk: DeskNo(desk), sequence: place as u64 + 1 };
        let raw = rusqlite::Connection::open(folder.path().join("books.db")).unwrap();
        let sql = "UPDATE document SET body = ?1 WHERE desk = ?2 AND sequence = ?3";
        raw.execute(sql, rusqlite::params![rows[place].2, desk, place as i64 + 1]).unwrap();
        let found = store.read(|tx| verify(tx, None, &mut |_, _| {})).unwrap().findings;
        prop_assert!(found.contains(&Finding::Chain { document: number }), "{:?}", found);
        changed.set(changed.get() + 1);
        // The control: sums alone, without what each follows, do not notice a document that is left out.
        rows[place].2[at] ^= 1 << bit;
        if rows.len() > 1 {
            rows.remove(0);
            prop_assert!(!holds(&rows, end));
            prop_assert!(rows.iter().all(|(previous, hash, body)| previous.after(body) == *hash));
            unlinked.set(unlinked.get() + 1);
        }
        Ok(())
    };
    TestRunner::new(config).run(&(documents(), 0_usize..10_000, 0_u32..8), test).unwrap();
    assert!(unlinked.get() > 0);
    told(
        "chain",
        u64::from(cases),
        &format!("every chain computed again as written; {} of {cases} changed bytes named", changed.get()),
        &format!("each sum by itself fits in {} chains with a document left out; the links notice all of them", unlinked.get()),
    );
}
