//! Setting a shop up without the window, for servers, tests and replaying past trade.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use courtesy::desk::batch::Pins;
use courtesy::desk::{FirstPerson, Opening, Pin, SystemClock, set_up};
use courtesy::domain::ids::StaffNo;
use courtesy::domain::money::Currency;
use courtesy::domain::preset;
use courtesy::domain::staff::FIRST_MANAGER;
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
    let words = super::words(common)?;
    let path = database(common)?;
    let policy = match preset::of(&asked.policy) {
        Some(preset) => preset.text.to_owned(),
        None => read(Path::new(&asked.policy)).map_err(|error| {
            let presets = preset::ALL.map(|preset| preset.code).join(", ");
            Failure::Used(format!("“{}” is no preset (there are {presets}), and as a file: {error}", asked.policy))
        })?,
    };
    let pin = pin_of(&asked.pins, FIRST_MANAGER)?;
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
    let manager = FirstPerson { name: asked.manager.clone(), pin };
    let opening = Opening { shop, policy, manager };
    opening.check()?;
    let place = Place::of(&path).map_err(|error| Failure::Used(error.to_string()))?;
    let mut store = Store::open_at(&place, true).map_err(courtesy::desk::DeskError::from)?;
    let recovery = set_up(&mut store, &opening, &SystemClock)?;
    drop(store);
    // Opened once, so that the desk has its key from the beginning.
    let mut desk = super::open::desk(common)?;
    if common.json {
        print(&serde_json::json!({ "database": place.to_string(), "recovery_code": recovery.to_string() }).to_string())?;
    } else {
        print(&words.say("cli-set-up", &[("path", place.to_string().into()), ("code", recovery.to_string().into())]))?;
    }
    desk.code_was_seen()?;
    Ok(Ended::Done)
}

/// A manager who cannot sign in any more, or a recovery code that nobody has.
#[derive(Debug, Args)]
pub(super) struct Recover {
    /// The manager's number.
    #[arg(default_value_t = 1)]
    number: u32,
    /// File with the recovery code of the first start; - for standard input.
    #[arg(long, value_name = "FILE", required_unless_present = "new_code")]
    code: Option<PathBuf>,
    /// Makes a new recovery code for an administrator, who shows their PIN: where nobody saw the first one, or its paper is lost. The one
    /// before counts no more.
    #[arg(long, conflicts_with = "code")]
    new_code: bool,
    /// File with a line “number PIN”: the new PIN; with --new-code, the administrator's.
    #[arg(long, value_name = "FILE")]
    pins: PathBuf,
}

pub(super) fn recover(common: &Common, asked: &Recover) -> Result<Ended, Failure> {
    let words = super::words(common)?;
    let pin = pin_of(&asked.pins, StaffNo(asked.number))?;
    let Some(code) = &asked.code else { return new_code(common, StaffNo(asked.number), &pin) };
    let code = Pin::new(read(code)?.trim().to_uppercase());
    super::open::desk(common)?.recover(&code, StaffNo(asked.number), &pin)?;
    if common.json {
        print(&serde_json::json!({ "recovered": asked.number }).to_string())?;
    } else {
        print(&words.plain("cli-recovered"))?;
    }
    Ok(Ended::Done)
}

fn new_code(common: &Common, no: StaffNo, pin: &Pin) -> Result<Ended, Failure> {
    let words = super::words(common)?;
    let mut desk = super::open::desk(common)?;
    let by = desk.sign_in(no, pin)?;
    let recovery = desk.new_recovery_code(&by)?.to_string();
    if common.json {
        print(&serde_json::json!({ "recovery_code": recovery }).to_string())?;
    } else {
        print(&words.say("cli-new-code", &[("code", recovery.into())]))?;
    }
    desk.code_was_seen()?;
    Ok(Ended::Done)
}

/// The PIN that a file gives a person.
fn pin_of(path: &Path, no: StaffNo) -> Result<Pin, Failure> {
    let pins = Pins::read(&read(path)?).map_err(|error| Failure::Used(error.to_string()))?;
    let missing = || Failure::Used(format!("the PIN file has no line “{no} PIN”; nothing was changed; add it and try again"));
    pins.of(no).cloned().ok_or_else(missing)
}

/// Bytes of the longest file that is read whole: rules, a column map, PINs.
const LONGEST: u64 = 4 << 20;

/// Reads a text from a file, or from standard input for -, without the mark that some editors put before it.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let failed = |source| Failure::File { path: shown.to_string(), source };
    let source: Box<dyn Read> =
        if path.as_os_str() == "-" { Box::new(std::io::stdin()) } else { Box::new(File::open(path).map_err(failed)?) };
    let mut bytes = Vec::new();
    source.take(LONGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::Used(format!("{shown} is longer than {LONGEST} bytes; nothing was changed; name another file")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = good.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        Failure::Used(format!("{shown} line {line}, column {column}: not UTF-8 text; nothing was changed; save it as UTF-8"))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
