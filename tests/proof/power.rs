//! The power is cut: a disk of its own forgets whatever was not brought to it, as a real one does, and is mounted again.
//!
//! The disk is an ext4 file system in a file. `EXT4_IOC_SHUTDOWN` without a flush of its journal stops it at once: what the program
//! wrote and did not sync is gone. Answers go through a pipe, which the cut does not touch. All of this needs root.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::disk::{ran, unmount};
use super::ground::{Ground, SETUP, outcomes, seed};
use super::victim::{Seen, Victim};
use super::{count, told};

/// After so many cuts another disk is taken.
const CUTS_PER_DISK: u32 = 20;

/// `EXT4_IOC_SHUTDOWN` with `EXT4_GOING_FLAGS_NOLOGFLUSH`, said in Perl, which every Debian has.
/// It waits for a line first, so that nothing lies between wanting the cut and the cut.
const CUT: &str = r#"
$| = 1;
open(my $disk, "<", $ARGV[0]) or die $!;
my $flag = pack("L", 2);
print "ready\n";
<STDIN>;
ioctl($disk, 0x8004587D, $flag) or die $!;
"#;

/// A disk whose power can be cut.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    /// A new disk, mounted; an error says why there can be none here.
    fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir().unwrap();
        let disk = Self { folder };
        std::fs::create_dir(disk.root()).unwrap();
        std::fs::File::create(disk.image()).unwrap().set_len(96 << 20).unwrap();
        ran("mkfs.ext4", &["-q", "-F", disk.image().to_str().unwrap()])?;
        disk.mount()?;
        Ok(disk)
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("disk")
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    /// Nothing is written to it by the clock: only what a program brings there stays.
    fn mount(&self) -> Result<(), String> {
        ran("mount", &["-o", "loop,commit=900", self.image().to_str().unwrap(), self.root().to_str().unwrap()])
    }

    /// Whoever cuts the power, waiting for a line.
    fn cutter(&self) -> Child {
        let mut perl = Command::new("perl");
        perl.args(["-e", CUT, self.root().to_str().unwrap()]);
        let mut cutter = perl.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut ready = [0; 6];
        cutter.stdout.as_mut().unwrap().read_exact(&mut ready).unwrap();
        cutter
    }

    /// Cuts the power and ends the program, which goes without it in any case; then the power is there again, and the disk with
    /// what was brought to it.
    fn cut(&self, mut cutter: Child, program: &mut Child) {
        cutter.stdin.take().unwrap().write_all(b"now\n").unwrap();
        assert!(cutter.wait().unwrap().success());
        program.kill().unwrap();
        program.wait().unwrap();
        unmount(&self.root());
        self.mount().unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        unmount(&self.root());
    }
}

/// Cuts the power while the program works, or, where it is told so, once it has given some answers; then looks at what is left.
/// What was answered before the cut counts as acknowledged. A program whose power is gone answers nothing; this one lives a moment
/// longer, and what it says then counts as not said.
fn cut(disk: &Disk, victim: &mut Victim, chance: &mut fastrand::Rng, seen: &mut Seen, plant: Option<&str>) -> Result<(), String> {
    let sent = victim.work(chance);
    let (at_answer, wait) = (plant.is_some() || chance.bool(), Duration::from_micros(chance.u64(..100_000)));
    let cutter = disk.cutter();
    let mut child = victim
        .ground
        .command(&["batch", "-", "--pins", "pins"])
        .env("COURTESY_PLANT", plant.unwrap_or_default())
        .spawn()
        .unwrap();
    let lines: String = sent.iter().map(|request| format!("{request}\n")).collect();
    let mut pipe = child.stdin.take().unwrap();
    let feeding = thread::spawn(move || drop(pipe.write_all(lines.as_bytes())));
    let (answered, answers) = channel();
    let output = BufReader::new(child.stdout.take().unwrap());
    let listening = thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(answered.send(line))));
    let mut before = Vec::new();
    if at_answer {
        before.extend(answers.iter().take(chance.usize(1..35)));
    } else {
        thread::sleep(wait);
    }
    before.extend(answers.try_iter());
    disk.cut(cutter, &mut child);
    feeding.join().unwrap();
    listening.join().unwrap();
    let came: String = before.iter().map(|line| format!("{line}\n")).collect();
    victim.came(&sent, &outcomes(came.as_bytes()), seen)
}

/// Cuts the power while a second shop is set up.
fn cut_in_setup(disk: &Disk, victim: &Victim, chance: &mut fastrand::Rng, seen: &mut Seen) -> Result<(), String> {
    let file = format!("second-{}.db", chance.u64(..));
    let cutter = disk.cutter();
    let mut child = victim.ground.second(&[&["--database", &file][..], &SETUP].concat()).spawn().unwrap();
    thread::sleep(Duration::from_micros(chance.u64(..150_000)));
    disk.cut(cutter, &mut child);
    seen.other[3] += 1;
    victim.ground.set_up_again(&file)?;
    victim.ground.look(&victim.known)
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    let cuts = count(200);
    let mut chance = seed("power cuts");
    let template = tempfile::tempdir().unwrap();
    let fresh = Ground::new(template.path());
    let (mut seen, mut done) = (Seen::default(), 0);
    while done < cuts {
        let disk = match Disk::new() {
            Ok(disk) => disk,
            Err(why) => {
                eprintln!("NOT RUN: a disk whose power can be cut cannot be had here ({why}); run the tests as root");
                return told("power cut", 0, &format!("not run: {why}"), "not run");
            }
        };
        let mut victim = Victim::new(fresh.copied(&disk.root().join("shop")));
        ran("sync", &["-f", disk.root().to_str().unwrap()]).unwrap();
        for _ in 0..CUTS_PER_DISK.min(cuts - done) {
            let left = match chance.u8(..6) {
                0 => cut_in_setup(&disk, &victim, &mut chance, &mut seen),
                _ => cut(&disk, &mut victim, &mut chance, &mut seen, None),
            };
            left.unwrap_or_else(|wrong| panic!("cut {done}: {wrong}"));
            done += 1;
        }
        victim.ground.send_again(&victim.open).unwrap();
        victim.ground.look(&[&victim.known[..], &victim.open].concat()).unwrap();
    }
    let Seen { acknowledged, again, before_an_answer, other: [.., setups] } = seen;
    assert!(acknowledged > cuts as usize, "{seen:?}");
    let lost = planted_is_caught(&fresh, &mut chance);
    let came = format!(
        "0 of {acknowledged} acknowledged lost, no desk made to read only, {again} that were booked without an answer booked once; \
         {before_an_answer} before the first answer, {setups} while a shop was set up"
    );
    told("power cut", cuts.into(), &came, &format!("commits that do not wait for the disk: {lost}"));
}

/// A program that does not wait for the disk is found out by the first cut.
fn planted_is_caught(fresh: &Ground, chance: &mut fastrand::Rng) -> String {
    let disk = Disk::new().unwrap();
    let mut victim = Victim::new(fresh.copied(&disk.root().join("shop")));
    ran("sync", &["-f", disk.root().to_str().unwrap()]).unwrap();
    let plant = Some("commits that do not wait for the disk");
    let wrong = cut(&disk, &mut victim, chance, &mut Seen::default(), plant).unwrap_err();
    assert!(wrong.starts_with("acknowledged and lost"), "{wrong}");
    "caught at the first cut".to_owned()
}
