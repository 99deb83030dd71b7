//! The practice shop: invented members and sales of the last weeks, the same for the same seed, in a throw-away database.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

use super::pins::Pin;
use super::setup::{ask, hire, set_up};
use super::{Clock, Desk, DeskError, FirstPerson, Opening, Outcome, Proof, ShiftedClock, SignedIn, SystemClock};
use crate::domain::bill::{Bill, BillKind, CardTrace, Line, LineTax, Payment, PromotionGroup, TaxMode, Tender};
use crate::domain::calendar::{ShopDay, days_later};
use crate::domain::ids::{BillId, CardNumber, DeskNo, MemberId, StaffNo};
use crate::domain::member::Person;
use crate::domain::membership::{Plan, next_term};
use crate::domain::money::{Currency, Money, Quantity, Rate};
use crate::domain::preset;
use crate::domain::staff::{Role, Staff};
use crate::receipt::print::Printer;
use crate::store::shop::Shop;
use crate::store::{Store, Tx, bill, member};

/// Members of the practice shop.
const MEMBERS: usize = 240;
/// Days of trade before today.
const DAYS: i32 = 42;
/// Pieces on the first bill, which trainers know by heart.
const DRAWN_PIECES: [i64; 5] = [6, 8, 1, 6, 1];
/// Bills a day.
const BILLS_A_DAY: usize = 24;

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

/// A practice shop that is open. Its folder goes when it does.
pub struct Demo {
    /// The desk.
    pub desk: Desk,
    /// The staff, with the PINs that the sign-in screen shows.
    pub people: Vec<(Staff, String)>,
    /// The throw-away folder with the database and the receipts.
    pub folder: tempfile::TempDir,
}

/// Opens a practice shop.
pub fn open(seed: u64, today: Option<Date>, language: &str) -> Result<Demo, DeskError> {
    let practice: Practice =
        toml::from_str(include_str!("../../resources/demo/shop.toml")).map_err(|error| DeskError::Practice(error.to_string()))?;
    let folder = tempfile::Builder::new()
        .prefix("courtesy-practice-")
        .tempdir()
        .map_err(|error| DeskError::Practice(error.to_string()))?;
    let zone = TimeZone::get(&practice.zone).map_err(|_| DeskError::UnknownZone(practice.zone.clone()))?;
    let day = ShopDay { zone, day_ends_at: Time::constant(4, 0, 0, 0) };
    let clock = clock(&day, today)?;
    let mut store = Store::open(&folder.path().join("courtesy.db"))?;
    let people = staff(&mut store, &practice, clock.as_ref(), language)?;
    let today = day.business_date(clock.now())?;
    let mut random = fastrand::Rng::with_seed(seed);
    let policy = crate::domain::policy::Policy::parse(preset_text(&practice)?)?;
    let plans = policy.plans.iter().map(|plan| plan.priced(practice.currency)).collect::<Result<Vec<_>, _>>()?;
    store.write(|tx| {
        let members = members(tx, &practice, &plans, &mut random, today)?;
        sales(tx, &practice, &members, &mut random, &day, today)
    })?;
    let printer = Printer::Folder(folder.path().join("receipts"));
    let mut desk = Desk::open(store, DeskNo(1), clock, printer)?;
    let people = hire_all(&mut desk, &practice, people, language)?;
    Ok(Demo { desk, people, folder })
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
fn staff(store: &mut Store, practice: &Practice, clock: &dyn Clock, language: &str) -> Result<SignedIn, DeskError> {
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
    let staff = Staff { no: first.no, name: first.name.clone(), role: first.role, language: language.to_owned(), active: true };
    Ok(SignedIn { staff })
}

/// The rest of the staff come in by documents, as in any shop.
fn hire_all(desk: &mut Desk, practice: &Practice, first: SignedIn, language: &str) -> Result<Vec<(Staff, String)>, DeskError> {
    let mut people = vec![(first.staff.clone(), practice.staff.first().map(|hand| hand.pin.clone()).unwrap_or_default())];
    for hand in practice.staff.iter().skip(1) {
        let language = hand.language.clone().unwrap_or_else(|| language.to_owned());
        let staff = Staff { no: hand.no, name: hand.name.clone(), role: hand.role, language, active: true };
        let envelope = ask(desk.number(), first.staff.no, hire(staff.clone()));
        if !matches!(desk.post(&envelope, &Proof::default())?, Outcome::Posted(_)) {
            return Err(DeskError::Practice(format!("{} could not be hired", hand.name)));
        }
        desk.set_pin(&first, hand.no, &Pin::new(hand.pin.clone()))?;
        people.push((staff, hand.pin.clone()));
    }
    Ok(people)
}

fn pick<'a, T>(random: &mut fastrand::Rng, list: &'a [T]) -> Result<&'a T, DeskError> {
    random.choice(list).ok_or(DeskError::Practice("one of its lists is empty".to_owned()))
}

