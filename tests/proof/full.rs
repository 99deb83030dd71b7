//! The disk is full: a small one of its own, filled up to somewhere, on which a desk posts until nothing more goes on it. Needs root.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout};

use serde_json::Value;

use super::disk::{ran, unmount};
use super::ground::{Ground, seed};
use super::{count, told};

/// A document takes more than two kilobytes, and no disk here has more than eight megabytes.
const MORE_THAN_FITS: usize = 4_000;

/// A disk in memory of a size that is known.
struct Small {
    folder: tempfile::TempDir,
}

impl Small {
    fn new(bytes: u64) -> Result<Self, String> {
        let folder = tempfile::tempdir().unwrap();
        let small = Self { folder };
        std::fs::create_dir(small.root()).unwrap();
        ran("mount", &["-t", "tmpfs", "-o", &format!("size={bytes}"), "none", small.root().to_str().unwrap()])?;
        Ok(small)
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    /// Takes what is left of it, up to so much; answers the file to be removed.
    fn fill(&self, leave: u64) -> PathBuf {
        let path = self.root().join("filling");
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        let length = file.metadata().unwrap().len();
        // Once it is removed there is room to bring all of the journal into the database, which then grows by as much.
        file.set_len(length.saturating_sub(leave).max(length / 2)).unwrap();
        path
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        unmount(&self.root());
    }
}

/// A program that is asked line by line, as the window's worker is: it stays when the disk is full.
struct Asked {
    child: Child,
    requests: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Asked {
    fn start(ground: &Ground, plant: &str) -> Self {
        let mut child = ground.command(&["batch", "-", "--pins", "pins"]).env("COURTESY_PLANT", plant).spawn().unwrap();
        let requests = child.stdin.take().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, requests, answers }
    }

    /// `None` where the program could not even begin, and ended.
    fn ask(&mut self, request: &Value) -> Option<Value> {
        // One that has ended closed the pipe.
        let _sent = writeln!(self.requests, "{request}");
        self.answers.next().map(|line| serde_json::from_str(&line.unwrap()).unwrap())
    }

