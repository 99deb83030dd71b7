//! The window of the practice shop beside a bare iced window: time to the first paint, time until somebody can sign in (the
//! shop is made behind the first paint), and memory.
//!
//! Both open on a screen that exists in memory only (Xvfb), whose pixels lie in a file. The bare window is this
//! program itself, started again with a word in its environment.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use courtesy::gui::theme::size;
use criterion::Criterion;
use iced::widget::{center, text};

use crate::figures::{folder, median, ms, note, tell};

/// What makes this program open the bare window.
const BARE: &str = "COURTESY_BENCH_BARE_WINDOW";
/// Turns, of which the middle counts.
const ROUNDS: usize = 5;
/// How long a window has to settle before its memory is read.
const SETTLING: Duration = Duration::from_millis(1_500);
/// How long a window may take at all.
const PATIENCE: Duration = Duration::from_secs(30);
/// The screen.
const SCREEN: &str = "1280x800x24";

/// Whether this process is to be the bare window.
pub fn is_bare() -> bool {
    std::env::var_os(BARE).is_some()
}

/// Opens a window with one word in it.
pub fn open_bare() {
    fn view((): &()) -> iced::Element<'_, ()> {
        center(text("Courtesy")).into()
    }
    iced::application(|| (), |(): &mut (), (): ()| {}, view).window_size(size::WINDOW).run().unwrap();
}

/// Runs the subject.
pub fn run(_: &mut Criterion) {
    let folder = folder();
    let Some(screen) = Screen::open(folder.path()) else { return note("window", "NOT MEASURED: Xvfb is not here") };
    let this = std::env::current_exe().unwrap();
    let desk = PathBuf::from(env!("CARGO_BIN_EXE_courtesy"));
    let (mut ratios, mut readies, mut paints, mut bare_paints, mut kilobytes, mut bare_kilobytes) =
        (vec![], vec![], vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let bare = screen.show(Command::new(&this).env(BARE, "1"), false);
        let ours = screen.show(Command::new(&desk).arg("--demo"), true);
        readies.extend(ours.sign_in.map(ms));
        ratios.push(ms(ours.paint) / ms(bare.paint));
        paints.push(ms(ours.paint));
        bare_paints.push(ms(bare.paint));
        kilobytes.push(ours.kilobytes);
        bare_kilobytes.push(bare.kilobytes);
    }
    let figure = format!("{:.2} ({:.0} ms beside {:.0} ms)", median(ratios), median(paints), median(bare_paints));
    tell("window: first paint to a bare window's", &figure, "under 1.5");
    tell("window: until the practice shop can be signed in to", &format!("{:.0} ms", median(readies)), "under 1000 ms");
    let (ours, bare) = (median(kilobytes) / 1e3, median(bare_kilobytes) / 1e3);
    tell("window: resident memory", &format!("{ours:.1} MB ({:.2} of a bare window's {bare:.1} MB)", ours / bare), "under 60 MB");
}

/// What was seen of a window.
struct Seen {
    paint: Duration,
    sign_in: Option<Duration>,
    kilobytes: f64,
}

/// A screen in memory. It goes with its value.
struct Screen {
    server: Child,
    display: String,
    pixels: PathBuf,
}

impl Screen {
    fn open(folder: &Path) -> Option<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", SCREEN, "-nocursor", "-nolisten", "tcp", "-fbdir"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut number = String::new();
        BufReader::new(server.stdout.take()?).read_line(&mut number).ok()?;
        let display = format!(":{}", number.trim());
        Some(Self { server, display, pixels: folder.join("Xvfb_screen0") })
    }

    /// Starts a program and sees when it paints and what memory it then takes.
    fn show(&self, command: &mut Command, signs_in: bool) -> Seen {
        self.wait_until(|screen| !screen.is_painted());
        let began = Instant::now();
        command.env("DISPLAY", &self.display).env_remove("WAYLAND_DISPLAY").stdout(Stdio::null()).stderr(Stdio::null());
        let mut window = command.spawn().unwrap();
        self.wait_until(Self::is_painted);
        let paint = began.elapsed();
        let sign_in = signs_in.then(|| {
            self.wait_until(Self::has_sheet);
            began.elapsed()
        });
        sleep(SETTLING);
        let status = std::fs::read_to_string(format!("/proc/{}/status", window.id())).unwrap();
        let kilobytes =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse().ok());
        window.kill().unwrap();
        window.wait().unwrap();
        Seen { paint, sign_in, kilobytes: kilobytes.unwrap() }
    }

    fn wait_until(&self, is_so: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !is_so(self) {
            assert!(began.elapsed() < PATIENCE, "the screen did not change");
            sleep(Duration::from_millis(1));
        }
    }

    /// Whether anything but black is in the middle rows.
    fn is_painted(&self) -> bool {
        (1..8).any(|eighth| self.row(eighth).iter().any(|byte| *byte != 0))
    }

    /// Whether the sheet of the sign-in reaches the second eighth, which that of the opening does not.
    fn has_sheet(&self) -> bool {
        let row = self.row(2);
        row.chunks_exact(4).any(|pixel| pixel != &row[..4])
    }

    /// The pixels of the row at an eighth of the height. The file is an X window dump: a head that tells its own size and how
    /// many colours of twelve bytes follow, then the pixels.
    fn row(&self, eighth: u64) -> Vec<u8> {
        let mut file = File::open(&self.pixels).unwrap();
        let mut head = [0_u8; 80];
        file.read_exact(&mut head).unwrap();
        let number = |at: usize| u64::from(u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]));
        let (first, row, height) = (number(0) + number(76) * 12, number(48), number(20));
        let mut pixels = vec![0_u8; usize::try_from(row).unwrap()];
        file.seek(SeekFrom::Start(first + row * (height * eighth / 8))).unwrap();
        file.read_exact(&mut pixels).unwrap();
        pixels
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A server that is gone already needs no ending.
        let _gone = self.server.kill();
        let _gone = self.server.wait();
    }
}
