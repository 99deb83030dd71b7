//! Sales as CSV, with the map of the shipped retail file.
#![no_main]

use courtesy::intake::{CsvSales, SalesMap};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let map = SalesMap::from_toml(include_str!("../../../resources/maps/online_retail.toml")).unwrap();
    let header = b"InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    let text = [header, bytes].concat();
    if let Ok(sales) = CsvSales::new(text.as_slice(), map, "x") {
        sales.for_each(drop);
    }
});
