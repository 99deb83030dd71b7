//! The practice shop: invented members and sales of the last weeks, the same for the same seed, in a throw-away database.

mod members;
mod sales;

use std::path::Path;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

use super::progress::{Steps, Tell};
use super::setup::{ask, hire, set_up};
use super::{Clock, Desk, DeskError, FirstPerson, Opening, Outcome, Pin, Proof, ShiftedClock, SignedIn, SystemClock};
use crate::domain::calendar::ShopDay;
use crate::domain::ids::{DeskNo, StaffNo};
use crate::domain::money::{Currency, Rate};
use crate::domain::preset;
use crate::domain::staff::{Role, Staff};
use crate::receipt::print::Printer;
use crate::store::Store;
use crate::store::shop::Shop;

/// Steps that hashing a PIN counts for.
const STEPS_OF_PIN: u32 = 40;

/// The practice shop as its file describes it.
#[derive(Debug, Deserialize)]
struct Practice {
    name: String,
    address: String,
    currency: Currency,
    zone: String,
    preset: String,
    given: Vec<String>,
    family: Vec<String>,
    streets: Vec<String>,
    cities: Vec<String>,
    staff: Vec<Hand>,
    goods: Vec<Good>,
}

#[derive(Debug, Deserialize)]
struct Hand {
    no: StaffNo,
    name: String,
    role: Role,
    pin: String,
    language: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Good {
    item: String,
    text: String,
    department: String,
    price: Decimal,
    tax: Rate,
}

/// The practice shop, in a throw-away folder that goes with its value.
pub struct Demo {
    /// The desk.
    pub desk: Desk,
    /// The staff, with the PINs that the sign-in screen shows.
    pub people: Vec<(Staff, String)>,
    /// The throw-away folder with the database and the receipts.
    pub folder: tempfile::TempDir,
}

/// A throw-away folder for a practice shop.
///
/// # Errors
/// When the system's folder for such things cannot be written to.
pub fn folder() -> Result<tempfile::TempDir, DeskError> {
    let folder = tempfile::Builder::new().prefix("courtesy-practice-").tempdir();
    folder.map_err(|error| DeskError::Practice(error.to_string()))
}

/// Opens a practice shop in a throw-away folder.
pub fn open(seed: u64, today: Option<Date>, language: &str) -> Result<Demo, DeskError> {
    let folder = folder()?;
    let (desk, people) = make(folder.path(), seed, today, language, &mut |_| {})?;
    Ok(Demo { desk, people, folder })
}

/// Makes a practice shop in a folder, and tells how far that is: the desk, and the staff with their PINs.
pub fn make(
    folder: &Path,
    seed: u64,
    today: Option<Date>,
    language: &str,
    tell: Tell<'_>,
) -> Result<(Desk, Vec<(Staff, String)>), DeskError> {
    let practice: Practice = toml::from_str(include_str!("../../../resources/demo/shop.toml"))
        .map_err(|error| DeskError::Practice(error.to_string()))?;
    let pins = u32::try_from(practice.staff.len()).unwrap_or(0) + 1;
    let mut steps = Steps::new(members::MEMBERS + sales::BILLS + pins * STEPS_OF_PIN, "opening-practice", tell);
    let zone = TimeZone::get(&practice.zone).map_err(|_| DeskError::UnknownZone(practice.zone.clone()))?;
    let day = ShopDay { zone, day_ends_at: Time::constant(4, 0, 0, 0) };
    let clock = clock(&day, today)?;
    let mut store = Store::open(&folder.join("courtesy.db"))?;
    let first = set_up_shop(&mut store, &practice, clock.as_ref(), language)?;
    steps.done(2 * STEPS_OF_PIN);
    let today = day.business_date(clock.now())?;
    let mut random = fastrand::Rng::with_seed(seed);
    let policy = crate::domain::policy::Policy::parse_in(preset_text(&practice)?, language)?;
    let plans = policy.plans.iter().map(|plan| plan.priced(practice.currency)).collect::<Result<Vec<_>, _>>()?;
    store.write(|tx| {
        steps.turn_to("opening-members");
        let members = members::make(tx, &practice, &plans, &mut random, today, &mut steps)?;
        steps.turn_to("opening-sales");
        sales::make(tx, &practice, &members, &mut random, &day, today, &mut steps)
    })?;
    steps.turn_to("opening-staff");
    let printer = Printer::Folder(folder.join("receipts"));
    let mut desk = Desk::open(store, DeskNo(1), clock, printer)?;
    let people = hire_all(&mut desk, &practice, first, language, &mut steps)?;
    Ok((desk, people))
}

fn preset_text(practice: &Practice) -> Result<&'static str, DeskError> {
    let missing = || DeskError::NotFound { what: "preset", name: practice.preset.clone() };
    preset::of(&practice.preset).map(|preset| preset.text).ok_or_else(missing)
}