    /// Lets it end; answers its status and what it complained of.
    fn end(self) -> (Option<i32>, String) {
        drop(self.requests);
        let ended = self.child.wait_with_output().unwrap();
        (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
    }
}

/// What was seen.
#[derive(Debug, Default)]
struct Seen {
    acknowledged: usize,
    refused: usize,
    not_begun: u32,
    read: u32,
    unread: u32,
}

/// Fills a disk while a desk posts; then looks, makes room, and goes on.
fn fill_up(
    fresh: &Ground,
    small: &Small,
    leave: u64,
    (chance, plant): (&mut fastrand::Rng, &str),
    seen: &mut Seen,
) -> Result<(), String> {
    let ground = fresh.copied(&small.root().join("shop"));
    let outside = ground.path("shop.outside");
    let filling = small.fill(leave);
    let mut asked = Asked::start(&ground, plant);
    let (mut known, mut refused) = (Vec::new(), Vec::new());
    // Small work may still find room where larger did not: it is full when nothing goes on it any more.
    while refused.len() < 5 {
        if known.len() > MORE_THAN_FITS {
            ground.look(&known)?;
            return Err("more went onto the disk than fits".to_owned());
        }
        let request = ground.work(chance);
        match asked.ask(&request) {
            Some(outcome) if outcome["result"] == "posted" => known.push(request),
            Some(outcome) if says_full(&outcome.to_string()) => refused.push(request),
            Some(outcome) => return Err(format!("not told that the disk is full: {outcome}")),
            None => {
                refused.push(request);
                break;
            }
        }
    }
    let begun = refused.len() == 5;
    seen.acknowledged += known.len();
    seen.refused += refused.len();
    nothing_is_cut_off(&outside)?;
    readable(&ground, seen)?;
    std::fs::remove_file(&filling).unwrap();
    // The same program goes on, and so does a new one.
    let (last, others) = refused.split_last().unwrap();
    for request in others {
        let outcome = asked.ask(request);
        if outcome.as_ref().is_none_or(|outcome| outcome["result"] != "posted") {
            return Err(format!("there is room again, and it said {outcome:?}"));
        }
    }
    let (status, error) = asked.end();
    let told_why = status == Some(3) && says_full(&error);
    if !(begun || told_why) {
        return Err(format!("could not begin on a full disk: {error}"));
    }
    seen.not_begun += u32::from(!begun);
    ground.send_again(std::slice::from_ref(last))?;
    nothing_is_cut_off(&outside)?;
    ground.look(&[known, refused].concat())
}

fn says_full(text: &str) -> bool {
    text.contains("the disk is full")
}

/// What a new program can do meanwhile: find, show and look at everything, or say why it cannot.
fn readable(ground: &Ground, seen: &mut Seen) -> Result<(), String> {
    for arguments in [&["find", "7"][..], &["show", "1-000001"], &["verify"]] {
        let ran = ground.command(arguments).output().unwrap();
        let error = String::from_utf8_lossy(&ran.stderr).into_owned();
        if ran.status.success() {
            seen.read += 1;
        } else if ran.status.code() == Some(3) && says_full(&error) {
            seen.unread += 1;
        } else {
            return Err(format!("{arguments:?} on a full disk: {error}"));
        }
    }
    Ok(())
}

/// Keys, pepper, heads and the mark of the seals have the lengths that they always have.
fn nothing_is_cut_off(outside: &Path) -> Result<(), String> {
    for entry in std::fs::read_dir(outside).unwrap() {
        let (name, length) = {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().len())
        };
        let wanted = match name.as_str() {
            "sealed" => "sealed 14\n".len() as u64,
            head if head.ends_with(".head") => 86,
            _ => 64,
        };
        if !name.ends_with(".new") && length != wanted {
            return Err(format!("{name} outside the database has {length} bytes"));
        }
    }
    Ok(())
}

#[test]
fn a_full_disk_loses_nothing_and_the_desk_goes_on_when_there_is_room() {
    let points = count(200);
    let mut chance = seed("full disks");
    let template = tempfile::tempdir().unwrap();
    let fresh = Ground::new(template.path());
    let mut seen = Seen::default();
    for point in 0..points {
        // From 2 to 8 MiB, of which from nothing to half is left to the desk.
        let bytes = (2 << 20) + u64::from(point) * (6 << 20) / u64::from(points);
        let small = match Small::new(bytes) {
            Ok(small) => small,
            Err(why) => {
                eprintln!("NOT RUN: a small disk cannot be had here ({why}); run the tests as root");
                return told("disk full", 0, &format!("not run: {why}"), "not run");
            }
        };
        let leave = if point % 4 == 0 { bytes } else { chance.u64(..400_000) };
        let left = fill_up(&fresh, &small, leave, (&mut chance, ""), &mut seen);
        left.unwrap_or_else(|wrong| panic!("point {point}, {bytes} bytes, {leave} left: {wrong}"));
    }
    let Seen { acknowledged, refused, not_begun, read, unread } = seen;
    assert!(acknowledged > points as usize && read > points, "{seen:?}");
    let came = format!(
        "0 of {acknowledged} acknowledged lost, {refused} refused because the disk is full and booked when there was room ({not_begun} \
         of them because the desk could not open); a new \
         program answered {read} of {} questions meanwhile and said of the others that the disk is full",
        read + unread
    );
    let small = Small::new(2 << 20).unwrap();
    let plant = "errors of the commit are not heard";
    let wrong = fill_up(&fresh, &small, 200_000, (&mut chance, plant), &mut Seen::default()).unwrap_err();
    assert!(wrong.starts_with("acknowledged and lost"), "{wrong}");
    told("disk full", points.into(), &came, &format!("{plant}: caught at the first point"));
}
