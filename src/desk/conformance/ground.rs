//! A shop in a schema of its own, with a clerk who may give back one at a time, and bills to give back from.

use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;
use jiff::civil::{Time, time};
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::{Check, Trial, What};
use crate::desk::{Clock as _, Desk, DeskError, FirstPerson, Opening, Outcome, Pin, Proof, Shop, SystemClock, ask, hire, set_up};
use crate::domain::bill::{Bill, BillKind, Line, Payment, TaxMode, Tender};
use crate::domain::calendar::Moment;
use crate::domain::ids::{BillId, DeskNo, StaffNo};
use crate::domain::money::{Currency, Quantity};
use crate::domain::preset;
use crate::domain::staff::{Role, Staff};
use crate::receipt::print::Printer;
use crate::store::outside::Outside;
use crate::store::verify::verify;
use crate::store::{Address, Place, Store, StoreError, bill};

/// The manager of the shop, and its clerk.
pub(super) const MANAGER: StaffNo = StaffNo(1);
pub(super) const CLERK: StaffNo = StaffNo(2);

/// The manager's PIN; the shop lives for a few minutes.
const PIN: &str = "314159";

/// What the clerk may give back on one day without a second person.
const LIMIT: &str = "1.00";

/// The full hour that is farthest from now: a day that ends then lasts eleven hours or more, so that no quote is a day old when it is
/// booked.
fn farthest_hour(now: Timestamp) -> Time {
    time((now.to_zoned(TimeZone::UTC).hour() + 12) % 24, 0, 0, 0)
}

pub(super) struct Ground {
    address: Address,
    schema: String,
    folder: tempfile::TempDir,
    currency: Currency,
    bills: AtomicU32,
    #[cfg(debug_assertions)]
    unguarded: bool,
}

impl Ground {
    /// Makes the schema and the shop in it.
    pub(super) fn make(
        address: &Address,
        #[cfg_attr(not(debug_assertions), expect(unused_variables))] trial: Trial,
    ) -> Result<Self, DeskError> {
        let schema = format!("courtesy_conformance_{}", Uuid::new_v4().simple());
        let made = address.in_schema(&schema);
        Store::make_schema(&made)?;
        let practice = |reason: &str| DeskError::Practice(reason.to_owned());
        let currency = Currency::from_code("EUR").map_err(|_| practice("it has no currency"))?;
        let folder = tempfile::tempdir().map_err(|error| practice(&error.to_string()))?;
        let ground = Self {
            address: made,
            schema,
            folder,
            currency,
            bills: AtomicU32::new(0),
            #[cfg(debug_assertions)]
            unguarded: trial.unguarded,
        };
        let opened = ground.open(currency);
        if opened.is_err() {
            // The first error is the one to be told.
            let _cleared = ground.clear();
        }
        opened.map(|()| ground)
    }

    fn open(&self, currency: Currency) -> Result<(), DeskError> {
        let open = preset::of("open").ok_or_else(|| DeskError::Practice("it has no policy".to_owned()))?;
        let policy = open.text.replacen("clerk = \"any\"", &format!("clerk = {{ up_to = \"{LIMIT}\" }}"), 1);
        let shop = Shop {
            name: "Conformance".to_owned(),
            address: String::new(),
            currency,
            zone: "UTC".to_owned(),
            day_ends_at: farthest_hour(SystemClock.now()),
            language: "en".to_owned(),
            replay: false,
        };
        let manager = FirstPerson { name: "Manager".to_owned(), pin: Pin::new(PIN) };
        set_up(&mut self.store()?, &Opening { shop, policy, manager }, &SystemClock)?;
        let clerk = Staff {
            no: CLERK,
            name: "Clerk".to_owned(),
            role: Role::Clerk,
            language: "en".to_owned(),
            active: true,
            member: None,
        };
        let mut desk = self.desk(DeskNo(1), &self.address)?;
        match desk.post(&ask(DeskNo(1), MANAGER, hire(clerk)), &Proof::default())? {
            Outcome::Posted(_) => Ok(()),
            _ => Err(DeskError::Practice("it has no clerk".to_owned())),
        }
    }

