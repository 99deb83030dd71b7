//! Whether a server can be trusted with a shop's books.

use clap::Args;
use courtesy::desk::conformance::{Check, Trial, run};
use courtesy::store::Address;
use courtesy::text::{Arg, Words};

use super::{Common, Ended, Failure, print, words};

/// A server to try.
#[derive(Debug, Args)]
pub(super) struct Conformance {
    /// Its address, postgres://user@host/database; everything happens in a schema of its own, which goes afterwards.
    url: String,
    /// How often each race is run.
    #[arg(long, default_value_t = 25, value_name = "NUMBER")]
    rounds: u32,
    /// How many answers are lost.
    #[arg(long, default_value_t = 60, value_name = "NUMBER")]
    losses: u32,
}

pub(super) fn conformance(common: &Common, asked: &Conformance) -> Result<Ended, Failure> {
    let words = words(common)?;
    let address: Address = asked.url.parse().map_err(|error: courtesy::store::StoreError| Failure::Used(error.to_string()))?;
    let mut told = Ok(());
    let checks = run(&address, Trial::of(asked.rounds, asked.losses), &mut |check| {
        if told.is_ok() && !common.json {
            told = tell(&words, check);
        }
    })?;
    told?;
    let passed = checks.iter().all(|check| check.wrong.is_empty());
    if common.json {
        let verdict = serde_json::json!({ "server": address.to_string(), "passed": passed, "checks": checks });
        print(&verdict.to_string())?;
    } else {
        print(&words.plain(if passed { "cli-conformance-passed" } else { "cli-conformance-failed" }))?;
    }
    Ok(if passed { Ended::Done } else { Ended::Refused })
}

fn tell(words: &Words, check: &Check) -> Result<(), Failure> {
    let tried = [("tried", Arg::Count(i64::from(check.tried))), ("wrong", Arg::count(check.wrong.len()))];
    print(&words.say(check.what.message(), &tried))?;
    check.wrong.iter().take(5).try_for_each(|wrong| print(&format!("  {wrong}")))
}