fn random_id(random: &mut fastrand::Rng) -> Uuid {
    uuid::Builder::from_random_bytes(random.u128(..).to_be_bytes()).into_uuid()
}

fn members(
    tx: &mut Tx<'_>,
    practice: &Practice,
    plans: &[Plan],
    random: &mut fastrand::Rng,
    today: Date,
) -> Result<Vec<MemberId>, DeskError> {
    let mut members = Vec::with_capacity(MEMBERS);
    for i in 0..MEMBERS {
        // The first few are the people of the drawings, so that a trainer can name them.
        let at = |list: &[String], random: &mut fastrand::Rng| -> Result<String, DeskError> {
            if i < 4 { Ok(list.get(i).cloned().unwrap_or_default()) } else { pick(random, list).cloned() }
        };
        let (given, family) = (at(&practice.given, random)?, at(&practice.family, random)?);
        let (street, city) = (pick(random, &practice.streets)?, pick(random, &practice.cities)?);
        let person = Person {
            email: format!("member{i}@example.com"),
            phone: format!("2{:07}", random.u32(0..10_000_000)),
            address: format!("{street} {}, {city}", random.u8(1..120)),
            born: Some(days_later(today, -random.i32(7_000..29_000))?),
            given,
            family,
        };
        let id = MemberId(random_id(random));
        let since = days_later(today, -random.i32(5..1_400))?;
        member::put(tx, id, &person, None, since)?;
        let serial = member::next_card_serial(tx)?;
        member::issue_card(tx, id, CardNumber::from_serial(serial)?)?;
        let plan = pick(random, plans)?;
        let mut last = None;
        let mut pay = since;
        while pay <= today {
            let (term, _) = next_term(plan, last.as_ref(), pay)?;
            member::import_term(tx, id, &term)?;
            let Some(end) = term.end else { break };
            last = Some(term);
            // One in eight forgets to renew.
            if random.u8(0..8) == 0 && i >= 4 {
                break;
            }
            pay = end;
        }
        members.push(id);
    }
    Ok(members)
}

fn sales(
    tx: &mut Tx<'_>,
    practice: &Practice,
    members: &[MemberId],
    random: &mut fastrand::Rng,
    day: &ShopDay,
    today: Date,
) -> Result<(), DeskError> {
    let mut number = 536_365_u32;
    for back in (1..=DAYS).rev() {
        let date = days_later(today, -back)?;
        let opens = date.at(9, 0, 0, 0).to_zoned(day.zone.clone()).map_err(|_| crate::domain::calendar::OutOfCalendar)?;
        for nth in 0..BILLS_A_DAY {
            let at = opens.timestamp() + SignedDuration::from_mins(i64::try_from(nth * 25).unwrap_or(0) + random.i64(0..20));
            let member = if random.u8(0..5) == 0 { None } else { Some(*pick(random, members)?) };
            // The drawings' bill belongs to the drawings' member.
            let member = if number == 536_365 { members.first().copied() } else { member };
            let sold = sale(practice, random, day, Sold { number, at, date, member })?;
            bill::put(tx, &sold)?;
            number += 1;
        }
    }
    Ok(())
}

/// When and to whom something is sold.
struct Sold {
    number: u32,
    at: Timestamp,
    date: Date,
    member: Option<MemberId>,
}