    /// Takes the schema away again.
    pub(super) fn clear(&self) -> Result<(), DeskError> {
        Ok(Store::drop_schema(&self.address)?)
    }

    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    pub(super) fn pin() -> Pin {
        Pin::new(PIN)
    }

    fn store(&self) -> Result<Store, StoreError> {
        self.store_at(&self.address)
    }

    /// The books behind an address; what belongs outside them is in a folder that goes with the ground.
    fn store_at(&self, address: &Address) -> Result<Store, StoreError> {
        Ok(Store::open_at(&Place::Server(address.clone()), true)?.keeping(Outside::at(self.folder.path().join("outside"))))
    }

    /// A desk of a number.
    pub(super) fn desk(&self, number: DeskNo, address: &Address) -> Result<Desk, DeskError> {
        #[cfg_attr(not(debug_assertions), expect(unused_mut))]
        let mut store = self.store_at(address)?;
        #[cfg(debug_assertions)]
        if self.unguarded {
            store.unguard();
        }
        let printer = Printer::Folder(std::env::temp_dir().join(&self.schema));
        Desk::open(store, number, Box::new(SystemClock), printer)
    }

    /// Desks 1 to so many.
    pub(super) fn desks(&self, count: u16) -> Result<Vec<Desk>, DeskError> {
        (1..=count).map(|number| self.desk(DeskNo(number), &self.address)).collect()
    }

    /// A bill of lines of one piece each, paid in cash; answers its number.
    pub(super) fn bill(&self, desk: &mut Desk, lines: &[i64]) -> Result<String, DeskError> {
        let number = format!("{}", 100_000 + self.bills.fetch_add(1, Ordering::Relaxed));
        let zero = self.currency.zero();
        let line = |(no, minor): (u32, &i64)| -> Result<Line, DeskError> {
            let gross = self.currency.minor(*minor);
            Ok(Line {
                no,
                item: format!("{no}"),
                text: "Piece".to_owned(),
                department: String::new(),
                quantity: Quantity::pieces(1)?,
                unit_price: gross.decimal(),
                discount: zero,
                net: gross,
                tax: zero,
                gross,
                taxes: Vec::new(),
                returns: None,
                group: None,
            })
        };
        let lines = (1..).zip(lines).map(line).collect::<Result<Vec<_>, _>>()?;
        let paid = self.currency.minor(lines.iter().map(|line| line.gross.minor()).sum());
        let at = Moment { at_us: desk.now().at_us - 60_000_000, offset_min: 0 };
        let bill = Bill {
            id: BillId(Uuid::now_v7()),
            key: format!("conformance/{number}"),
            number: number.clone(),
            kind: BillKind::Sale,
            till: "1".to_owned(),
            at,
            business_date: desk.today()?,
            member: None,
            currency: self.currency,
            tax_mode: TaxMode::Included,
            lines,
            payments: vec![Payment { no: 1, tender: Tender::Cash, amount: paid, card: None }],
            rounding: zero,
            groups: Vec::new(),
        };
        desk.store().write_twice(|tx| bill::put(tx, &bill).map_err(DeskError::from))?;
        Ok(number)
    }

    /// The books after all of it.
    pub(super) fn verified(&self) -> Result<Check, DeskError> {
        let report = self.store()?.read(|tx| verify(tx, None, &mut |_, _| {}))?;
        let wrong = report.findings.iter().filter(|finding| !finding.is_note()).map(|finding| format!("{finding:?}")).collect();
        Ok(Check { what: What::Books, tried: 1, wrong })
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;

    use super::*;
    use crate::domain::calendar::ShopDay;

    #[test]
    fn no_day_ends_while_a_server_is_looked_at() {
        let midnight: Timestamp = "2026-11-29T00:00:00Z".parse().unwrap();
        for minutes in 0..24 * 60 {
            let now = midnight + minutes.minutes();
            let day = ShopDay { zone: TimeZone::UTC, day_ends_at: farthest_hour(now) };
            let of = |at| day.business_date(at).unwrap();
            assert_eq!((of(now - 11.hours()), of(now + 11.hours())), (of(now), of(now)), "{now}");
        }
    }
}
