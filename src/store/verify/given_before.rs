//! What one desk had given when a document of it was made, as limits count it: at least that much stood in the books then.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::domain::calendar::months_later;
use crate::domain::document::{Document, Effect, Quote};
use crate::domain::ids::{BillId, MemberId, StaffNo};
use crate::domain::money::{Currency, Money};
use crate::domain::request::Job;
use crate::store::Result;

/// One document.
struct Given {
    job: Job,
    clerk: StaffNo,
    date: Date,
    member: Option<MemberId>,
    bills: BTreeSet<BillId>,
    total: Money,
}

/// What a desk has given so far. What was given for a member or a bill is kept for the business day alone, for no limit looks further
/// back, and neither does an undoing.
#[derive(Default)]
pub(super) struct GivenBefore {
    day: Option<Date>,
    today: HashMap<u64, Given>,
    members: HashMap<(Job, Currency, MemberId), i64>,
    bills: HashMap<(Job, Currency, BillId), Vec<u64>>,
    clerks: HashMap<(Currency, StaffNo), i64>,
    months: HashMap<(Currency, Date), i64>,
    years: HashMap<(Currency, MemberId), Vec<(Date, i64)>>,
}

impl GivenBefore {
    /// A later document of the desk.
    pub(super) fn add(&mut self, document: &Document) {
        let quote = &document.quote;
        self.turn(quote.business_date);
        for effect in &quote.effects {
            if let Effect::MarkVoided { document: undone } = effect
                && undone.desk == document.number.desk
            {
                self.undo(undone.sequence, quote);
            }
        }
        let bills: BTreeSet<BillId> = quote.subject.bills.iter().map(|bill| bill.id).collect();
        let (job, clerk, date, total) = (quote.job, quote.clerk, quote.business_date, quote.total);
        let given = Given { job, clerk, date, member: quote.subject.member, bills, total };
        for bill in &given.bills {
            self.bills.entry((job, total.currency(), *bill)).or_default().push(document.number.sequence);
        }
        self.count(&given, total.minor());
        self.today.insert(document.number.sequence, given);
    }

    /// Takes out what a document gave. Of one that is kept no more, for the desk's day went to and fro, only the undoing tells the sum.
    fn undo(&mut self, sequence: u64, by: &Quote) {
        if let Some(given) = self.today.remove(&sequence) {
            self.count(&given, -given.total.minor());
        } else if by.total.is_negative() {
            let (clerk, date, member) = (by.clerk, by.business_date, by.subject.member);
            let given = Given { job: Job::Goodwill, clerk, date, member, bills: BTreeSet::new(), total: by.total };
            self.count(&given, by.total.minor());
        }
    }

    /// Another business day begins.
    fn turn(&mut self, day: Date) {
        if self.day != Some(day) {
            self.day = Some(day);
            self.today.clear();
            self.members.clear();
            self.bills.clear();
            self.clerks.clear();
        }
    }

    fn count(&mut self, given: &Given, minor: i64) {
        let currency = given.total.currency();
        let add = |sum: &mut i64| *sum = sum.saturating_add(minor);
        if let Some(member) = given.member {
            add(self.members.entry((given.job, currency, member)).or_default());
        }
        if given.job != Job::Goodwill {
            return;
        }
        add(self.clerks.entry((currency, given.clerk)).or_default());
        add(self.months.entry((currency, given.date.first_of_month())).or_default());
        if let Some(member) = given.member {
            self.years.entry((currency, member)).or_default().push((given.date, minor));
        }
    }

    /// What counts together with a quote of this desk under a limit.
    pub(super) fn together(&mut self, rule: &str, quote: &Quote) -> Result<Money> {
        self.turn(quote.business_date);
        let (currency, member) = (quote.currency, quote.subject.member);
        let minor = match rule {
            "goodwill-day" => self.clerks.get(&(currency, quote.clerk)).copied().unwrap_or_default(),
            "goodwill-shop" => self.months.get(&(currency, quote.business_date.first_of_month())).copied().unwrap_or_default(),
            "goodwill-member" => member.map_or(0, |member| self.year(currency, member, quote.business_date)),
            _ => self.of_today(quote),
        };
        Ok(quote.total.plus(currency.minor(minor))?)
    }

    /// For the same member or about one of the bills, each document once.
    fn of_today(&self, quote: &Quote) -> i64 {
        let (job, currency, member) = (quote.job, quote.currency, quote.subject.member);
        let of_member = member.and_then(|member| self.members.get(&(job, currency, member))).copied().unwrap_or_default();
        let lists = quote.subject.bills.iter().filter_map(|bill| self.bills.get(&(job, currency, bill.id)));
        let about: BTreeSet<u64> = lists.flatten().copied().collect();
        let others = about.iter().filter_map(|sequence| self.today.get(sequence));
        let others = others.filter(|given| member.is_none() || given.member != member);
        others.fold(of_member, |sum, given| sum.saturating_add(given.total.minor()))
    }

    fn year(&self, currency: Currency, member: MemberId, today: Date) -> i64 {
        let year_ago = months_later(today, -12).unwrap_or(Date::MIN);
        let given = self.years.get(&(currency, member)).map(Vec::as_slice).unwrap_or_default();
        given.iter().filter(|(date, _)| *date > year_ago).fold(0, |sum, (_, minor)| sum.saturating_add(*minor))
    }
}
