//! Limits: together for member, bill and day; which role is asked; who may not post at all.

use super::*;

#[test]
fn refunds_count_together() {
    let (lead, manager) = (Outcome::NeedsApproval(Role::Lead), Outcome::NeedsApproval(Role::Manager));
    for (role, before, now, expected) in [
        (Role::Clerk, 0, 5000, Outcome::Allowed),
        (Role::Clerk, 0, 5001, lead),
        (Role::Clerk, 4000, 1000, Outcome::Allowed),
        (Role::Clerk, 4000, 1001, lead),
        (Role::Clerk, 19_000, 1001, manager),
        (Role::Lead, 0, 20_000, Outcome::Allowed),
        (Role::Lead, 0, 20_001, manager),
        (Role::Manager, 0, 9_000_000, Outcome::Allowed),
    ] {
        let mut shop = shop("club", [bill("EUR").line("1", now).cash(now)]);
        shop.facts.clerk = person(1, role);
        shop.facts.spent.refund_day = shop.facts.currency.minor(before);
        let quote = shop.ask(&whole());
        assert_eq!(outcome(&quote, "refund-limit"), Some(expected), "{role:?} {before} {now}");
        assert_eq!(quote.verdict(), expected);
    }
}

#[test]
fn a_limit_that_nobody_reaches_refuses() {
    let mut shop = shop("club", [bill("EUR").line("1", 50_000).cash(50_000)]);
    shop.policy.limits.refund.retain(|role, _| *role <= Role::Lead);
    assert_eq!(says(&shop.ask(&whole()), "refund-limit"), "ruling-beyond-limit");
}

#[test]
fn price_corrections_count_together() {
    let mut shop = shop("club", [bill("EUR").line("1", 5000).cash(5000)]);
    shop.facts.spent.price_day = "20.00 EUR".parse().unwrap();
    assert_eq!(shop.ask(&right_price(&[(1, "45")])).verdict(), Outcome::Allowed);
    assert_eq!(shop.ask(&right_price(&[(1, "44.99")])).verdict(), Outcome::NeedsApproval(Role::Lead));
}

#[test]
fn goodwill_keeps_four_budgets() {
    let manager = Outcome::NeedsApproval(Role::Manager);
    type Change = fn(&mut Spent, Money);
    let cases: [(Change, i64, &str, Outcome); 6] = [
        (|_, _| {}, 2500, "goodwill-limit", Outcome::Allowed),
        (|_, _| {}, 2501, "goodwill-limit", Outcome::NeedsApproval(Role::Lead)),
        (|spent, much| spent.goodwill_day = much, 600, "goodwill-limit", Outcome::NeedsApproval(Role::Lead)),
        (|spent, much| spent.goodwill_clerk_day = much, 600, "goodwill-day", Outcome::NeedsApproval(Role::Lead)),
        (
            |spent, much| spent.goodwill_member_year = much.plus(much).unwrap().plus(much).unwrap(),
            4100,
            "goodwill-member",
            manager,
        ),
        (|spent, much| spent.goodwill_shop_month = much.currency().minor(249_901), 100, "goodwill-shop", manager),
    ];
    for (i, (change, now, rule, expected)) in cases.into_iter().enumerate() {
        let mut shop = shop("club", [bill("EUR").line("1", 9000).cash(9000)]);
        let much = shop.facts.currency.minor(2000);
        change(&mut shop.facts.spent, much);
        let quote = shop.ask(&sorry(Give::Amount(much.currency().minor(now)), GoodwillTo::StoreCredit));
        assert_eq!(outcome(&quote, rule), Some(expected), "case {i}");
    }
}

#[test]
fn who_only_reads_or_has_left_posts_nothing() {
    let (may_not, has_left) = ("ruling-clerk-may-not", "ruling-clerk-has-left");
    for (role, active, why) in
        [(Role::Auditor, true, may_not), (Role::Manager, false, has_left), (Role::Auditor, false, has_left)]
    {
        let mut shop = shop("open", [bill("EUR").line("1", 100).cash(100)]);
        shop.facts.clerk = Staff { active, ..person(1, role) };
        for request in [whole(), right_price(&[(1, "0.5")]), sorry_amount("0.10 EUR", GoodwillTo::Bill)] {
            let quote = shop.ask(&request);
            assert_eq!((quote.verdict(), says(&quote, "clerk")), (Outcome::Refused, why));
        }
    }
}
