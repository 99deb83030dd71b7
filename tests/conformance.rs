//! Desks on a server: they race, lose answers, lose the server, and the books stay right.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use courtesy::desk::conformance::{self, Check, Trial, run};
use courtesy::desk::import::What;
use courtesy::desk::{Desk, DeskError, FirstPerson, Opening, Outcome, Pin, Proof, Reach, Shop, SystemClock, ask, hire, set_up};
use courtesy::domain::ids::{DeskNo, RequestId, StaffNo};
use courtesy::domain::money::Currency;
use courtesy::domain::staff::{Role, Staff};
use courtesy::intake::Source;
use courtesy::receipt::print::Printer;
use courtesy::store::verify::verify;
use courtesy::store::{Address, Store, StoreError, document};

use crate::proof::{count, told};
use crate::server::{self, Server};

fn tried(server: &Server, trial: Trial) -> Vec<Check> {
    let address: Address = server.url("postgres").parse().unwrap();
    run(&address, trial, &mut |_| {}).unwrap()
}

#[test]
fn eight_desks_race_and_lose_answers_and_the_books_stay_right() {
    let server = server::shared();
    let (rounds, losses) = (count(500), count(1000));
    let checks = tried(&server, Trial::of(rounds, losses));
    for check in &checks {
        let wanted = if check.what == conformance::What::Answer { losses } else { rounds };
        assert!(check.wrong.is_empty(), "{check:?}");
        assert!(check.tried == wanted || check.what == conformance::What::Books, "{check:?}");
    }
    assert_eq!(checks.len(), 8);
    told("desks racing", rounds.into(), "0 wrong of each race, no clerk saw a database error", "races without guards");
    told("lost answers", losses.into(), "each booked exactly once", "see desks racing");
    let left = "SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'courtesy%'";
    assert_eq!(server.client("postgres").query_one(left, &[]).unwrap().get::<_, i64>(0), 0);
}

/// The same races with READ COMMITTED and without guards: each must see it. Which desks meet is chance, so that a check that saw
/// nothing wrong is given more races.
#[cfg(debug_assertions)]
#[test]
fn races_without_guards_are_noticed() {
    use conformance::What;
    let mut unnoticed = vec![What::Line, What::Limit, What::Books];
    for _ in 0..12 {
        let checks = tried(&server::shared(), Trial { unguarded: true, ..Trial::of(5, 0) });
        unnoticed.retain(|what| checks.iter().find(|check| check.what == *what).unwrap().wrong.is_empty());
        if unnoticed.is_empty() {
            return;
        }
    }
    panic!("nobody noticed: {unnoticed:?}");
}

#[test]
fn the_command_gives_a_verdict() {
    let server = server::shared();
    let ran = |url: &str, more: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_courtesy"));
        program.args(["conformance", url, "--rounds", "1", "--losses", "3"]).args(more).output().unwrap()
    };
    let done = ran(&server.url("postgres"), &["--json"]);
    let verdict: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((done.status.code(), &verdict["passed"]), (Some(0), &serde_json::Value::Bool(true)), "{verdict}");
    let socket = format!("postgres://courtesy@{}/postgres", server.socket());
    let done = ran(&socket, &[]);
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("not tried") && said.contains("Do not trust"), "{said}");
    assert_eq!(ran("postgres://courtesy@127.0.0.1:1/x", &[]).status.code(), Some(3));
    assert_eq!(ran("books.db", &[]).status.code(), Some(2));
}

fn opening() -> Opening {
    let shop = Shop {
        name: "Club".into(),
        address: "Street 1".into(),
        currency: Currency::from_code("EUR").unwrap(),
        zone: "Europe/Riga".into(),
        day_ends_at: jiff::civil::time(4, 0, 0, 0),
        language: "en".into(),
        replay: false,
    };
    let policy = courtesy::domain::preset::of("open").unwrap().text.to_owned();
    Opening { shop, policy, manager: FirstPerson { name: "Ilze".into(), pin: Pin::new("314159") } }
}

fn desk(url: &str, number: u16) -> Desk {
    let store = Store::open_existing(url.as_ref()).unwrap();
    Desk::open(store, DeskNo(number), Box::new(SystemClock), Printer::Folder("receipts".into())).unwrap()
}

/// How long a desk goes on asking for the same while its server is away.
const PATIENCE: Duration = Duration::from_secs(90);

