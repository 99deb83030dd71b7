//! Whoever is erased is gone: not a byte in the files of the books, in what is made of them later, or beside them; and the books
//! stay whole.

mod ground;
mod many;

use courtesy::store::Store;
use ground::{CODE, Ground, On, SECRETS, asked, triples};
use serde_json::json;
use uuid::Uuid;

use super::told;
use crate::program::MAP;

/// Tells stories on both engines.
macro_rules! on_both {
    ($($story:ident),* $(,)?) => {
        mod file {
            $(#[test] fn $story() { super::$story(super::On::File); })*
        }
        mod server {
            $(#[test] fn $story() { super::$story(super::On::Server); })*
        }
    };
}
use on_both;

on_both!(
    nothing_is_left_of_whoever_was_erased,
    an_erasure_that_was_killed_is_finished_by_the_next_opening,
    an_erasure_is_posted_once,
    whoever_looks_at_the_old_books_is_waited_for,
    all_that_is_known_of_a_person_is_handed_out,
    a_note_is_vouched_for_as_long_as_it_may_be_kept,
    sums_of_what_was_asked_differ_by_their_salt,
    what_goes_wrong_names_nobody,
    sales_of_the_erased_that_come_again_change_nothing,
);

fn nothing_is_left_of_whoever_was_erased(on: On) {
    let ground = Ground::new(on);
    if let Some(server) = &ground.server {
        // What the planner knows of columns holds names, too.
        server.client("postgres").batch_execute("ANALYZE").unwrap();
    }
    for secret in SECRETS {
        assert!(!ground.holding(&[secret]).is_empty(), "{secret} is looked for and was never there");
    }
    if on == On::File {
        let kept = triples().iter().filter(|triple| !ground.holding(&[triple]).is_empty()).count();
        assert!(kept > 3, "the text search keeps triples otherwise than they are looked for: {kept}");
    }
    assert!(!ground.holding(&[ground.salt.as_bytes()]).is_empty(), "the note has no salt");
    let before = ground.does(&["show", "1-000001", "--text", "-"]);
    assert!(before.out.contains("Qwyxolda"), "{}", before.out);
    let erased = ground.erases("");
    assert_eq!(erased.status, 0, "{}{}", erased.out, erased.err);
    ground.does(&["export", "later.jsonl"]);
    if on == On::File {
        ground.does(&["backup", "later.db"]);
    }
    let left = ground.holding(&SECRETS);
    assert!(left.is_empty(), "{left:#?}");
    assert_eq!(ground.holding(&[ground.salt.as_bytes()]), Vec::<String>::new());
    if on == On::File {
        assert_eq!(ground.holding(&triples()), Vec::<String>::new());
    }
    // The books are whole, the paper says so, and nobody is found.
    ground.is_sound();
    let shown = ground.does(&["show", "1-000001", "--text", "-"]).out;
    assert!(shown.contains("(erased)") && shown.contains("2 × Apple"), "{shown}");
    let shown = ground.does(&["show", "1-000001"]).out;
    assert!(shown.contains("Note\t(erased)"), "{shown}");
    assert_eq!(ground.run(&["find", "qwyxolda"], b"", "").status, 1);
    assert_eq!(ground.run(&["find", CODE], b"", "").status, 1);
    assert!(ground.does(&["find", "anna"]).out.contains("Anna Berg"));
    let engine = if on == On::File { "a file" } else { "a server" };
    let control = controls(on);
    let came = format!("{} words, 0 found in files, log, later backup, export, receipts", SECRETS.len());
    told(&format!("a person erased on {engine}"), 1, &came, &control);
}

/// The same search finds something when the cleaning is left out, and in a file also when the text search keeps what it dropped.
fn controls(on: On) -> String {
    let ground = Ground::new(on);
    let erased = ground.erases("erased without cleaning");
    assert_eq!(erased.status, 0, "{}", erased.err);
    let unclean = ground.holding(&SECRETS).len();
    assert!(unclean > 0, "without cleaning nothing was found");
    if on == On::Server {
        return format!("without cleaning: {unclean} files hold something");
    }
    let ground = Ground::new(on);
    let raw = rusqlite::Connection::open(ground.program.path("shop.db")).unwrap();
    raw.execute("INSERT INTO text_index (text_index, rank) VALUES ('secure-delete', 0)", []).unwrap();
    drop(raw);
    assert_eq!(ground.erases("").status, 0);
    let kept = triples().into_iter().filter(|triple| !ground.holding(&[triple]).is_empty()).count();
    assert!(kept > 0, "the text search kept nothing");
    format!("without cleaning: {unclean} files hold something; without secure-delete: {kept} triples")
}

fn an_erasure_that_was_killed_is_finished_by_the_next_opening(on: On) {
    let ground = Ground::new(on);
    let killed = ground.erases("killed before cleaning");
    assert_ne!(killed.status, 0, "{}", killed.out);
    assert!(!ground.holding(&SECRETS).is_empty(), "it was killed too late");
    ground.does(&["find", "anna"]);
    let left = ground.holding(&SECRETS);
    assert!(left.is_empty(), "{left:#?}");
    ground.is_sound();
    let again = ground.erases("");
    assert!(again.status == 1 && again.err.contains("Nothing is known any more"), "{}{}", again.out, again.err);
}

fn an_erasure_is_posted_once(on: On) {
    let ground = Ground::new(on);
    let request = asked(json!({ "job": "erase_person", "member": ground.card, "reason": "Asked in a letter" }));
    let first = ground.posts(&request);
    let second = ground.posts(&request);
    assert_eq!((&first["result"], &second["again"]), (&json!("posted"), &json!(true)), "{first} {second}");
    assert_eq!(first["document"], second["document"]);
    let left = ground.holding(&SECRETS);
    assert!(left.is_empty(), "{left:#?}");
    for (reason, says) in [("Asked by Qwyxolda", "must not name"), ("4111 1111 1111 1111", "card")] {
        let named = Ground::new(on);
        let request = asked(json!({ "job": "erase_person", "member": named.card, "reason": reason }));
        let ran = named.run(&["batch", "-", "--pins", "pins"], request.to_string().as_bytes(), "");
        assert!(ran.status == 1 && ran.out.contains(says), "{}", ran.out);
    }
    let renewal = asked(json!({ "job": "renew", "member": ground.card, "pay": { "tender": "cash" } }));
    assert_eq!(ground.run(&["batch", "-"], renewal.to_string().as_bytes(), "").status, 1);
    ground.is_sound();
}

/// Whoever still sees the books as they were keeps their bytes: that is said, and finished later.
fn whoever_looks_at_the_old_books_is_waited_for(on: On) {
    let ground = Ground::new(on);
    let mut file = None;
    let mut server = None;
    if let Some(running) = &ground.server {
        let mut client = running.client("postgres");
        client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class").unwrap();
        server = Some(client);
    } else {
        let raw = rusqlite::Connection::open(ground.program.path("shop.db")).unwrap();
        raw.execute_batch("BEGIN; SELECT count(*) FROM member").unwrap();
        file = Some(raw);
    }
    let erased = ground.erases("");
    assert!(erased.status == 3 && erased.err.contains("may still lie in the files"), "{}{}", erased.out, erased.err);
    assert!(!ground.holding(&SECRETS).is_empty(), "nothing was kept for whoever looks");
    drop((file, server));
    ground.does(&["find", "anna"]);
    let left = ground.holding(&SECRETS);
    assert!(left.is_empty(), "{left:#?}");
}

/// Where the role does not own the server's database, only the owner can finish: that is said everywhere until it is done, and the
/// tables are written anew once.
#[test]
fn what_only_the_owner_of_a_database_may_clean_is_told_until_it_is_done() {
    let ground = Ground::of_another();
    let owner = || ground.server.as_ref().unwrap().client("postgres");
    let file = || {
        let mut client = postgres::Client::connect(&ground.database, postgres::NoTls).unwrap();
        let row = client.query_one("SELECT CAST(pg_relation_filenode('person') AS text)", &[]).unwrap();
        row.get::<_, String>(0)
    };
    owner().batch_execute("ANALYZE").unwrap();
    assert!(!ground.does(&["verify"]).out.contains("erasure"), "nobody was erased");
    let before = file();
    let erased = ground.run(&["person", "erase", &ground.card, "--pins", "pins", "--yes"], b"", "");
    assert!(erased.status == 3 && erased.err.contains("VACUUM FULL pg_catalog.pg_statistic"), "{}{}", erased.out, erased.err);
    assert!(erased.out.contains("not yet from every file") && !erased.out.contains("tells any more"), "{}", erased.out);
    assert!(!erased.err.contains("nothing was booked") && !erased.err.contains("backup"), "{}", erased.err);
    let after = file();
    assert_ne!(before, after, "the tables were not written anew");
    let verified = ground.does(&["verify"]).out;
    assert!(verified.contains("1 erasure is not finished") && verified.contains("are in order"), "{verified}");
    let batch = ground.run(&["batch", "-"], b"", "");
    assert!(batch.status == 0 && batch.err.contains("VACUUM FULL pg_catalog.pg_statistic"), "{}", batch.err);
    assert_eq!(file(), after, "the tables were written anew once more");
    owner().batch_execute("VACUUM FULL pg_catalog.pg_statistic").unwrap();
    let verified = ground.does(&["verify"]).out;
    assert!(!verified.contains("erasure"), "{verified}");
    assert!(!ground.run(&["batch", "-"], b"", "").err.contains("VACUUM"));
    assert_eq!(ground.holding(&SECRETS), Vec::<String>::new());
}

fn all_that_is_known_of_a_person_is_handed_out(on: On) {
    let ground = Ground::new(on);
    ground.does(&["person", "export", &ground.card, "about.json"]);
    let about = std::fs::read_to_string(ground.program.path("about.json")).unwrap();
    for known in
        ["Qwyxolda", "Zjhuvrikë", "+372 5199 8877", "vqolda@zjhuv", "Xylquist", CODE, "Kvixt returned", "Apple", "REFUND"]
    {
        assert!(about.contains(known), "{known} in {about}");
    }
    assert!(about.contains("person exported") && !about.contains("Anna"), "{about}");
    let again = ground.run(&["person", "export", CODE, "about.json"], b"", "");
    assert!(again.status == 2 && again.err.contains("is there already"), "{}", again.err);
    let would = ground.run(&["person", "erase", CODE, "--pins", "pins"], b"", "");
    assert!(would.status == 1 && would.out.contains("say --yes"), "{}{}", would.out, would.err);
    assert!(ground.does(&["find", CODE]).out.contains("Qwyxolda"));
}

/// What only the document vouches for: changed or taken away without an erasure, it is told.
fn a_note_is_vouched_for_as_long_as_it_may_be_kept(on: On) {
    let ground = Ground::new(on);
    ground.is_sound();
    for damage in ["UPDATE note SET text = 'Kvixt returned dry'", "DELETE FROM note"] {
        ground.damage(damage);
        let verified = ground.run(&["verify"], b"", "");
        assert!(verified.status == 1 && verified.out.contains("The note on document 1-000001"), "{damage}: {}", verified.out);
    }
    assert_eq!(ground.erases("").status, 0);
    ground.is_sound();
}

/// The same person signed up twice leaves two sums, so whoever has a person in mind has nothing to hold against them.
fn sums_of_what_was_asked_differ_by_their_salt(on: On) {
    let ground = Ground::new(on);
    let person = json!({ "given": "Ilze", "family": "Berg" });
    let id = Uuid::now_v7();
    let sign_up = |salt: Uuid| {
        let pay = json!({ "tender": "cash" });
        json!({ "job": "sign_up", "member": id, "person": person, "salt": salt, "plan": "basic", "pay": pay })
    };
    let asked_with = |ground: &Ground, salt: Uuid| {
        let posted = ground.posts(&asked(sign_up(salt)));
        let number = posted["document"].as_str().unwrap_or_else(|| panic!("{posted}")).to_owned();
        let shown = ground.does(&["show", &number, "--json"]);
        let shown: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
        shown["document"]["asked"].as_str().unwrap().to_owned()
    };
    let other = Ground::new(on);
    let (one, two) = (Uuid::new_v4(), Uuid::new_v4());
    let sums = [(&ground, one), (&other, two)].map(|(ground, salt)| asked_with(ground, salt));
    assert_ne!(sums[0], sums[1]);
    // Control: with the salt it is the same sum, so nothing else told them apart.
    assert_eq!(sums[1], asked_with(&Ground::new(on), two));
    for place in [&ground, &other] {
        assert_eq!(place.holding(&[one.as_bytes(), two.as_bytes()]), Vec::<String>::new(), "a salt was kept");
        let text = [one, two].map(|salt| salt.to_string());
        assert_eq!(place.holding(&text), Vec::<String>::new(), "a salt was kept");
    }
    let unsalted = sign_up(Uuid::nil());
    let refused = ground.run(&["batch", "-"], asked(unsalted).to_string().as_bytes(), "");
    assert!(refused.status == 1 && refused.out.contains("not a salt"), "{}", refused.out);
}

/// Refusals, errors and events say nothing of who it was about; only the answer to whoever asked for a name has one.
fn what_goes_wrong_names_nobody(on: On) {
    let ground = Ground::new(on);
    let known = json!({ "given": "Qwyxolda", "family": "Zjhuvrikë", "phone": "+372 5199 8877", "email": "vqolda@zjhuv.example" });
    let sign_up = |person: &serde_json::Value, id: Uuid, more: serde_json::Value| {
        let mut request = json!({ "job": "sign_up", "member": id, "person": person, "salt": Uuid::new_v4(), "plan": "basic" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        asked(request).to_string()
    };
    let (cash, id) = (json!({ "pay": { "tender": "cash" } }), Uuid::now_v7());
    let mut wrong = known.clone();
    wrong["email"] = json!("vqolda@zjhuv");
    let lines = [
        sign_up(&wrong, Uuid::now_v7(), cash.clone()),
        sign_up(&known, Uuid::now_v7(), json!({ "plan": "nope" })),
        sign_up(&known, Uuid::now_v7(), json!({ "pay": { "tender": "card" } })),
        sign_up(&known, Uuid::now_v7(), json!({ "joins": "1000000421" })),
        sign_up(&known, id, cash.clone()),
        // The same member once more: the tables themselves would refuse it.
        sign_up(&known, id, cash),
    ];
    let ran = ground.run(&["batch", "-"], lines.join("\n").as_bytes(), "");
    let renamed = ground.run(&["import", "members", "members.csv"], b"", "");
    let clash = "UPDATE member SET code = (SELECT MAX(code) FROM member WHERE code LIKE 'TQ%')";
    let place = if on == On::File { ground.program.path("shop.db") } else { ground.database.clone().into() };
    let refused = Store::open(&place).unwrap().write(|tx| tx.execute(clash, &[])).unwrap_err();
    let events = "SELECT detail FROM event WHERE site = ?1";
    let events = Store::open(&place).unwrap().read(|tx| tx.query(events, &[tx.site()])).unwrap();
    assert!(events.len() >= 4, "refusals are kept: {events:?}");
    let said = format!("{}{}{}{}{refused}{refused:?}{events:?}", ran.out, ran.err, renamed.out, renamed.err);
    for secret in SECRETS {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
    // Control: the same words are in what is handed out on purpose.
    assert!(ground.does(&["find", CODE]).out.contains(SECRETS[0]));
}

#[test]
fn an_older_copy_that_is_put_back_is_erased_again() {
    let ground = Ground::new(On::File);
    ground.does(&["backup", "older.db"]);
    assert_eq!(ground.erases("").status, 0);
    let restored = ground.does(&["restore", "older.db"]).out;
    assert!(restored.contains("One person of this backup was erased since"), "{restored}");
    assert!(!ground.holding(&SECRETS).is_empty(), "the copy knew nobody");
    // What opens no desk hands nobody out.
    for refused in [["export", "later.jsonl"], ["export", "-"], ["backup", "later.db"]] {
        let ran = ground.run(&refused, b"", "");
        assert!(
            ran.status == 1 && ran.out.is_empty() && ran.err.contains("who were erased since (1)"),
            "{refused:?}: {}",
            ran.err
        );
    }
    assert!(!ground.program.path("later.jsonl").exists() && !ground.program.path("later.db").exists());
    // Before a manager confirms the restore the desk only reads; nobody is shown who was erased.
    assert_eq!(ground.run(&["find", "qwyxolda"], b"", "").status, 1);
    let left = ground.holding(&SECRETS);
    assert!(left.is_empty(), "{left:#?}");
    assert!(ground.does(&["find", "anna"]).out.contains("Anna Berg"));
    let about = ground.run(&["person", "export", &ground.card], b"", "");
    assert!(about.status == 1 && about.out.is_empty() && about.err.contains("only reads"), "{}", about.err);
    ground.does(&["backup", "later.db"]);
    ground.does(&["export", "later.jsonl"]);
    assert_eq!(ground.holding(&SECRETS), Vec::<String>::new());
    ground.posts(&asked(json!({ "job": "re_anchor", "reason": "The disk failed" })));
    let left = ground.holding(&SECRETS);
    assert!(left.is_empty(), "{left:#?}");
    ground.is_sound();
    assert_eq!(ground.run(&["find", "qwyxolda"], b"", "").status, 1);
}

/// The till's files hold the person still: imported again, they make nobody anew, whatever the map says of numbers that nobody has.
fn sales_of_the_erased_that_come_again_change_nothing(on: On) {
    let ground = Ground::new(on);
    let rows = |sql: &str| {
        let place = if on == On::File { ground.program.path("shop.db") } else { ground.database.clone().into() };
        Store::open(&place).unwrap().read(|tx| tx.query(sql, &[])).unwrap()
    };
    let standing =
        || (rows("SELECT id, key, member, digest FROM bill ORDER BY key"), rows("SELECT id, code FROM member ORDER BY id"));
    assert_eq!(ground.erases("").status, 0);
    let before = standing();
    // Under another name, so that it is read from its beginning.
    std::fs::copy(ground.program.path("sales.csv"), ground.program.path("members.csv")).unwrap();
    for when_unknown in ["create", "keep_aside", "ignore"] {
        ground.program.write("map.toml", MAP.replace("\"create\"", &format!("{when_unknown:?}")));
        let again = ground.run(&["import", "sales", "members.csv", "--map", "map.toml"], b"", "");
        assert_eq!(again.status, 0, "{when_unknown}: {}{}", again.out, again.err);
        assert!(again.out.contains("1 bill of those there before is of people who were erased since"), "{}", again.out);
        let said = format!("{}{}", again.out, again.err);
        assert!(SECRETS.iter().all(|secret| !said.contains(secret)), "{said}");
        assert_eq!(standing(), before, "{when_unknown}");
        assert_eq!(ground.holding(&SECRETS), Vec::<String>::new());
    }
    // A bill of theirs that was set aside before stays empty, however often it comes.
    let sales = std::fs::read_to_string(ground.program.path("sales.csv")).unwrap();
    ground.program.write("map.toml", MAP.replace("create", "keep_aside"));
    ground.program.write("sales.csv", sales.replace("\n100,", "\n99,"));
    let again = ground.run(&["import", "sales", "sales.csv", "--map", "map.toml"], b"", "");
    assert_eq!(again.status, 1, "{}{}", again.out, again.err);
    let aside = rows("SELECT key, reason, raw FROM kept_aside");
    assert!(aside.len() == 1 && aside[0].text(2).unwrap().is_empty() && !aside[0].text(1).unwrap().contains(CODE), "{aside:?}");
    assert_eq!(ground.holding(&SECRETS), Vec::<String>::new());
    ground.program.write("sales.csv", sales);
    ground.program.write("map.toml", MAP);
    // Somebody new has the number now: the old bills stay whose they were. One that is changed is told as before.
    ground.program.write("new.csv", format!("code,given,family,plan,term_end\n{CODE},Eva,Salo,basic,2027-03-31\n"));
    ground.does(&["import", "members", "new.csv"]);
    let bills = standing().0;
    let again = ground.does(&["import", "sales", "members.csv", "--map", "map.toml"]);
    assert!(again.out.contains("1 bill of those there before is of people who were erased since"), "{}", again.out);
    let sales = std::fs::read_to_string(ground.program.path("sales.csv")).unwrap();
    ground.program.write("sales.csv", sales.replace("1.00", "2.00"));
    let changed = ground.run(&["import", "sales", "sales.csv", "--map", "map.toml"], b"", "");
    assert!(
        changed.status == 1 && changed.out.contains("1 line in 1 bill; the books hold them with other content"),
        "{}",
        changed.out
    );
    assert_eq!(standing().0, bills);
    ground.is_sound();
}

/// In an older copy that is damaged as well nobody can be erased again, so it shows nobody.
#[test]
fn an_older_copy_that_is_damaged_shows_nobody() {
    let ground = Ground::new(On::File);
    ground.does(&["backup", "older.db"]);
    assert_eq!(ground.erases("").status, 0);
    ground.does(&["restore", "older.db"]);
    ground.damage("UPDATE document SET total_minor = total_minor + 1");
    for asked in
        [vec!["find", "qwyxolda"], vec!["person", "export", ground.card.as_str()], vec!["show", "1-000001", "--text", "-"]]
    {
        let ran = ground.run(&asked, b"", "");
        assert!(ran.status == 1 && ran.out.is_empty() && ran.err.contains("who were erased since (1)"), "{asked:?}: {}", ran.err);
        assert!(ran.err.contains("courtesy restore") && ran.err.contains("“total” is not"), "{}", ran.err);
    }
}

/// A copy that was being made when its program was killed holds everybody: it goes with the erasure, and with the next copy that is made.
#[test]
fn what_killed_programs_began_beside_the_books_goes() {
    let ground = Ground::new(On::File);
    ground.does(&["backup", "older.db"]);
    let killed = |ground: &Ground| {
        assert_ne!(ground.run(&["restore", "older.db"], b"", "killed in a restore").status, 0);
        let names = std::fs::read_dir(ground.program.path(".")).unwrap().map(|entry| entry.unwrap().path());
        let (left, kept): (Vec<_>, Vec<_>) = names
            .filter(|path| path.to_string_lossy().contains(".part") || path.to_string_lossy().contains("before-restore"))
            .partition(|path| path.to_string_lossy().contains(".part"));
        // Old books that a restore keeps are told at an erasure, and are a matter for whoever erases.
        kept.iter().for_each(|path| std::fs::remove_file(path).unwrap());
        left
    };
    for next in [["export", "later.jsonl"], ["backup", "later.db"], ["person", "export"]] {
        let left = killed(&ground);
        assert_eq!(left.len(), 1, "{left:?}");
        assert!(ground.holding(&SECRETS).iter().any(|found| found.contains(".part")), "nothing was left to be found");
        let name = if next[0] == "person" { vec![next[0], next[1], ground.card.as_str(), "about.json"] } else { next.to_vec() };
        ground.does(&name);
        assert!(!left[0].exists(), "{next:?} left {left:?}");
    }
    for later in ["later.jsonl", "later.db"] {
        std::fs::remove_file(ground.program.path(later)).unwrap();
    }
    assert_eq!(killed(&ground).len(), 1);
    assert_eq!(ground.erases("").status, 0);
    let left = ground.holding(&SECRETS);
    assert!(left.is_empty(), "{left:#?}");
}
