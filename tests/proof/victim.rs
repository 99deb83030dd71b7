//! A shop whose program is stopped again and again in the middle of its work.

use serde_json::{Value, json};

use super::ground::{Ground, acknowledged, asked};

/// Requests that a program is given at once.
const AT_ONCE: usize = 40;

/// What was seen of the kills.
#[derive(Debug, Default)]
pub struct Seen {
    pub acknowledged: usize,
    pub again: usize,
    pub before_an_answer: u32,
    pub other: [u32; 4],
}

/// A shop whose program is killed again and again, with what was sent and what was answered.
pub struct Victim {
    pub ground: Ground,
    /// Booked, as the program said.
    pub known: Vec<Value>,
    /// Sent, and not answered.
    pub open: Vec<Value>,
    pub shift: bool,
}

impl Victim {
    pub fn new(ground: Ground) -> Self {
        Self { ground, known: Vec::new(), open: Vec::new(), shift: true }
    }

    /// What was not answered, and new work behind it; now and then the shift changes, and with it a seal or a key.
    pub fn work(&mut self, chance: &mut fastrand::Rng) -> Vec<Value> {
        let mut requests = std::mem::take(&mut self.open);
        while requests.len() < AT_ONCE {
            requests.push(match chance.u8(..12) {
                0 => {
                    self.shift = !self.shift;
                    asked(json!({ "job": if self.shift { "open_shift" } else { "close_shift" } }))
                }
                1 => asked(json!({ "job": "rotate_key" })),
                _ => self.ground.work(chance),
            });
        }
        requests
    }

    /// Sorts what came of requests, and looks at the books.
    pub fn came(&mut self, sent: &[Value], came: &[Value], seen: &mut Seen) -> Result<(), String> {
        let posted = acknowledged(sent, came);
        if posted.len() < came.len() {
            return Err(format!("not booked: {:?}", came.iter().find(|outcome| outcome["result"] != "posted")));
        }
        seen.acknowledged += posted.len();
        seen.again += came.iter().filter(|outcome| outcome["again"] == true).count();
        seen.before_an_answer += u32::from(came.is_empty());
        self.known.extend(posted);
        self.open = sent[came.len()..].to_vec();
        self.ground.look(&self.known)
    }
}