/// A document that needs nothing but the books.
fn post(desk: &mut Desk, name: &str) -> Result<RequestId, courtesy::desk::DeskError> {
    let staff = Staff { no: StaffNo(9), name: name.into(), role: Role::Clerk, language: "en".into(), active: true, member: None };
    let envelope = ask(desk.number(), StaffNo(1), hire(staff));
    let began = Instant::now();
    loop {
        match desk.post(&envelope, &Proof::default()) {
            Ok(Outcome::Posted(_)) => return Ok(envelope.id),
            Ok(other) => panic!("not posted: {other:?}"),
            // What a window does: it keeps what was typed and sends it again.
            Err(error) if (error.is_away() || error.is_unknown()) && began.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(50));
            }
            Err(error) => return Err(error),
        }
    }
}

/// How many of the acknowledged requests are not there; the books themselves must be whole.
fn lost(url: &str, acknowledged: &[RequestId]) -> usize {
    let mut store = Store::open_existing(url.as_ref()).unwrap();
    let mut is_lost = |request: &&RequestId| store.read(|tx| document::by_request(tx, **request)).unwrap().is_none();
    let lost = acknowledged.iter().filter(&mut is_lost).count();
    let findings = store.read(|tx| verify(tx, None, &mut |_, _| {})).unwrap().findings;
    assert!(findings.iter().all(courtesy::store::verify::Finding::is_note), "{findings:?}");
    lost
}

/// Every acknowledged request is there, and the books are whole.
fn found(url: &str, acknowledged: &[RequestId]) {
    assert_eq!(lost(url, acknowledged), 0, "of {}", acknowledged.len());
}

/// A program that does not wait for the disk posts until it has some answers, and ends; these are acknowledged.
fn posted_without_waiting(url: &str) -> Vec<RequestId> {
    let mut requests = Vec::new();
    let mut lines = String::new();
    for _ in 0..10 {
        let staff =
            Staff { no: StaffNo(9), name: "Ann".into(), role: Role::Clerk, language: "en".into(), active: true, member: None };
        let envelope = ask(DeskNo(1), StaffNo(1), hire(staff));
        requests.push(envelope.id);
        lines.push_str(&format!("{}\n", serde_json::to_string(&envelope).unwrap()));
    }
    let folder = tempfile::tempdir().unwrap();
    let (asked, pins) = (folder.path().join("asked"), folder.path().join("pins"));
    std::fs::write(&asked, lines).unwrap();
    std::fs::write(&pins, "1 314159\n").unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_courtesy"));
    program.args(["--database", url, "batch"]).arg(&asked).arg("--pins").arg(&pins);
    let done = program.env("COURTESY_PLANT", "commits that do not wait for the disk").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    requests
}

/// How many documents were booked, as those who asked for them were told.
struct Booked(AtomicUsize);

