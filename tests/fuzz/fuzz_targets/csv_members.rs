//! Members as CSV.
#![no_main]

use courtesy::intake::{CsvMembers, MembersMap};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let map = MembersMap::fitting(&["code", "given", "family", "email", "born"].map(str::to_owned)).unwrap();
    let text = [b"code,given,family,email,born\n", bytes].concat();
    if let Ok(members) = CsvMembers::new(text.as_slice(), &map, &[]) {
        members.for_each(drop);
    }
});