fn sale(practice: &Practice, random: &mut fastrand::Rng, day: &ShopDay, sold: Sold) -> Result<Bill, DeskError> {
    let currency = practice.currency;
    let is_drawn = sold.number == 536_365;
    let mut lines = Vec::new();
    let mut groups = Vec::new();
    let count = if is_drawn { DRAWN_PIECES.len() } else { random.usize(1..6) };
    for i in 0..count {
        let good = if is_drawn { &practice.goods[i] } else { pick(random, &practice.goods)? };
        let pieces = match DRAWN_PIECES.get(i) {
            Some(pieces) if is_drawn => *pieces,
            _ if good.price > Decimal::ONE_HUNDRED => 1,
            _ => random.i64(1..5),
        };
        let no = u32::try_from(lines.len() + 1).unwrap_or(u32::MAX);
        lines.push(line(good, currency, no, pieces, random.u8(0..12) == 0 && !is_drawn)?);
    }
    if !is_drawn && random.u8(0..15) == 0 {
        promotion(practice, currency, &mut lines, &mut groups)?;
    }
    let gross = Money::sum(currency, lines.iter().map(|line| line.gross))?;
    let till = format!("{}", 1 + random.u8(0..4));
    Ok(Bill {
        id: BillId(random_id(random)),
        key: format!("practice/{till}/{}/{}", sold.date, sold.number),
        number: sold.number.to_string(),
        kind: BillKind::Sale,
        till,
        at: day.moment(sold.at),
        business_date: sold.date,
        member: sold.member,
        currency,
        tax_mode: TaxMode::Included,
        payments: payments(random, gross, is_drawn)?,
        lines,
        rounding: currency.zero(),
        groups,
    })
}

fn line(good: &Good, currency: Currency, no: u32, pieces: i64, reduced: bool) -> Result<Line, DeskError> {
    let quantity = Quantity::pieces(pieces)?;
    let regular = currency.exact(good.price * Decimal::from(pieces))?;
    let discount = if reduced { regular.rate(Rate::from_ppm(100_000))? } else { currency.zero() };
    taxed(good, no, quantity, regular.minus(discount)?, discount, None)
}

fn taxed(good: &Good, no: u32, quantity: Quantity, gross: Money, discount: Money, group: Option<u32>) -> Result<Line, DeskError> {
    let tax = gross.tax_inside(good.tax)?;
    let taxes = if tax.is_zero() { vec![] } else { vec![LineTax { code: good.tax.to_string(), rate: good.tax, amount: tax }] };
    Ok(Line {
        no,
        item: good.item.clone(),
        text: good.text.clone(),
        department: good.department.clone(),
        quantity,
        unit_price: good.price,
        discount,
        net: gross.minus(tax)?,
        tax,
        gross,
        taxes,
        returns: None,
        group,
    })
}

/// Three boxes of chocolate for the price of two.
fn promotion(
    practice: &Practice,
    currency: Currency,
    lines: &mut Vec<Line>,
    groups: &mut Vec<PromotionGroup>,
) -> Result<(), DeskError> {
    let Some(good) = practice.goods.last() else { return Ok(()) };
    let price = currency.exact(good.price)?;
    let mut regular = Vec::new();
    for i in 0..3 {
        let no = u32::try_from(lines.len() + 1).unwrap_or(u32::MAX);
        let (gross, discount) = if i < 2 { (price, currency.zero()) } else { (currency.zero(), price) };
        lines.push(taxed(good, no, Quantity::ONE, gross, discount, Some(1))?);
        regular.push((no, price));
    }
    groups.push(PromotionGroup { no: 1, name: "3 for 2".to_owned(), buy: 2, free: 1, regular });
    Ok(())
}

fn payments(random: &mut fastrand::Rng, gross: Money, by_card: bool) -> Result<Vec<Payment>, DeskError> {
    let last_four = if by_card { "4821".to_owned() } else { format!("{:04}", random.u32(0..10_000)) };
    let reference = Some(format!("T{:06}", random.u32(0..1_000_000)));
    let card = CardTrace { brand: Some("Visa".to_owned()), last_four: Some(last_four), reference };
    let pay = |no, tender, amount, card| Payment { no, tender, amount, card };
    Ok(match random.u8(0..20) {
        _ if by_card => vec![pay(1, Tender::Card, gross, Some(card))],
        0..5 => vec![pay(1, Tender::Cash, gross, None)],
        5 if gross.minor() > 2_000 => {
            let cash = gross.currency().minor(1_000);
            vec![pay(1, Tender::Cash, cash, None), pay(2, Tender::Card, gross.minus(cash)?, Some(card))]
        }
        _ => vec![pay(1, Tender::Card, gross, Some(card))],
    })
}
