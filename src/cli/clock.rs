//! The clock: how it stands to the last work, and a manager's word that it is right.

use std::path::PathBuf;

use clap::Args;
use courtesy::desk::Pin;
use courtesy::domain::ids::StaffNo;

use super::setup::read;
use super::{Common, Ended, Failure, print};

/// How the clock stands, or a manager's word on it.
#[derive(Debug, Args)]
pub(super) struct Clock {
    /// The manager's number.
    #[arg(default_value_t = 1)]
    number: u32,
    /// File with a line “number PIN” of that manager, who says that the clock is right now; without it only what is wrong is said.
    #[arg(long, value_name = "FILE")]
    pins: Option<PathBuf>,
}

pub(super) fn clock(common: &Common, asked: &Clock) -> Result<Ended, Failure> {
    let mut desk = super::open::desk(common)?;
    let words = super::words(common)?;
    if let Some(pins) = &asked.pins {
        let pins = read(pins)?;
        let start = format!("{} ", asked.number);
        let pin = pins.lines().find_map(|line| line.trim().strip_prefix(start.as_str()));
        let pin =
            pin.ok_or_else(|| Failure::Used(format!("the PIN file has no line “{} PIN”; nothing was changed", asked.number)))?;
        let by = desk.sign_in(StaffNo(asked.number), &Pin::new(pin.trim()))?;
        desk.confirm_clock(&by)?;
    }
    let doubt = desk.clock_doubt();
    if common.json {
        let doubt = doubt.as_ref().map(|doubt| words.saying(doubt));
        print(&serde_json::json!({ "doubt": doubt, "today": desk.today()?.to_string() }).to_string())?;
    } else {
        print(&doubt.as_ref().map_or_else(|| words.plain("cli-clock-right"), |doubt| words.saying(doubt)))?;
    }
    Ok(if doubt.is_some() { Ended::Refused } else { Ended::Done })
}
