//! Setting a shop up without the window, for servers, tests and replaying past trade.

use std::path::PathBuf;

use clap::Args;
use courtesy::desk::{FirstPerson, Opening, Pin, SystemClock, set_up};
use courtesy::domain::ids::StaffNo;
use courtesy::domain::money::Currency;
use courtesy::domain::preset;
use courtesy::store::shop::Shop;
use courtesy::store::{Place, Store};
use jiff::civil::Time;

use super::open::database;
use super::{Common, Ended, Failure, print};

/// What a new shop needs.
#[derive(Debug, Args)]
pub(super) struct Setup {
    /// A preset (club, hotel, open) or a policy file of your own (TOML).
    #[arg(long, value_name = "PRESET|FILE")]
    policy: String,
    /// The shop's name, as receipts print it.
    #[arg(long)]
    name: String,
    /// The shop's address, as receipts print it.
    #[arg(long, default_value = "")]
    address: String,
    /// ISO 4217 code of the currency.
    #[arg(long)]
    currency: String,
    /// Time zone, such as Europe/Helsinki.
    #[arg(long)]
    zone: String,
    /// When the business day ends at night.
    #[arg(long, default_value = "04:00")]
    day_ends_at: Time,
    /// Name of the first manager, who is person 1.
    #[arg(long)]
    manager: String,
    /// File with a line “1 PIN” for the first manager; - for standard input.
    #[arg(long, value_name = "FILE")]
    pins: PathBuf,
    /// Requests may carry a time of their own: for replaying past trade, never for a shop that trades.
    #[arg(long)]
    replay: bool,
}

pub(super) fn setup(common: &Common, asked: &Setup) -> Result<Ended, Failure> {
    let path = database(common)?;
    let policy = match preset::of(&asked.policy) {
        Some(preset) => preset.text.to_owned(),
        None => read(&PathBuf::from(&asked.policy)).map_err(|error| {
            let presets = preset::ALL.map(|preset| preset.code).join(", ");
            Failure::Used(format!("“{}” is no preset (there are {presets}), and as a file: {error}", asked.policy))
        })?,
    };
    let pins = read(&asked.pins)?;
    let pin = pins
        .lines()
        .find_map(|line| line.trim().strip_prefix("1 "))
        .ok_or_else(|| Failure::Used("the PIN file has no line “1 PIN” for the first manager; nothing was set up".to_owned()))?;
    let currency = Currency::from_code(&asked.currency).map_err(|error| Failure::Used(error.to_string()))?;
    let shop = Shop {
        name: asked.name.clone(),
        address: asked.address.clone(),
        currency,
        zone: asked.zone.clone(),
        day_ends_at: asked.day_ends_at,
        language: common.language.clone().unwrap_or_else(|| "en".to_owned()),
        replay: asked.replay,
    };
    let manager = FirstPerson { name: asked.manager.clone(), pin: Pin::new(pin.trim()) };
    let opening = Opening { shop, policy, manager };
    opening.check()?;
    let place = Place::of(&path).map_err(|error| Failure::Used(error.to_string()))?;
    let mut store = Store::open_at(&place, true).map_err(courtesy::desk::DeskError::from)?;
    let recovery = set_up(&mut store, &opening, &SystemClock)?;
    drop(store);
    // Opened once, so that the desk has its key from the beginning.
    super::open::desk(common)?;
    if common.json {
        print(&serde_json::json!({ "database": place.to_string(), "recovery_code": recovery.to_string() }).to_string())?;
    } else {
        print(
            &super::words(common)?
                .say("cli-set-up", &[("path", place.to_string().into()), ("code", recovery.to_string().into())]),
        )?;
    }
    Ok(Ended::Done)
}

/// A manager who cannot sign in any more.
#[derive(Debug, Args)]
pub(super) struct Recover {
    /// The manager's number.
    #[arg(default_value_t = 1)]
    number: u32,
    /// File with the recovery code of the first start; - for standard input.
    #[arg(long, value_name = "FILE")]
    code: PathBuf,
    /// File with a line “number PIN”: the new PIN.
    #[arg(long, value_name = "FILE")]
    pins: PathBuf,
}

pub(super) fn recover(common: &Common, asked: &Recover) -> Result<Ended, Failure> {
    let code = Pin::new(read(&asked.code)?.trim().to_uppercase());
    let pins = read(&asked.pins)?;
    let start = format!("{} ", asked.number);
    let pin = pins.lines().find_map(|line| line.trim().strip_prefix(start.as_str()));
    let pin =
        pin.ok_or_else(|| Failure::Used(format!("the PIN file has no line “{} PIN”; nothing was changed", asked.number)))?;
    super::open::desk(common)?.recover(&code, StaffNo(asked.number), &Pin::new(pin.trim()))?;
    if common.json {
        print(&serde_json::json!({ "recovered": asked.number }).to_string())?;
    } else {
        print(&super::words(common)?.plain("cli-recovered"))?;
    }
    Ok(Ended::Done)
}

/// Reads a file, or standard input for -.
pub(super) fn read(path: &PathBuf) -> Result<String, Failure> {
    let failed = |source| Failure::File { path: path.display().to_string(), source };
    if path.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin()).map_err(failed)
    } else {
        std::fs::read_to_string(path).map_err(failed)
    }
}
