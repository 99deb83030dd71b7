//! Finding a member among a million by any three letters or digits, through the scan box's whole way.

use std::path::Path;
use std::time::{Duration, Instant};

use courtesy::desk::Desk;
use courtesy::domain::digest::Digest;
use courtesy::domain::ids::{CardNumber, DeskNo, MemberId};
use courtesy::domain::member::Person;
use courtesy::store::{StoreError, member};
use criterion::Criterion;
use jiff::civil::date;
use serde::Deserialize;
use uuid::Uuid;

use crate::figures::{folder, ms, note, percentile, tell};
use crate::shop;

/// Members.
const MEMBERS: u64 = 1_000_000;
/// Members made in one transaction.
const AT_ONCE: usize = 100_000;
/// Texts that are looked for.
const QUERIES: usize = 4_000;
/// Every so manyth member is remembered to be looked for.
const REMEMBERED: usize = 500;

/// The practice shop's names.
#[derive(Deserialize)]
struct Names {
    given: Vec<String>,
    family: Vec<String>,
    streets: Vec<String>,
    cities: Vec<String>,
}

/// Runs the subject.
pub fn run(criterion: &mut Criterion) {
    let mut random = fastrand::Rng::with_seed(7);
    let (mut desk, known) = kept(&mut random);
    let letters = |random: &mut fastrand::Rng| {
        let person = &known[random.usize(..known.len())];
        part(if random.bool() { &person.given } else { &person.family }, random)
    };
    let digits = |random: &mut fastrand::Rng| part(&known[random.usize(..known.len())].phone[4..], random);
    let three: Vec<String> = (0..QUERIES).map(|i| if i % 2 == 0 { letters(&mut random) } else { digits(&mut random) }).collect();
    tell_times("find: three letters or digits", &mut desk, &three);
    let twice: Vec<String> = (0..QUERIES / 10).map(|_| format!("{} {}", letters(&mut random), letters(&mut random))).collect();
    tell_times("find: three letters twice", &mut desk, &twice);
    let mut next = three.iter().cycle();
    criterion.bench_function("find/three", |bencher| bencher.iter(|| next.next().map(|text| desk.find(text).unwrap())));
}

fn tell_times(name: &str, desk: &mut Desk, texts: &[String]) {
    let mut times: Vec<(Duration, &str)> = Vec::with_capacity(texts.len());
    let mut hits = 0;
    for text in texts {
        let began = Instant::now();
        hits += usize::from(!desk.find(text).unwrap().hits.is_empty());
        times.push((began.elapsed(), text));
    }
    times.sort();
    let sorted: Vec<Duration> = times.iter().map(|(time, _)| *time).collect();
    let [half, most] = [0.5, 0.99].map(|share| ms(percentile(&sorted, share)));
    let (worst, slow) = times.last().unwrap();
    let figure = format!("p50 {half:.2} ms, p99 {most:.2} ms, worst {:.2} ms for “{slow}”", ms(*worst));
    tell(&format!("{name} among {MEMBERS}, {hits} of {} found", texts.len()), &figure, "p99 under 16 ms");
}

/// A shop with the members, made once and kept beside what was built, under a name that changes with the tables and with this
/// file; and some of the members.
fn kept(random: &mut fastrand::Rng) -> (Desk, Vec<Person>) {
    let names: Names = toml::from_str(include_str!("../../resources/demo/shop.toml")).unwrap();
    let people: Vec<Person> = (0..MEMBERS).map(|_| someone(&names, random)).collect();
    let made_by = concat!(
        include_str!("find.rs"),
        include_str!("../../resources/demo/shop.toml"),
        include_str!("../../resources/migrations/0001_books.sql"),
        include_str!("../../resources/migrations/0002_text.sqlite.sql"),
        include_str!("../../resources/migrations/0003_lookups.sql"),
        include_str!("../../resources/migrations/0004_planner.sqlite.sql")
    );
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("members-{}", Digest::of(made_by.as_bytes()).short()));
    if !place.exists() {
        let began = Instant::now();
        let folder = folder();
        fill(&mut shop::open(folder.path(), "EUR"), &people);
        std::fs::rename(folder.keep(), &place).unwrap();
        note("find: making the members, once", &format!("{:.0} s", began.elapsed().as_secs_f64()));
    }
    (shop::reopen(&place, DeskNo(1)), people.into_iter().step_by(REMEMBERED).collect())
}

/// Makes the members.
fn fill(desk: &mut Desk, people: &[Person]) {
    for (turn, some) in (0_u64..).zip(people.chunks(AT_ONCE)) {
        desk.store()
            .write(|tx| {
                for (serial, person) in (turn * AT_ONCE as u64 + 1..).zip(some) {
                    let id = MemberId(Uuid::now_v7());
                    member::put(tx, id, person, None, date(2024, 1, 31))?;
                    member::issue_card(tx, id, CardNumber::from_serial(serial).unwrap())?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}

/// A person: one family in two has a name of the practice shop, the others one made of syllables.
fn someone(names: &Names, random: &mut fastrand::Rng) -> Person {
    const STARTS: [&str; 24] = [
        "Ba", "Dre", "Fi", "Go", "Hau", "Jä", "Kri", "Lõ", "Mar", "Nu", "Pe", "Rai", "Sta", "Ti", "Võ", "Ze", "Kal", "Ber", "Oz",
        "Vi", "Šmi", "Žu", "Ģe", "Ru",
    ];
    const MIDDLES: [&str; 20] = [
        "la", "ri", "no", "ve", "tu", "ska", "mä", "lē", "nde", "rgo", "zi", "po", "ksi", "dra", "lli", "nna", "ju", "bē", "to",
        "ma",
    ];
    const ENDS: [&str; 16] =
        ["nen", "iņš", "berg", "ste", "ova", "escu", "mann", "la", "kas", "ńska", "ste", "ots", "vere", "son", "gård", "iņa"];
    let pick = |list: &[String], random: &mut fastrand::Rng| list[random.usize(..list.len())].clone();
    let given = pick(&names.given, random);
    let family = if random.bool() {
        pick(&names.family, random)
    } else {
        let [start, middle, end] = [&STARTS[..], &MIDDLES[..], &ENDS[..]].map(|list| list[random.usize(..list.len())]);
        format!("{start}{middle}{end}")
    };
    let phone = format!("+371{:08}", random.u32(20_000_000..30_000_000));
    let email = format!("{}{}@example.org", family.chars().filter(char::is_ascii).collect::<String>(), random.u32(..10_000));
    let address = format!("{} {}, {}", pick(&names.streets, random), random.u32(1..200), pick(&names.cities, random));
    Person { given, family, phone, email, address, born: None }
}

/// Three letters in a row of a text that has as many.
fn part(text: &str, random: &mut fastrand::Rng) -> String {
    let letters: Vec<char> = text.chars().collect();
    let first = random.usize(..=letters.len().saturating_sub(3));
    letters.iter().skip(first).take(3).collect()
}
