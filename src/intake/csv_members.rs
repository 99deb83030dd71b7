//! Members as CSV, one a row.

use std::io::Read;

use jiff::civil::Date;

use super::fault::Fault;
use super::item::{Incoming, NewMember, Place};
use super::map::MembersMap;
use super::rows::{CsvRows, FieldError};
use super::{Incomings, IntakeError};
use crate::domain::calendar::{days_later, months_later};
use crate::domain::member::{FieldFault, LONGEST_ADDRESS, Person, check_email, check_name, check_phone, check_text};
use crate::domain::membership::{Plan, Term, TermRule};

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
    plans: Vec<Plan>,
    ended: bool,
}

impl<R: Read> CsvMembers<R> {
    /// Reads from the beginning; `plans` are those that the shop has.
    pub fn new(file: R, map: &MembersMap, plans: &[Plan]) -> Result<Self, IntakeError> {
        Self::over(CsvRows::new(file, &map.file)?, map, plans)
    }

    /// Goes on at a place given by [`Incomings::place`], under a header read before.
    pub fn resume(file: R, map: &MembersMap, plans: &[Plan], header: Vec<String>, place: Place) -> Result<Self, IntakeError> {
        Self::over(CsvRows::resume(file, &map.file, header, place)?, map, plans)
    }

    fn over(rows: CsvRows<R>, map: &MembersMap, plans: &[Plan]) -> Result<Self, IntakeError> {
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
        Ok(Self { rows, columns, member_ending: map.file.member_ending.clone(), plans: plans.to_vec(), ended: false })
    }

    fn member(&self) -> Result<NewMember, FieldError> {
        self.rows.check_form()?;
        let columns = &self.columns;
        let person = Person {
            given: self.checked(columns.given, check_name)?,
            family: self.checked(columns.family, check_name)?,
            phone: self.checked(columns.phone, check_phone)?,
            email: self.checked(columns.email, check_email)?,
            address: self.checked(columns.address, |text| check_text(text, LONGEST_ADDRESS))?,
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
        let since = self.date(columns.since)?;
        Ok(NewMember { code: some(code), person, since, term: self.term(since)?, line: self.rows.place.line })
    }

    /// The paid term of the plan that the row names.
    fn term(&self, since: Option<Date>) -> Result<Option<Term>, FieldError> {
        let columns = &self.columns;
        let code = self.text(columns.plan)?;
        let (start, end) = (self.date(columns.term_start)?, self.date(columns.term_end)?);
        if code.is_empty() {
            return Ok(None);
        }
        let unknown = || FieldError { column: columns.plan, fault: Fault::NoSuchPlan { plan: code.clone() } };
        let plan = self.plans.iter().find(|plan| plan.code == code).ok_or_else(unknown)?;
        let wrong = |fault| FieldError { column: columns.term_end.or(columns.plan), fault };
        paid_term(plan, since, start, end).map(Some).map_err(wrong)
    }

    fn text(&self, column: Option<usize>) -> Result<String, FieldError> {
        column.map_or(Ok(String::new()), |column| self.rows.text(column).map(str::to_owned))
    }

    fn date(&self, column: Option<usize>) -> Result<Option<Date>, FieldError> {
        column.map_or(Ok(None), |column| self.rows.date(column))
    }

    fn checked(&self, column: Option<usize>, check: fn(&str) -> Result<(), FieldFault>) -> Result<String, FieldError> {
        let text = column.map_or(Ok(""), |column| self.rows.digits(column))?;
        if !text.is_empty() {
            check(text).map_err(|fault| FieldError { column, fault: Fault::Field(fault) })?;
        }
        Ok(text.to_owned())
    }
}

/// The term that was paid until a day; without a first day, as long as the plan's terms are.
fn paid_term(plan: &Plan, since: Option<Date>, start: Option<Date>, end: Option<Date>) -> Result<Term, Fault> {
    let months = match plan.term {
        TermRule::Anniversary { months, .. } | TermRule::Rolling { months } => months,
        TermRule::Fixed { .. } => 12,
        TermRule::Lifetime => 0,
    };
    let no_end = || Fault::NoTermEnd { plan: plan.code.clone() };
    let first_of = |end| months_later(days_later(end, 1).ok()?, -months).ok();
    let (start, end, run_months) = match (plan.term, end) {
        (TermRule::Lifetime, _) => (start.or(since).ok_or_else(no_end)?, None, 0),
        (_, None) => return Err(no_end()),
        (rule, Some(end)) => {
            let start = start.or_else(|| first_of(end)).ok_or_else(no_end)?;
            let run_months = if matches!(rule, TermRule::Fixed { .. }) { 0 } else { months };
            (start, Some(end), run_months)
        }
    };
    let anchor = end.and_then(first_of).unwrap_or(start);
    if end.is_some_and(|end| end < start) {
        return Err(Fault::TermBackwards);
    }
    Ok(Term { plan: plan.code.clone(), start, end, anchor, run_months, fee: plan.fee })
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
    use crate::domain::money::{Currency, Rate};
    use jiff::civil::date;

    fn members(text: &str) -> Vec<Incoming> {
        let header: Vec<String> = text.lines().next().unwrap().split(',').map(str::to_owned).collect();
        let map = MembersMap::fitting(&header).unwrap();
        let plans = [plan("gold", TermRule::Rolling { months: 12 }), plan("life", TermRule::Lifetime)];
        CsvMembers::new(text.as_bytes(), &map, &plans).unwrap().map(|incoming| incoming.unwrap()).collect()
    }

    fn plan(code: &str, term: TermRule) -> Plan {
        let fee = Currency::from_code("EUR").unwrap().minor(6500);
        Plan { code: code.into(), name: code.into(), fee, tax: Rate::default(), term, household_cards: 1, offers: vec![] }
    }

    const HEADER: &str = "code,given,family,phone,email,born,since,plan,term_end";

    #[test]
    fn a_member_comes_in_whole() {
        let row = "17,Ilze,Bērziņa,+371 2123 4567,ilze@example.lv,1980-02-29,2019-05-04,gold,2027-03-31";
        let items = members(&format!("{HEADER}\n{row}\n"));
        let [Incoming::Member(member)] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!((member.code.as_deref(), member.person.name().as_str()), (Some("17"), "Ilze Bērziņa"));
        let term = member.term.clone().unwrap();
        assert_eq!(
            (term.start, term.end, term.anchor, term.run_months),
            (date(2026, 4, 1), Some(date(2027, 3, 31)), date(2026, 4, 1), 12)
        );
        let items = members(&format!("{HEADER}\n{}\n", row.replace("gold,2027-03-31", "life,")));
        let [Incoming::Member(member)] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!(member.term.as_ref().unwrap().end, None);
    }

    #[test]
    fn faults_name_line_and_column() {
        for (row, column, name) in [
            ("1,,,,,,,,", 3, "missing"),
            ("1,R2,D2,,,,,,", 2, "field"),
            ("1,Ann,K,12,,,,,", 4, "field"),
            ("1,Ann,K,,ann@nowhere,,,,", 5, "field"),
            ("1,Ann,K,378282246310005,,,,,", 4, "field"),
            ("1,Ann,K,,4111111111111111@x.ee,,,,", 5, "field"),
            ("1,Ann,K,,,,,silver,2027-03-31", 8, "no-such-plan"),
            ("1,Ann,K,,,,,gold,", 9, "no-term-end"),
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
