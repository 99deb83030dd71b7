//! A door to a server that can be slammed: before COMMIT gets through, while it is under way, or after the server answered.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread;

/// COMMIT as it goes over the wire: a simple query with its length.
const COMMIT: &[u8] = b"Q\0\0\0\x0bCOMMIT\0";

/// When the link breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// Before the server hears of the commit.
    Before,
    /// When it has been told, whether it has answered or not.
    While,
    /// When its answer is on the way.
    After,
}

impl Break {
    /// Every way.
    pub(super) const ALL: [Self; 3] = [Self::Before, Self::While, Self::After];
}

#[derive(Default)]
struct State {
    armed: AtomicU8,
    broke: AtomicBool,
    closed: AtomicBool,
}

impl State {
    /// Takes what was armed: once.
    fn take(&self) -> Option<Break> {
        let armed = usize::from(self.armed.swap(0, Ordering::SeqCst));
        let way = armed.checked_sub(1).and_then(|place| Break::ALL.get(place)).copied();
        if way.is_some() {
            self.broke.store(true, Ordering::SeqCst);
        }
        way
    }
}

/// A door on a port of this machine.
pub(super) struct Proxy {
    port: u16,
    state: Arc<State>,
}

impl Proxy {
    /// Opens a door to a host and port.
    pub(super) fn to(host: (String, u16)) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        thread::Builder::new().name("door".to_owned()).spawn(move || {
            for inside in listener.incoming() {
                if shared.closed.load(Ordering::SeqCst) {
                    return;
                }
                // Who cannot be let through finds the door shut.
                let _let_through = inside.and_then(|inside| pass(inside, &host, &shared));
            }
        })?;
        Ok(Self { port, state })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// The next COMMIT breaks the link.
    pub(super) fn arm(&self, way: Break) {
        let place = Break::ALL.iter().position(|known| *known == way).unwrap_or_default();
        self.state.broke.store(false, Ordering::SeqCst);
        self.state.armed.store(u8::try_from(place + 1).unwrap_or(1), Ordering::SeqCst);
    }

    /// Whether the link broke since it was armed.
    pub(super) fn disarm(&self) -> bool {
        self.state.armed.store(0, Ordering::SeqCst);
        self.state.broke.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.state.closed.store(true, Ordering::SeqCst);
        // A last visitor, so that the door's keeper wakes and sees that it is closed.
        let _visitor = TcpStream::connect(("127.0.0.1", self.port));
    }
}

/// Carries bytes both ways until one side goes.
fn pass(inside: TcpStream, host: &(String, u16), state: &Arc<State>) -> io::Result<()> {
    let outside = TcpStream::connect((host.0.as_str(), host.1))?;
    outside.set_nodelay(true)?;
    inside.set_nodelay(true)?;
    let swallow = Arc::new(AtomicBool::new(false));
    let (from, to, state, swallows) = (inside.try_clone()?, outside.try_clone()?, Arc::clone(state), Arc::clone(&swallow));
    thread::spawn(move || {
        let _gone = forth(&from, &to, &state, &swallows);
        shut(&from, &to);
    });
    thread::spawn(move || {
        let _gone = back(&outside, &inside, &swallow);
        shut(&outside, &inside);
    });
    Ok(())
}

fn shut(one: &TcpStream, other: &TcpStream) {
    for side in [one, other] {
        // It may be shut already.
        let _shut = side.shutdown(Shutdown::Both);
    }
}

fn forth(mut from: &TcpStream, mut to: &TcpStream, state: &State, swallow: &AtomicBool) -> io::Result<()> {
    let mut bytes = vec![0; 1 << 16];
    loop {
        let count = from.read(&mut bytes)?;
        let said = bytes.get(..count).unwrap_or_default();
        if said.is_empty() {
            return Ok(());
        }
        let commits = said.windows(COMMIT.len()).any(|window| window == COMMIT);
        match if commits { state.take() } else { None } {
            Some(Break::Before) => return Ok(()),
            Some(Break::While) => {
                to.write_all(said)?;
                return Ok(());
            }
            Some(Break::After) => {
                swallow.store(true, Ordering::SeqCst);
                to.write_all(said)?;
            }
            None => to.write_all(said)?,
        }
    }
}

fn back(mut from: &TcpStream, mut to: &TcpStream, swallow: &AtomicBool) -> io::Result<()> {
    let mut bytes = vec![0; 1 << 16];
    loop {
        let count = from.read(&mut bytes)?;
        let said = bytes.get(..count).unwrap_or_default();
        if said.is_empty() || swallow.load(Ordering::SeqCst) {
            return Ok(());
        }
        to.write_all(said)?;
    }
}
