//! Finding members and bills.

use courtesy::domain::document::Effect;
use courtesy::domain::ids::{CardNumber, DeskNo, MemberId, StaffNo};
use courtesy::domain::member::{CardState, Person, Standing};
use courtesy::domain::membership::Term;
use courtesy::domain::request::Job;
use courtesy::domain::staff::{LOCK_US, Role, Staff};
use courtesy::store::{bill as bills, event, import, member, policy, shop, staff};
use jiff::civil::date;
use uuid::Uuid;

use super::{Books, On, bill, eur, line, on_both, plain, post};

on_both! {
    members_are_found_by_any_part_of_what_is_known,
    a_household_shares_its_terms,
    bills_are_found_by_what_is_on_them,
    staff_policies_settings_and_imports_are_kept,
}

fn person(given: &str, family: &str) -> Person {
    Person { given: given.into(), family: family.into(), ..Person::default() }
}

fn names(books: &mut Books, text: &str) -> Vec<String> {
    let hits = books.read(|tx| member::search(tx, text, 50));
    let mut names: Vec<String> = hits.iter().map(|hit| hit.person.as_ref().unwrap().name()).collect();
    names.sort();
    names
}

fn members_are_found_by_any_part_of_what_is_known(on: On) {
    let mut books = Books::new(on);
    let mut ids = Vec::new();
    books.write(|tx| {
        for (i, (given, family)) in
            [("Ilze", "Bērziņa"), ("Õie", "Šaar"), ("Ștefan", "Țurcanu"), ("Łukasz", "Weiß"), ("Anna Maria", "Äijälä")]
                .iter()
                .enumerate()
        {
            let id = MemberId(Uuid::now_v7());
            let mut person = person(given, family);
            if i == 0 {
                person.phone = "+371 2912-3456".into();
                person.email = "Ilze.B@näide.lv".into();
            }
            let code = (i < 2).then(|| format!("1784{i}"));
            member::put(tx, id, &person, code.as_deref(), date(2024, 1, 31))?;
            let serial = member::next_card_serial(tx)?;
            member::issue_card(tx, id, CardNumber::from_serial(serial).unwrap())?;
            ids.push(id);
        }
        Ok(())
    });
    for (text, found) in [
        ("berz", vec!["Ilze Bērziņa"]),
        ("BĒRZ", vec!["Ilze Bērziņa"]),
        ("oie", vec!["Õie Šaar"]),
        ("tur", vec!["Ștefan Țurcanu"]),
        ("ł", vec!["Łukasz Weiß"]),
        ("weiss", vec!["Łukasz Weiß"]),
        ("ma", vec!["Anna Maria Äijälä"]),
        ("zin il", vec!["Ilze Bērziņa"]),
        ("i b", vec!["Ilze Bērziņa"]),
        ("2912 3456", vec!["Ilze Bērziņa"]),
        ("+371 29", vec!["Ilze Bērziņa"]),
        ("ilze.b@naide", vec!["Ilze Bērziņa"]),
        ("17841", vec!["Õie Šaar"]),
        ("17", vec!["Ilze Bērziņa", "Õie Šaar"]),
        ("zzz", vec![]),
        ("\"; drop", vec![]),
        ("%", vec![]),
        ("  ", vec![]),
    ] {
        assert_eq!(names(&mut books, text), found, "{text}");
    }
    let card = CardNumber::from_serial(3).unwrap();
    assert_eq!(names(&mut books, &card.to_string()), ["Ștefan Țurcanu"]);
    assert_eq!(books.read(|tx| member::by_card(tx, card)), Some(ids[2]));
    assert_eq!(books.read(|tx| member::by_code(tx, "17840")), Some(ids[0]));
    assert_eq!(books.read(|tx| member::search(tx, "100", 2)).len(), 2);
    books.write(|tx| member::put(tx, ids[0], &person("Ilze", "Kalniņa"), None, date(2026, 1, 1)));
    assert!(names(&mut books, "berz").is_empty() && names(&mut books, "2912").is_empty());
    assert_eq!((names(&mut books, "kaln").len(), names(&mut books, "ka").len(), names(&mut books, "be").len()), (1, 1, 0));
    assert_eq!(books.read(|tx| member::load(tx, ids[0])).unwrap().since, date(2024, 1, 31));
    assert_eq!(names(&mut books, "17840").len(), 1);
}

fn a_household_shares_its_terms(on: On) {
    let mut books = Books::new(on);
    let (host, guest) = (MemberId(Uuid::now_v7()), MemberId(Uuid::now_v7()));
    let term = |year: i16| Term {
        plan: "gold".into(),
        start: date(year, 4, 1),
        end: Some(date(year + 1, 3, 31)),
        anchor: date(2025, 4, 1),
        run_months: 12 * i32::from(year - 2024),
        fee: eur().minor(6500),
    };
    books.write(|tx| {
        member::put(tx, host, &person("Ilze", "Bērziņa"), None, date(2025, 4, 1))?;
        member::put(tx, guest, &person("Juris", "Bērziņš"), None, date(2026, 5, 1))?;
        member::import_term(tx, host, &term(2025))?;
        let start = Effect::StartTerm { member: host, term: term(2026) };
        let add = Effect::AddMember { member: guest, joins: Some(host) };
        post(tx, plain(Job::SignUp, 1, vec![add, start]))
    });
    let known = books.read(|tx| member::load(tx, guest)).unwrap();
    assert_eq!(known.terms, [term(2025), term(2026)]);
    assert!(known.household.is_some());
    let hits = books.read(|tx| member::search(tx, "juris", 9));
    assert_eq!((hits[0].plan.as_deref(), hits[0].end), (Some("gold"), Some(date(2027, 3, 31))));
    let card = CardNumber::from_serial(8).unwrap();
    books.write(|tx| member::issue_card(tx, guest, card));
    let undo = vec![
        Effect::EndTerm { member: host, start: date(2026, 4, 1) },
        Effect::BlockCard { card },
        Effect::CloseMember { member: guest },
    ];
    books.write(|tx| post(tx, plain(Job::Void, 1, undo.clone())));
    let known = books.read(|tx| member::load(tx, guest)).unwrap();
    assert_eq!((known.terms.len(), known.standing, known.cards[0].state), (1, Standing::Cancelled, CardState::Replaced));
    assert_eq!(books.read(member::next_card_serial), 9);
    assert_eq!(books.read(|tx| member::by_card(tx, card)), Some(guest));
}

