//! Return windows: within, over with approval, over, never, and the kinder policy of the day of sale.

use super::*;
use crate::domain::calendar::days_later;

fn aged(department: &str, days: i32) -> Shop {
    let maker = bill("EUR").line("1", 900).with(|line| line.department = department.into()).cash(900);
    shop("club", [maker.on(days_later(TODAY, -days).unwrap())])
}

#[test]
fn stages_by_age() {
    let manager = Role::Manager;
    for (department, days, says_id, expected) in [
        ("", 5000, "ruling-any-time", Outcome::Allowed),
        ("electronics", 0, "ruling-in-window", Outcome::Allowed),
        ("Electronics", 90, "ruling-in-window", Outcome::Allowed),
        ("electronics", 91, "ruling-window-over-ask", Outcome::NeedsApproval(manager)),
        ("electronics", 120, "ruling-window-over-ask", Outcome::NeedsApproval(manager)),
        ("electronics", 121, "ruling-window-over", Outcome::RefusedUnless(manager)),
        ("tickets", 0, "ruling-never-comes-back", Outcome::Refused),
    ] {
        let quote = aged(department, days).ask(&whole());
        assert_eq!((says(&quote, "return-window"), quote.verdict()), (says_id, expected), "{department} {days}");
    }
}

#[test]
fn the_day_of_sale_counts_where_it_was_kinder() {
    let open = Policy::parse(crate::domain::preset::of("open").unwrap().text).unwrap();
    let club = aged("electronics", 1).policy;
    let mut shop = aged("electronics", 400);
    shop.facts.bills[0].policy_then = Some(open.clone());
    assert_eq!(says(&shop.ask(&whole()), "return-window"), "ruling-any-time");
    shop.policy = open;
    shop.facts.bills[0].policy_then = Some(club);
    assert_eq!(says(&shop.ask(&whole()), "return-window"), "ruling-any-time");
}

#[test]
fn one_line_that_never_comes_back_stops_the_bill_but_not_the_others() {
    let maker = bill("EUR").line("1", 900).line("1", 100).with(|line| line.department = "tickets".into()).cash(1000);
    let shop = shop("club", [maker]);
    let quote = shop.ask(&whole());
    let refused: Vec<_> = quote.rulings.iter().filter(|ruling| ruling.outcome == Outcome::Refused).map(|r| r.line).collect();
    assert_eq!((quote.verdict(), refused), (Outcome::Refused, vec![Some(2)]));
    assert_eq!(shop.ask(&back(&[(1, "1")])).verdict(), Outcome::Allowed);
}
