//! What a desk asks of the books, held against how the engine means to answer it.

use jiff::civil::date;

use super::demo;
use super::{Hit, Proof, ask};
use crate::domain::request::{CloseShift, Goods, OpenShift, Refund, Request};

/// Tables that stay small however long a shop trades.
const SMALL: [&str; 10] =
    ["staff", "policy_version", "shop", "sqlite_schema", "migration", "desk", "desk_key", "item", "setting", "uncleaned"];

/// Whether a statement ends early or its index holds nothing else: the highest number, the newest of a list, what still waits.
fn is_bounded(step: &str, sql: &str) -> bool {
    let highest = sql.contains("MAX(") && !sql.contains("SUM(");
    let newest = sql.contains("DESC LIMIT") && (step.contains("bill_day") || step.contains("document_at"));
    // The first row, whichever that is.
    let any = sql.ends_with(" WHERE site = ?1 LIMIT 1");
    let waiting = step.contains("print_pending") || step.contains("payout_due");
    let one_sum = step == "SCAN e" && sql.contains(") e");
    // The newest document of each desk.
    let desks = step == "SEARCH k USING PRIMARY KEY (site=?)" && sql.contains("FROM desk k");
    highest || desks || any || one_sum || newest || waiting || SMALL.contains(&step.split(' ').nth(1).unwrap_or_default())
}

#[test]
fn no_statement_of_the_counter_reads_a_whole_table() {
    let mut demo = demo::open(7, Some(date(2026, 11, 23)), "en").unwrap();
    let desk = &mut demo.desk;
    let clerk = demo.people[0].0.no;
    desk.home().unwrap();
    desk.basics().unwrap();
    desk.history().unwrap();
    desk.due().unwrap();
    desk.waiting_receipts().unwrap();
    for text in ["536365", "ilze", "il", "ilze b", "2.55", "12.10.2026", "heart"] {
        for hit in desk.find(text).unwrap().hits {
            match hit {
                Hit::Member(member) => assert_eq!(desk.member(member.id).unwrap().member.id, member.id),
                Hit::Bill(bill) => assert_eq!(desk.bill(bill.id).unwrap().standing.bill.id, bill.id),
                Hit::Document(number) => assert_eq!(desk.document(number).unwrap().document.number, number),
                Hit::Credit(code) => assert_eq!(desk.credit(code).unwrap().code, code),
            }
        }
    }
    let goods = Goods::Bill { bill: "536365".to_owned() };
    let refund = Refund { goods, to: None, reason: None, condition: None, seen: None, note: None };
    let envelope = ask(desk.number(), clerk, Request::Refund(refund));
    desk.quote(&envelope).unwrap();
    desk.post(&envelope, &Proof::default()).unwrap();
    for request in [Request::OpenShift(OpenShift {}), Request::CloseShift(CloseShift {})] {
        desk.post(&ask(desk.number(), clerk, request), &Proof::default()).unwrap();
    }
    desk.print_pending().unwrap();
    assert!(desk.store().wide_plans().len() > 3, "the statements are looked at");
    let wide: Vec<_> = desk.store().wide_plans().into_iter().filter(|(step, sql)| !is_bounded(step, sql)).collect();
    assert!(wide.is_empty(), "{wide:#?}");
}