fn bills_are_found_by_what_is_on_them(on: On) {
    let mut books = Books::new(on);
    let setup = shop::Shop {
        name: "Club".into(),
        address: "Street 1".into(),
        currency: eur(),
        zone: "Europe/Riga".into(),
        day_ends_at: jiff::civil::time(4, 0, 0, 0),
        language: "en".into(),
        replay: false,
    };
    books.write(|tx| shop::create(tx, &setup));
    assert_eq!(books.read(shop::load), Some(setup.clone()));
    assert!(books.store.write(|tx| shop::create(tx, &setup)).is_err());
    let (first, mut second) = (bill("till/536365", vec![line(1, 6, 1530)]), bill("till/536366", vec![line(2, 1, 255)]));
    second.business_date = date(2026, 10, 13);
    for bill in [&first, &second] {
        books.write(|tx| bills::put(tx, bill));
    }
    for (text, found) in [
        ("5363", vec![second.id, first.id]),
        ("536365", vec![first.id]),
        ("till/536366", vec![second.id]),
        ("2026-10-13", vec![second.id]),
        ("12.10.2026", vec![first.id]),
        ("15.30", vec![first.id]),
        ("2,55", vec![second.id]),
        ("ITEM2", vec![second.id]),
        ("HEART", vec![second.id, first.id]),
        ("100%", vec![]),
    ] {
        let hits = books.read(|tx| bills::search(tx, text, 9));
        assert_eq!(hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), found, "{text}");
    }
}

fn staff_policies_settings_and_imports_are_kept(on: On) {
    let mut books = Books::new(on);
    let ann =
        Staff { no: StaffNo(7), name: "Ann K.".into(), role: Role::Clerk, language: "en".into(), active: true, member: None };
    books.write(|tx| staff::set(tx, &ann));
    books.write(|tx| staff::set_pin_hash(tx, ann.no, "$argon2id$x"));
    let lead = Staff { role: Role::Lead, ..ann.clone() };
    books.write(|tx| staff::set(tx, &lead));
    assert_eq!(books.read(staff::list), [lead]);
    assert_eq!(books.read(|tx| staff::pin_hash(tx, ann.no)).as_deref(), Some("$argon2id$x"));
    let wrong = |books: &mut Books, desk, now_us| books.read(|tx| staff::wrong_tries(tx, Some(ann.no), desk, now_us));
    for (at_us, right) in [(10, false), (20, true), (30, false)] {
        books.write(|tx| staff::record_attempt(tx, ann.no, DeskNo(1), at_us, right));
    }
    assert_eq!((wrong(&mut books, None, 40), wrong(&mut books, None, 10 + 2 * LOCK_US)), (vec![10, 30], vec![30]));
    assert!(wrong(&mut books, Some(DeskNo(2)), 40).is_empty());
    books.write(|tx| staff::unlock(tx, ann.no, StaffNo(1), DeskNo(1), 50));
    books.write(|tx| staff::record_attempt(tx, ann.no, DeskNo(1), 60, false));
    assert_eq!(wrong(&mut books, None, 70), [60]);
    let text = "name = 'x'";
    let hash = courtesy::domain::digest::Digest::of(text.as_bytes());
    for day in [1, 5] {
        assert!(books.write(|tx| policy::add(tx, text, hash, date(2026, 11, day))) > 0);
    }
    let later = "INSERT INTO policy_version (site, version, text, hash, effective) VALUES (?1, 9, 'x', ?2, '2999-02-31')";
    books.write(|tx| tx.execute(later, &[tx.site(), hash.into()]));
    let versions = books.read(|tx| policy::ask_versions(tx)?.answer(tx));
    let version = |on| versions.in_force(on).unwrap().map(|known| known.version);
    assert_eq!([date(2026, 11, 4), date(2026, 11, 5), date(2026, 10, 31)].map(version), [Some(1), Some(2), None]);
    books.write(|tx| shop::set_setting(tx, "printer", "a"));
    books.write(|tx| shop::set_setting(tx, "printer", "b"));
    assert_eq!(books.read(|tx| shop::setting(tx, "printer")).as_deref(), Some("b"));
    let mut progress = import::Progress { fingerprint: hash, position: 7, done: false, counts: "{}".into() };
    books.write(|tx| import::save(tx, "f.csv", &progress));
    (progress.position, progress.done) = (9, true);
    books.write(|tx| import::save(tx, "f.csv", &progress));
    assert_eq!(books.read(|tx| import::progress(tx, "f.csv")), Some(progress));
    let difference = Some(eur().minor(4787));
    books.write(|tx| bills::keep_aside(tx, "k", "f.csv", "nobody has this number", None, "raw"));
    books.write(|tx| bills::keep_aside(tx, "k", "f.csv", "out of balance", difference, "raw"));
    assert_eq!(books.read(bills::kept_aside)[0].difference, difference);
    books.write(|tx| event::add(tx, DeskNo(1), None, "wrong-pin", 5, ""));
}
