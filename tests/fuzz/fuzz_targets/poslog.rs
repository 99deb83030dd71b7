//! Sales as ARTS POSLog.
#![no_main]

use courtesy::domain::calendar::ShopDay;
use courtesy::domain::money::Currency;
use courtesy::intake::{PosLog, PosLogMap, Shop};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let day = ShopDay { zone: jiff::tz::TimeZone::UTC, day_ends_at: jiff::civil::Time::midnight() };
    let shop = Shop { day, currency: Currency::from_code("EUR").unwrap() };
    PosLog::new(bytes, PosLogMap::default(), &shop, "x", None).unwrap().for_each(drop);
});
