//! The process is killed: at random moments, and at the moment in which it has answered.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use super::ground::{Ground, SETUP, in_order, outcomes, seed};
use super::victim::{Seen, Victim};
use super::{count, told};

/// After so many kills a new shop is taken, so that looking at it stays quick.
const KILLS_PER_SHOP: u32 = 25;

/// Requests that a program has before it when it is killed at a random moment.
const BEFORE_IT: usize = 16;

/// How long each takes that nobody kills, on this machine and now, so that kills fall into the work and not all before it.
struct Undisturbed {
    batch: Duration,
    other: [Duration; 4],
}

impl Undisturbed {
    fn measured(fresh: &Ground, chance: &mut fastrand::Rng) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut victim = Victim::new(fresh.copied(folder.path()));
        let sent = victim.work(chance);
        let batch = lasts(|| assert_eq!(victim.ground.batch(&sent[..BEFORE_IT]).len(), BEFORE_IT));
        let other = [0, 1, 2, 3].map(|which| {
            let mut command = victim.another(which, &name(chance));
            lasts(|| {
                let ran = command.output().unwrap();
                assert!(ran.status.success(), "{which}: {}", String::from_utf8_lossy(&ran.stderr));
            })
        });
        Self { batch, other }
    }
}

fn lasts(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

/// Of a file that is not there. Digits might look like a payment card number, which is refused.
fn name(chance: &mut fastrand::Rng) -> String {
    "second-".chars().chain((0..12).map(|_| chance.lowercase())).collect()
}

impl Victim {
    /// The program has its work before it and is killed after a while; false where it was done before.
    fn killed_at_random(&mut self, chance: &mut fastrand::Rng, seen: &mut Seen, longest: Duration) -> Result<bool, String> {
        let sent = self.work(chance);
        let mut child = self.ground.command(&["batch", "-", "--pins", "pins"]).spawn().unwrap();
        let lines: String = sent[..BEFORE_IT].iter().map(|request| format!("{request}\n")).collect();
        // One that is killed while it is written to closes the pipe.
        let mut pipe = child.stdin.take().unwrap();
        let feeding = thread::spawn(move || drop(pipe.write_all(lines.as_bytes())));
        let killed = kill_within(&mut child, chance, longest);
        feeding.join().unwrap();
        let mut written = Vec::new();
        child.stdout.take().unwrap().read_to_end(&mut written).unwrap();
        self.came(&sent, &outcomes(&written), seen).map(|()| killed)
    }

    /// The program gets one request after another and is killed when it has answered some: nothing of them may be lost.
    fn killed_at_an_answer(&mut self, chance: &mut fastrand::Rng, seen: &mut Seen, plant: &str) -> Result<(), String> {
        let sent = self.work(chance);
        let answers = chance.usize(1..=10);
        let mut child = self.ground.command(&["batch", "-", "--pins", "pins"]).env("COURTESY_PLANT", plant).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let mut answered = BufReader::new(child.stdout.take().unwrap());
        let mut written = Vec::new();
        for request in &sent[..answers] {
            writeln!(pipe, "{request}").unwrap();
            answered.read_until(b'\n', &mut written).unwrap();
        }
        end(&mut child);
        self.came(&sent, &outcomes(&written), seen)
    }

    /// A backup, an export, an import, or the setting up of a second shop.
    fn another(&self, which: usize, name: &str) -> Command {
        let file = format!("{name}.db");
        match which {
            0 => self.ground.command(&["backup", &file]),
            1 => self.ground.command(&["export", &file]),
            2 => {
                let rows = (0..400).map(|row| format!("{name}-{row},A,Apple,1,2026-11-20 10:00:00,1.00,7\n"));
                let sales = format!("bill,item,text,quantity,time,price,member\n{}", rows.collect::<String>());
                std::fs::write(self.ground.path("more.csv"), sales).unwrap();
                self.ground.command(&["import", "sales", "more.csv", "--map", "map.toml"])
            }
            _ => self.ground.second(&[&["--database", &file][..], &SETUP].concat()),
        }
    }

    /// Another command is killed, of the four the one that was killed least. Where it was done before, false.
    fn another_killed(&mut self, chance: &mut fastrand::Rng, seen: &mut Seen, longest: &[Duration; 4]) -> Result<bool, String> {
        let which = (0..4).min_by_key(|which| seen.other[*which]).unwrap();
        let name = name(chance);
        let file = format!("{name}.db");
        let mut command = self.another(which, &name);
        let mut child = command.spawn().unwrap();
        if !kill_within(&mut child, chance, longest[which]) {
            return Ok(false);
        }
        seen.other[which] += 1;
        // Sent again, it comes to an end, and leaves what it should.
        let there = self.ground.path(&file).exists();
        let mut command = match which {
            0 if there => self.ground.second(&["--database", &file, "find", "7"]),
            1 if there => self.ground.second(&["--database", &format!("{name}-in.db"), "import", "books", &file]),
            3 => {
                self.ground.set_up_again(&file)?;
                return self.ground.look(&self.known).map(|()| true);
            }
            _ => command,
        };
        let ran = command.output().unwrap();
        if !ran.status.success() {
            return Err(format!("{which} after a kill: {}", String::from_utf8_lossy(&ran.stderr)));
        }
        if which == 0 && in_order(&self.ground.path(&file)) != Ok(0) {
            return Err(format!("{file} is not whole"));
        }
        self.ground.look(&self.known).map(|()| true)
    }
}

/// Kills a program after a random while; false where it had ended before.
fn kill_within(child: &mut Child, chance: &mut fastrand::Rng, longest: Duration) -> bool {
    let longest = u64::try_from(longest.as_micros()).unwrap();
    thread::sleep(Duration::from_micros(chance.u64(..longest)));
    let running = child.try_wait().unwrap().is_none();
    end(child);
    running
}

fn end(child: &mut Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_killed_program_loses_nothing_it_acknowledged() {
    let kills = count(1000);
    let mut chance = seed("kills");
    let template = tempfile::tempdir().unwrap();
    let fresh = Ground::new(template.path());
    let (mut seen, mut done) = (Seen::default(), 0);
    // That one falls between a booking and its answer is rare on some machines: then there are more.
    while done < kills || (seen.again == 0 && done < 4 * kills) {
        let folder = tempfile::tempdir().unwrap();
        let mut victim = Victim::new(fresh.copied(folder.path()));
        let longest = Undisturbed::measured(&fresh, &mut chance);
        for _ in 0..KILLS_PER_SHOP {
            loop {
                let killed = match chance.u8(..10) {
                    0..=5 => victim.killed_at_random(&mut chance, &mut seen, longest.batch),
                    6..=7 => victim.killed_at_an_answer(&mut chance, &mut seen, "").map(|()| true),
                    _ => victim.another_killed(&mut chance, &mut seen, &longest.other),
                };
                if killed.unwrap_or_else(|wrong| panic!("kill {done}: {wrong}")) {
                    break;
                }
            }
            done += 1;
        }
        victim.ground.send_again(&victim.open).unwrap();
        let all = [&victim.known[..], &victim.open].concat();
        victim.ground.look(&all).unwrap();
    }
    let Seen { acknowledged, again, before_an_answer, other: [backups, exports, imports, setups] } = seen;
    assert!(
        acknowledged > done as usize && again > 0 && before_an_answer > 0 && seen.other.iter().all(|kills| *kills > 0),
        "{seen:?}"
    );
    let lost = planted_is_caught(&fresh, &mut chance);
    let came = format!(
        "0 of {acknowledged} acknowledged lost, {again} that were booked without an answer booked once; {before_an_answer} before the \
         first answer, {backups} in a backup, {exports} in an export, {imports} in an import, {setups} while a shop was set up"
    );
    told("process killed", done.into(), &came, &format!("answered before the commit: {lost}"));
}

/// A program that answers before it commits is found out by the first kill.
fn planted_is_caught(fresh: &Ground, chance: &mut fastrand::Rng) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut victim = Victim::new(fresh.copied(folder.path()));
    let wrong = victim.killed_at_an_answer(chance, &mut Seen::default(), "answered before the commit").unwrap_err();
    assert!(wrong.starts_with("acknowledged and lost"), "{wrong}");
    "caught at the first kill".to_owned()
}