/// The computer's clock, or one that starts at ten in the morning of a given day.
fn clock(day: &ShopDay, today: Option<Date>) -> Result<Box<dyn Clock>, DeskError> {
    let Some(today) = today else { return Ok(Box::new(SystemClock)) };
    let ten = today.at(10, 0, 0, 0).to_zoned(day.zone.clone()).map_err(|_| crate::domain::calendar::OutOfCalendar)?;
    Ok(Box::new(ShiftedClock::starting(ten.timestamp())))
}

/// Sets the shop up with its first person.
fn set_up_shop(store: &mut Store, practice: &Practice, clock: &dyn Clock, language: &str) -> Result<SignedIn, DeskError> {
    let first = practice.staff.first().ok_or(DeskError::Practice("it has no staff".to_owned()))?;
    let shop = Shop {
        name: practice.name.clone(),
        address: practice.address.clone(),
        currency: practice.currency,
        zone: practice.zone.clone(),
        day_ends_at: Time::constant(4, 0, 0, 0),
        language: language.to_owned(),
        replay: false,
    };
    let manager = FirstPerson { name: first.name.clone(), pin: Pin::new(first.pin.clone()) };
    set_up(store, &Opening { shop, policy: preset_text(practice)?.to_owned(), manager }, clock)?;
    // Nobody recovers what is thrown away.
    store.outside().note_code_seen()?;
    let staff = Staff {
        no: first.no,
        name: first.name.clone(),
        role: first.role,
        language: language.to_owned(),
        active: true,
        member: None,
    };
    Ok(SignedIn { staff })
}

/// The rest of the staff come in by documents, as in any shop.
fn hire_all(
    desk: &mut Desk,
    practice: &Practice,
    first: SignedIn,
    language: &str,
    steps: &mut Steps<'_>,
) -> Result<Vec<(Staff, String)>, DeskError> {
    let mut people = vec![(first.staff.clone(), practice.staff.first().map(|hand| hand.pin.clone()).unwrap_or_default())];
    for hand in practice.staff.iter().skip(1) {
        let language = hand.language.clone().unwrap_or_else(|| language.to_owned());
        let staff = Staff { no: hand.no, name: hand.name.clone(), role: hand.role, language, active: true, member: None };
        let envelope = ask(desk.number(), first.staff.no, hire(staff.clone()));
        if !matches!(desk.post(&envelope, &Proof::default())?, Outcome::Posted(_)) {
            return Err(DeskError::Practice(format!("{} could not be hired", hand.name)));
        }
        desk.set_pin(&first, hand.no, &Pin::new(hand.pin.clone()))?;
        people.push((staff, hand.pin.clone()));
        steps.done(STEPS_OF_PIN);
    }
    Ok(people)
}

fn pick<'a, T>(random: &mut fastrand::Rng, list: &'a [T]) -> Result<&'a T, DeskError> {
    random.choice(list).ok_or(DeskError::Practice("one of its lists is empty".to_owned()))
}

fn random_id(random: &mut fastrand::Rng) -> Uuid {
    uuid::Builder::from_random_bytes(random.u128(..).to_be_bytes()).into_uuid()
}