impl Booked {
    /// Waits until so many more were booked. What came of waiting in vain is for the caller to see.
    fn wait_for(&self, more: usize) {
        let (enough, began) = (self.0.load(Ordering::Relaxed) + more, Instant::now());
        while self.0.load(Ordering::Relaxed) < enough && began.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Four desks post while `disturb` does its worst; what they were told is booked is answered.
fn under_load(url: &str, disturb: impl FnOnce(&Booked)) -> Vec<RequestId> {
    let over = AtomicBool::new(false);
    let booked = Booked(AtomicUsize::new(0));
    thread::scope(|scope| {
        let work = |number: u16| {
            let (over, booked) = (&over, &booked);
            scope.spawn(move || {
                let mut desk = desk(url, number);
                let mut acknowledged = Vec::new();
                while !over.load(Ordering::Relaxed) {
                    acknowledged.push(post(&mut desk, "Ann").unwrap());
                    booked.0.fetch_add(1, Ordering::Relaxed);
                }
                acknowledged
            })
        };
        let working: Vec<_> = (1..=4).map(work).collect();
        disturb(&booked);
        over.store(true, Ordering::Relaxed);
        working.into_iter().flat_map(|desk| desk.join().unwrap()).collect()
    })
}

#[test]
fn a_server_killed_under_load_loses_nothing_it_acknowledged() {
    let server = Server::start(&[]);
    let url = server.schema();
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    let kills = count(10);
    let acknowledged = under_load(&url, |booked| {
        for _ in 0..kills {
            thread::sleep(Duration::from_millis(500));
            booked.wait_for(20);
            server.kill();
            server.run();
        }
        booked.wait_for(20);
    });
    assert!(acknowledged.len() >= 20 * (usize::try_from(kills).unwrap() + 1), "{}", acknowledged.len());
    found(&url, &acknowledged);
    // How much the server had brought to the disk by itself is chance: what was not lost yet is given more tries.
    let (missed, posted) = (0..8).map(|_| lost_by_not_waiting()).find(|(missed, _)| *missed > 0).expect("nobody noticed");
    let control = format!("commits that do not wait for the disk: {missed} of {posted} lost");
    told("server killed", kills.into(), &format!("0 of {} acknowledged lost", acknowledged.len()), &control);
}

/// A server that brings to the disk only what it is asked to, and a program that does not ask: how many of how many acknowledged
/// documents are lost when it is killed.
fn lost_by_not_waiting() -> (usize, usize) {
    let server = Server::start(&["wal_writer_delay=10000ms"]);
    let url = server.schema();
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    post(&mut desk(&url, 1), "Ann").unwrap();
    let hasty = posted_without_waiting(&url);
    server.kill();
    server.run();
    (lost(&url, &hasty), hasty.len())
}

/// Two servers, of which the second follows the first and takes over while four desks post: the second, where the desks found it, and
/// what was acknowledged.
fn taken_over() -> (Server, String, Vec<RequestId>) {
    let first = Server::start(&["synchronous_standby_names=*"]);
    // Without a standby nothing would ever be acknowledged: the schema is made without waiting for one.
    first.client("postgres").batch_execute("SET synchronous_commit = local; CREATE SCHEMA books").unwrap();
    let second = first.follow(&[]);
    let url = both(&first, &second);
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    let acknowledged = under_load(&url, |booked| {
        thread::sleep(Duration::from_millis(500));
        booked.wait_for(20);
        first.kill();
        second.promote();
        booked.wait_for(100);
    });
    assert!(acknowledged.len() >= 120, "{}", acknowledged.len());
    (second, url, acknowledged)
}

/// The books on whichever of two servers takes writes.
fn both(first: &Server, second: &Server) -> String {
    let hosts = format!("127.0.0.1:{},127.0.0.1:{}", first.port, second.port);
    format!("postgres://courtesy@{hosts}/postgres?target_session_attrs=read-write&options=-csearch_path%3Dbooks")
}

#[test]
fn a_synchronous_standby_takes_over_and_nothing_is_lost() {
    let promotions = count(5);
    let mut kept = 0;
    let mut second = None;
    for _ in 0..promotions {
        let (server, url, acknowledged) = taken_over();
        found(&url, &acknowledged);
        kept += acknowledged.len();
        second = Some(server);
    }
    let second = second.expect("one took over");
    // The standby is away while a program posts that does not wait for it, and is all that is left then.
    let third = second.follow(&[]);
    third.kill();
    let url = both(&second, &third);
    let hasty = posted_without_waiting(&url);
    second.kill();
    third.run();
    third.promote();
    let missed = lost(&url, &hasty);
    assert_eq!(missed, hasty.len(), "nobody noticed");
    let control = format!("commits that do not wait for the standby: {missed} of {} lost", hasty.len());
    told("standby promoted", promotions.into(), &format!("0 of {kept} acknowledged lost"), &control);
}

/// The next commit waits for a standby that is not there, and stops waiting with no more than a warning; those after it wait for
/// none.
fn lose_one_answer(server: &Server) -> thread::JoinHandle<()> {
    let mut other = server.client("postgres");
    let set = |other: &mut postgres::Client, order: &str| {
        other.batch_execute(order).unwrap();
        other.execute("SELECT pg_reload_conf()", &[]).unwrap();
    };
    set(&mut other, "ALTER SYSTEM SET synchronous_standby_names = '*'");
    // Settings reach the server's processes after a while: when a commit is seen to wait, they have.
    let waiting = "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    let (mut probe, waited) = (server.client("postgres"), Arc::new(AtomicBool::new(false)));
    let seen = Arc::clone(&waited);
    let probing = thread::spawn(move || {
        while !seen.load(Ordering::SeqCst) {
            probe.batch_execute("CREATE TABLE IF NOT EXISTS probe (i int); INSERT INTO probe VALUES (1)").unwrap();
        }
    });
    while !probing.is_finished() {
        if other.query_one(waiting, &[]).unwrap().get::<_, i64>(0) > 0 {
            waited.store(true, Ordering::SeqCst);
        }
        thread::sleep(Duration::from_millis(5));
    }
    probing.join().unwrap();
    // Every other process hears of it within moments.
    thread::sleep(Duration::from_millis(250));
    thread::spawn(move || {
        while other.query_one(waiting, &[]).unwrap().get::<_, i64>(0) == 0 {
            thread::sleep(Duration::from_millis(10));
        }
        set(&mut other, "ALTER SYSTEM RESET synchronous_standby_names");
    })
}

#[test]
fn a_commit_that_stopped_waiting_for_its_standby_is_not_taken_for_one() {
    let server = Server::start(&[]);
    let url = server.schema();
    let mut store = Store::open(url.as_ref()).unwrap();
    let losing = lose_one_answer(&server);
    let answer = store.write(|tx| courtesy::store::shop::set_setting(tx, "a", "b"));
    assert!(matches!(answer, Err(StoreError::AnswerLost(_))), "{answer:?}");
    losing.join().unwrap();
    assert_eq!(store.write(|tx| courtesy::store::shop::setting(tx, "a")).unwrap().as_deref(), Some("b"));
    // A shop whose making was not answered is there, and opens with the code that was shown.
    let losing = lose_one_answer(&server);
    let code = set_up(&mut store, &opening(), &SystemClock).unwrap().to_string();
    losing.join().unwrap();
    let mut desk = desk(&url, 1);
    let losing = lose_one_answer(&server);
    desk.recover(&Pin::new(code), StaffNo(1), &Pin::new("161803")).unwrap();
    losing.join().unwrap();
    let folder = tempfile::tempdir().unwrap();
    // An import whose batch was not answered goes on from it, and counts it once.
    let file = folder.path().join("members.csv");
    std::fs::write(&file, "code,given,family\n9,Ann,K\n10,Bo,L\n").unwrap();
    let losing = lose_one_answer(&server);
    let rejects = file.with_file_name("rejects.jsonl");
    let imported = desk.import(&Source::File(file), What::Members(None), &rejects, &mut |_, _| {}).unwrap();
    losing.join().unwrap();
    assert_eq!((imported.counts.members, imported.counts.members_same), (2, 0));
    let losing = lose_one_answer(&server);
    let request = post(&mut desk, "Ann").unwrap();
    losing.join().unwrap();
    found(&url, &[request]);
    assert_eq!(desk.history().unwrap().len(), 1);
}

#[test]
fn what_a_lost_answer_left_open_stays_open_where_the_server_then_lets_nobody_in() {
    let server = Server::start(&[]);
    let url = server.schema_of_another();
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    let mut desk = desk(&url, 1);
    post(&mut desk, "Ann").unwrap();
    let role = url.split("//").nth(1).unwrap().split('@').next().unwrap();
    server.client("postgres").batch_execute(&format!("ALTER ROLE {role} NOLOGIN")).unwrap();
    let envelope = ask(DeskNo(1), StaffNo(1), hire(ann()));
    let losing = lose_one_answer(&server);
    let lost = desk.post(&envelope, &Proof::default()).unwrap_err();
    losing.join().unwrap();
    assert!(lost.is_unknown() && !lost.to_string().contains("nothing was"), "{lost}");
    server.client("postgres").batch_execute(&format!("ALTER ROLE {role} LOGIN")).unwrap();
    let Outcome::Posted(posted) = desk.post(&envelope, &Proof::default()).unwrap() else { panic!("it was not found") };
    assert!(posted.again, "it had been booked");
    found(&url, &[envelope.id]);
}

#[test]
fn a_server_that_is_gone_is_told_and_found_again() {
    let server = Server::start(&[]);
    let url = server.schema();
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    let mut desk = desk(&url, 1);
    let reaching = desk.reaching();
    assert_eq!(reaching.now(), Reach::Connected);
    server.kill();
    let error = desk.people().unwrap_err();
    assert!(error.is_away() && error.to_string().contains("nothing was booked"), "{error}");
    assert_eq!(reaching.now(), Reach::Reconnecting);
    server.run();
    assert_eq!(desk.people().unwrap().len(), 1);
    assert_eq!(reaching.now(), Reach::Connected);
}

#[test]
fn a_server_that_takes_long_is_told_while_it_is_waited_for() {
    let server = server::shared();
    let url = server.schema();
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    let mut desk = desk(&url, 1);
    let reaching = desk.reaching();
    let schema = url.rsplit("%3D").next().unwrap();
    let mut holding = server.client("postgres");
    holding.batch_execute(&format!("BEGIN; LOCK TABLE {schema}.staff")).unwrap();
    thread::scope(|scope| {
        let looking = scope.spawn(|| desk.people().unwrap().len());
        let began = Instant::now();
        while reaching.now() == Reach::Connected && began.elapsed() < Duration::from_secs(9) {
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(reaching.now(), Reach::Waiting);
        holding.batch_execute("COMMIT").unwrap();
        assert_eq!(looking.join().unwrap(), 1);
    });
    assert_eq!(reaching.now(), Reach::Connected);
}

#[test]
fn a_copy_can_be_looked_at_and_takes_no_bookings() {
    let first = Server::start(&[]);
    let url = first.schema();
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    let copy = first.follow(&[]);
    let mut desk = desk(&url.replace(&format!(":{}", first.port), &format!(":{},127.0.0.1:{}", first.port, copy.port)), 1);
    first.kill();
    assert_eq!(desk.people().unwrap().len(), 1);
    assert_eq!(desk.reaching().now(), Reach::ReadOnly);
    let staff =
        Staff { no: StaffNo(9), name: "Ann".into(), role: Role::Clerk, language: "en".into(), active: true, member: None };
    let refused = desk.post(&ask(desk.number(), StaffNo(1), hire(staff)), &Proof::default());
    assert!(refused.as_ref().is_err_and(courtesy::desk::DeskError::is_away), "{refused:?}");
    copy.promote();
    post(&mut desk, "Ann").unwrap();
    assert_eq!(desk.reaching().now(), Reach::Connected);
}

/// Somebody to hire, which needs nothing but the books.
fn ann() -> Staff {
    Staff { no: StaffNo(9), name: "Ann".into(), role: Role::Clerk, language: "en".into(), active: true, member: None }
}

#[test]
fn a_server_that_takes_no_writes_is_looked_at_and_says_so() {
    let server = server::shared();
    let url = server.schema();
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    let request = post(&mut desk(&url, 1), "Ann").unwrap();
    let looks = format!("{url}%20-cdefault_transaction_read_only%3Don");
    let mut looking = desk(&looks, 1);
    assert_eq!((looking.reaching().now(), looking.read_only()), (Reach::ReadOnly, None));
    assert_eq!(looking.people().unwrap().len(), 2);
    found(&looks, &[request]);
    let refused = looking.post(&ask(DeskNo(1), StaffNo(1), hire(ann())), &Proof::default()).unwrap_err();
    assert!(matches!(refused, DeskError::Store(StoreError::TakesNoWrites(_))) && refused.is_away(), "{refused}");
    // A desk that is new to the books is enrolled when it first posts.
    assert_eq!(desk(&looks, 7).people().unwrap().len(), 2);
    post(&mut desk(&url, 7), "Bo").unwrap();

    let program = crate::program::Program::without_shop();
    for (asked, says) in [
        (&["verify"][..], "The books are in order"),
        (&["find", "1-000001"][..], "1-000001"),
        (&["show", "1-000001"][..], "1-000001"),
        (&["export", "books.jsonl"][..], ""),
    ] {
        let ran = program.on(&looks, asked, b"");
        assert!(ran.status == 0 && ran.out.contains(says), "{asked:?}: {ran:?}");
    }
    // The first line is told, and no further one waits in vain.
    let lines = [(); 3].map(|()| serde_json::to_string(&ask(DeskNo(1), StaffNo(1), hire(ann()))).unwrap()).join("\n");
    let ran = program.on(&looks, &["batch", "-", "--pins", "pins"], lines.as_bytes());
    assert!(ran.status == 3 && ran.out.contains("takes no writes now") && ran.out.contains("nothing was booked"), "{ran:?}");
    assert!(ran.out.lines().count() == 1 && ran.err.contains("stopped after line 1"), "{ran:?}");
    assert!(!ran.out.contains("does not answer"), "{ran:?}");
}

#[test]
fn a_role_without_rights_hears_that_and_not_that_there_are_no_books() {
    let server = server::shared();
    let url = server.schema();
    let schema = url.rsplit("%3D").next().unwrap();
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    post(&mut desk(&url, 1), "Ann").unwrap();
    let mut owner = server.client("postgres");
    owner.batch_execute("CREATE ROLE reader LOGIN").unwrap();
    let theirs = url.replace("courtesy@", "reader@");
    let refused = |grant: &str, owner: &mut postgres::Client| {
        owner.batch_execute(grant).unwrap();
        Store::open_existing(theirs.as_ref()).err()
    };
    for grant in ["", &format!("GRANT USAGE ON SCHEMA {schema} TO reader")] {
        let error = refused(grant, &mut owner);
        let says = |error: &StoreError| error.to_string().contains("ask whoever runs the server to give it the rights");
        assert!(matches!(&error, Some(error @ StoreError::NotAllowed(_)) if says(error)), "{grant}: {error:?}");
    }
    assert!(refused(&format!("GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader"), &mut owner).is_none());
    let mut reading = desk(&theirs, 1);
    assert_eq!(reading.people().unwrap().len(), 2);
    let refused = post(&mut reading, "Bo").unwrap_err();
    assert!(matches!(refused, DeskError::Store(StoreError::NotAllowed(_))), "{refused}");
    assert!(refused.to_string().contains("permission denied"), "{refused}");
    let none = Store::open_existing(server.schema().as_ref()).err();
    assert!(matches!(none, Some(StoreError::NoBooks(_))), "{none:?}");
}

#[test]
fn a_server_that_lets_nobody_in_says_why() {
    let server = Server::start(&[]);
    let rules = server.data().join("pg_hba.conf");
    let trusting = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, format!("host all asked all scram-sha-256\n{trusting}")).unwrap();
    let roles = "CREATE ROLE asked LOGIN PASSWORD 'x'; CREATE ROLE crowded LOGIN CONNECTION LIMIT 0; CREATE ROLE free LOGIN";
    server.client("postgres").batch_execute(&format!("{roles}; SELECT pg_reload_conf()")).unwrap();
    let opened = |role: &str| {
        let url = server.url("postgres").replace("courtesy@", &format!("{role}@"));
        Store::open_existing(url.as_ref()).err()
    };
    let (crowded, free) = (opened("crowded"), opened("free"));
    assert!(matches!(crowded, Some(StoreError::ServerFull { .. })), "{crowded:?}");
    assert!(matches!(free, Some(StoreError::NoBooks(_))), "{free:?}");
    // The server reads its rules anew after a while.
    let again = || {
        thread::sleep(Duration::from_millis(50));
        opened("asked")
    };
    let refused = std::iter::repeat_with(again).take(100).find(|error| matches!(error, Some(StoreError::ServerRefused { .. })));
    let said = refused.flatten().map(|error| error.to_string());
    assert!(said.as_ref().is_some_and(|said| said.contains("password missing")), "{said:?}");
}

#[test]
fn a_private_server_is_believed_only_with_a_certificate() {
    let (server, certificate) = Server::private();
    let url = server.schema().replace("127.0.0.1", "localhost");
    set_up(&mut Store::open(url.as_ref()).unwrap(), &opening(), &SystemClock).unwrap();
    let private = |more: &str| Store::open_existing(format!("{url}&sslmode=require{more}").as_ref());
    let vouched = format!("&sslrootcert={}", certificate.display());
    let mut store = private(&vouched).unwrap();
    let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    assert!(store.read(|tx| tx.one(sql, &[])).unwrap().unwrap().flag(0).unwrap());
    let unknown = private("").err().unwrap();
    assert!(matches!(&unknown, StoreError::ServerRefused { reason, .. } if reason.contains("certificate")), "{unknown}");
    let other_name = format!("{}&sslmode=require{vouched}", url.replace("localhost", "127.0.0.1"));
    assert!(matches!(Store::open_existing(other_name.as_ref()).err(), Some(StoreError::ServerRefused { .. })));
    let open = server::shared();
    let none = format!("{}?sslmode=require", open.url("postgres"));
    assert!(matches!(
        Store::open_existing(none.as_ref()).err(),
        Some(StoreError::ServerRefused { .. } | StoreError::ServerAway { .. })
    ));
}

#[test]
fn a_server_that_loses_commits_in_a_power_cut_is_refused() {
    let server = Server::start(&["fsync=off"]);
    let refused = Store::open(server.schema().as_ref()).err();
    assert!(matches!(refused, Some(StoreError::SettingRefused { setting: "fsync=on", .. })), "{refused:?}");
}
