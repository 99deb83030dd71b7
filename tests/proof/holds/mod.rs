//! What must hold of whatever is asked, changed or carried: approvals, receipts, names, clocks, copies and openings, each with things made
//! by chance.

mod books;
mod paper;
mod words;

use courtesy::desk::{Outcome, Posted, Proof, ask};
use courtesy::domain::ids::{DeskNo, MemberId};
use courtesy::domain::request::{Request, SignUp, Void};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use uuid::Uuid;

use super::people::{ADMINISTRATOR, Practice, back, right_price, sign_up, sorry};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 100, ..ProptestConfig::default() })
}

/// Something at the counter.
#[derive(Debug, Clone)]
enum Act {
    Back(u32, i64),
    Price(i64),
    Sorry(i64),
    SignUp,
    Void(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1_u32..4, 1_i64..4).prop_map(|(line, pieces)| Act::Back(line, pieces)),
        1 => (0_i64..40).prop_map(Act::Price),
        2 => (1_i64..300).prop_map(Act::Sorry),
        1 => Just(Act::SignUp),
        2 => (0_usize..6).prop_map(Act::Void),
    ]
}

/// Asks for it as an administrator; what a rule stops is not booked.
fn try_act(shop: &mut Practice, act: &Act, posted: &mut Vec<Posted>) {
    let request = match act {
        Act::Back(line, pieces) => back(&[(*line, Some(&pieces.to_string()))]),
        Act::Price(cents) => right_price(&format!("{}.{:02}", cents / 10, cents % 10)),
        Act::Sorry(minor) => sorry(&format!("{}.{:02} EUR", minor / 100, minor % 100)),
        Act::SignUp => match sign_up("Eeva", None) {
            Request::SignUp(asked) => Request::SignUp(SignUp { member: MemberId(Uuid::now_v7()), ..asked }),
            other => other,
        },
        Act::Void(which) => match posted.iter().rev().nth(*which) {
            Some(posted) => Request::Void(Void { document: posted.document.number }),
            None => return,
        },
    };
    if let Ok(Outcome::Posted(done)) = shop.desk.post(&ask(DeskNo(1), ADMINISTRATOR, request), &Proof::default()) {
        posted.push(*done);
    }
}
