//! Members as CSV, one a row.

use std::io::Read;

use super::fault::Fault;
use super::item::{Incoming, NewMember, Place};
use super::map::MembersMap;
use super::rows::{CsvRows, FieldError};
use super::{Incomings, IntakeError};
use crate::domain::member::{FieldFault, Person, check_email, check_name, check_phone};

/// Columns by their place.
struct Columns {
    code: Option<usize>,
    given: Option<usize>,
    family: Option<usize>,
    phone: Option<usize>,
    email: Option<usize>,
    address: Option<usize>,
    born: Option<usize>,
    since: Option<usize>,
    plan: Option<usize>,
    term_start: Option<usize>,
    term_end: Option<usize>,
}

/// Reads members from a CSV.
pub struct CsvMembers<R: Read> {
    rows: CsvRows<R>,
    columns: Columns,
    member_ending: String,
    ended: bool,
}

impl<R: Read> CsvMembers<R> {
    /// Reads from the beginning.
    pub fn new(file: R, map: &MembersMap) -> Result<Self, IntakeError> {
        Self::over(CsvRows::new(file, &map.file)?, map)
    }

    /// Goes on at a place given by [`Incomings::place`], under a header read before.
    pub fn resume(file: R, map: &MembersMap, header: Vec<String>, place: Place) -> Result<Self, IntakeError> {
        Self::over(CsvRows::resume(file, &map.file, header, place)?, map)
    }

    fn over(rows: CsvRows<R>, map: &MembersMap) -> Result<Self, IntakeError> {
        let place = |name: &Option<String>| name.as_ref().map(|name| rows.column(name)).transpose();
        let named = &map.columns;
        let columns = Columns {
            code: place(&named.code)?,
            given: place(&named.given)?,
            family: place(&named.family)?,
            phone: place(&named.phone)?,
            email: place(&named.email)?,
            address: place(&named.address)?,
            born: place(&named.born)?,
            since: place(&named.since)?,
            plan: place(&named.plan)?,
            term_start: place(&named.term_start)?,
            term_end: place(&named.term_end)?,
        };
        Ok(Self { rows, columns, member_ending: map.file.member_ending.clone(), ended: false })
    }

    fn member(&self) -> Result<NewMember, FieldError> {
        self.rows.check_form()?;
        let columns = &self.columns;
        let person = Person {
            given: self.checked(columns.given, check_name)?,
            family: self.checked(columns.family, check_name)?,
            phone: self.checked(columns.phone, check_phone)?,
            email: self.checked(columns.email, check_email)?,
            address: self.text(columns.address)?,
            born: self.date(columns.born)?,
        };
        if person.given.is_empty() && person.family.is_empty() {
            return Err(FieldError { column: columns.family.or(columns.given), fault: Fault::Missing });
        }
        if person.born.is_some_and(|born| born.year() < 1900) {
            return Err(FieldError { column: columns.born, fault: Fault::Field(FieldFault::ImpossibleDay) });
        }
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let code = self.text(columns.code)?;
        let code = code.strip_suffix(self.member_ending.as_str()).unwrap_or(&code).to_owned();
        Ok(NewMember {
            code: some(code),
            person,
            since: self.date(columns.since)?,
            plan: some(self.text(columns.plan)?),
            term_start: self.date(columns.term_start)?,
            term_end: self.date(columns.term_end)?,
            line: self.rows.place.line,
        })
    }

    fn text(&self, column: Option<usize>) -> Result<String, FieldError> {
        column.map_or(Ok(String::new()), |column| self.rows.text(column, false).map(str::to_owned))
    }

    fn date(&self, column: Option<usize>) -> Result<Option<jiff::civil::Date>, FieldError> {
        column.map_or(Ok(None), |column| self.rows.date(column))
    }

    fn checked(&self, column: Option<usize>, check: fn(&str) -> Result<(), FieldFault>) -> Result<String, FieldError> {
        let text = self.text(column)?;
        if !text.is_empty() {
            check(&text).map_err(|fault| FieldError { column, fault: Fault::Field(fault) })?;
        }
        Ok(text)
    }
}

impl<R: Read> Iterator for CsvMembers<R> {
    type Item = Result<Incoming, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.rows.read() {
            Ok(true) => Some(Ok(match self.member() {
                Ok(member) => Incoming::Member(Box::new(member)),
                Err(error) => Incoming::Reject(Box::new(self.rows.reject(error))),
            })),
            Ok(false) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(self.rows.stopped(error))
            }
        }
    }
}

impl<R: Read> Incomings for CsvMembers<R> {
    fn place(&self) -> Option<Place> {
        Some(self.rows.next)
    }

    fn read_byte(&self) -> u64 {
        self.rows.next.byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::membership::{Plan, TermRule};
    use crate::domain::money::{Currency, Rate};
    use jiff::civil::date;

    fn members(text: &str) -> Vec<Incoming> {
        let header: Vec<String> = text.lines().next().unwrap().split(',').map(str::to_owned).collect();
        let map = MembersMap::fitting(&header).unwrap();
        CsvMembers::new(text.as_bytes(), &map).unwrap().map(|incoming| incoming.unwrap()).collect()
    }

    const HEADER: &str = "code,given,family,phone,email,born,since,plan,term_end";

    #[test]
    fn a_member_comes_in_whole() {
        let row = "17,Ilze,Bērziņa,+371 2123 4567,ilze@example.lv,1980-02-29,2019-05-04,gold,2027-03-31";
        let items = members(&format!("{HEADER}\n{row}\n"));
        let [Incoming::Member(member)] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!((member.code.as_deref(), member.person.name().as_str()), (Some("17"), "Ilze Bērziņa"));
        let fee = Currency::from_code("EUR").unwrap().minor(6500);
        let mut plan = Plan {
            code: "gold".into(),
            name: "Gold".into(),
            fee,
            tax: Rate::default(),
            term: TermRule::Rolling { months: 12 },
            offers: vec![],
        };
        let term = member.term(&plan).unwrap();
        assert_eq!(
            (term.start, term.end, term.anchor, term.run_months),
            (date(2026, 4, 1), Some(date(2027, 3, 31)), date(2026, 4, 1), 12)
        );
        plan.term = TermRule::Lifetime;
        assert_eq!(member.term(&plan).unwrap().end, None);
    }

    #[test]
    fn faults_name_line_and_column() {
        for (row, column, name) in [
            ("1,,,,,,,,", 3, "missing"),
            ("1,R2,D2,,,,,,", 2, "field"),
            ("1,Ann,K,12,,,,,", 4, "field"),
            ("1,Ann,K,,ann@nowhere,,,,", 5, "field"),
            ("1,Ann,K,,,1850-01-01,,,", 6, "field"),
            ("1,Ann,K,,,29.02.1980,,,", 6, "not-a-time"),
            ("1,Ann,K,,,,2021-02-29,,", 7, "not-a-time"),
            ("4111111111111111,Ann,K,,,,,,", 1, "card-number"),
            ("1,Ann", 1, "columns"),
        ] {
            let items = members(&format!("{HEADER}\n2,Anna,L,,,,,,\n{row}\n"));
            let [Incoming::Member(_), Incoming::Reject(reject)] = items.as_slice() else { panic!("{row}: {items:?}") };
            assert_eq!((reject.line, reject.column, reject.fault.name()), (3, column, name), "{row}");
        }
    }
}
