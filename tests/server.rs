//! A PostgreSQL of the tests' own, in a throw-away folder: begun with the first books that ask for one, stopped by its process
//! id with the last.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::sleep;
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

/// The server's own account, which no password guards: it listens on this machine alone.
const USER: &str = "courtesy";

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub struct Server {
    process: Mutex<Option<Child>>,
    pub port: u16,
    folder: tempfile::TempDir,
    options: Vec<String>,
    schemas: AtomicU32,
}

static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());

/// The server that the tests of this process share.
pub fn shared() -> Arc<Server> {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(running) = shared.upgrade() {
        return running;
    }
    let server = Arc::new(Server::start(&[]));
    *shared = Arc::downgrade(&server);
    server
}

/// Programs of the newest server that is installed.
pub fn program(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    found.sort();
    found.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    let paths = found.iter().rev().map(|folder| folder.join(name));
    let wanted = paths.filter(|path| path.exists()).find(|path| !path.starts_with("/usr/bin") || name == "setpriv");
    wanted.unwrap_or_else(|| panic!("{name} is not installed: install Debian's package postgresql (tests/run does it)"))
}

/// A program of the server as somebody who may run it: it refuses to run as root.
pub fn command(name: &str) -> Command {
    let program = program(name);
    let ids = Command::new("id").arg("-u").output().unwrap().stdout;
    if ids.trim_ascii() != b"0" {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
    command
}

fn run(command: &mut Command) {
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A folder in memory where there is one, so that the disk's speed does not count.
fn room() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = tempfile::Builder::new().prefix("courtesy-pg-").tempdir_in(place).unwrap();
    run(Command::new("chmod").arg("777").arg(folder.path()));
    folder
}

impl Server {
    /// Makes a server and starts it; `options` are settings as `name=value`.
    pub fn start(options: &[&str]) -> Self {
        Self::start_in(room(), options)
    }

    /// A server that shows a certificate for `localhost`; answers it with the certificate's file.
    pub fn private() -> (Self, PathBuf) {
        let folder = room();
        let (key, certificate) = (folder.path().join("key.pem"), folder.path().join("certificate.pem"));
        let mut openssl = Command::new("openssl");
        openssl.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]);
        openssl.args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"]);
        run(openssl.arg("-keyout").arg(&key).arg("-out").arg(&certificate));
        run(Command::new("chmod").arg("600").arg(&key));
        if command("initdb").get_program() == "setpriv" {
            run(Command::new("chown").arg("postgres").args([&key, &certificate]));
        }
        let (key, file) = (format!("ssl_key_file={}", key.display()), format!("ssl_cert_file={}", certificate.display()));
        (Self::start_in(folder, &["ssl=on", &key, &file]), certificate)
    }

    /// The same in a folder of the caller's, which the server's account may use then.
    pub fn start_in(folder: tempfile::TempDir, options: &[&str]) -> Self {
        run(Command::new("chmod").arg("777").arg(folder.path()));
        let data = folder.path().join("data");
        let mut initdb = command("initdb");
        initdb.args(["-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "-D"]).arg(&data);
        run(initdb.arg("--no-sync").current_dir(folder.path()));
        Self::on(folder, options)
    }

    /// A server that follows this one; it takes no writes until it is promoted.
    pub fn follow(&self, options: &[&str]) -> Self {
        let folder = room();
        let mut copy = command("pg_basebackup");
        copy.args([
            "-h",
            "127.0.0.1",
            "-p",
            &self.port.to_string(),
            "-U",
            USER,
            "--no-sync",
            "--checkpoint=fast",
            "-X",
            "stream",
            "-R",
            "-D",
        ]);
        run(copy.arg(folder.path().join("data")).current_dir(folder.path()));
        Self::on(folder, options)
    }

    fn on(folder: tempfile::TempDir, options: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        let server = Self { process: Mutex::new(None), port, folder, options, schemas: AtomicU32::new(0) };
        server.run();
        server
    }

    /// Starts the server's process, and waits until it answers.
    pub fn run(&self) {
        let mut postgres = command("postgres");
        postgres.arg("-D").arg(self.folder.path().join("data")).args(["-p", &self.port.to_string()]);
        postgres.arg("-k").arg(self.folder.path()).args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"]);
        postgres.args(["-c", "shared_buffers=32MB", "-c", "max_wal_size=256MB", "-c", "dynamic_shared_memory_type=mmap"]);
        for option in &self.options {
            postgres.args(["-c", option]);
        }
        let log = std::fs::File::create(self.folder.path().join("log")).unwrap();
        postgres.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).current_dir(self.folder.path());
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let running = process.insert(postgres.spawn().unwrap());
        let until = Instant::now() + PATIENCE;
        while let Err(error) = Client::connect(&self.url("postgres"), NoTls) {
            let log = || std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            assert!(Instant::now() < until, "the server does not answer: {error:?}\n{}", log());
            // After a kill, what is left of the last one may still be going.
            if running.try_wait().unwrap().is_some() {
                *running = postgres.spawn().unwrap();
            }
            sleep(Duration::from_millis(20));
        }
    }

    fn signal(&self, signal: &str) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut process) = process.take() {
            // Whoever is gone already needs no signal.
            let _sent = Command::new("kill").args([signal, &process.id().to_string()]).stderr(Stdio::null()).status();
            let _ended = process.wait();
        }
    }

    /// Kills the server with all that it started, as a power cut of its machine would: nobody answers any more.
    pub fn kill(&self) {
        let process = self.process.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(std::process::Child::id);
        let Some(id) = process else { return };
        let started = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
        self.signal("-KILL");
        let started: Vec<&str> = started.split_whitespace().collect();
        let _sent = Command::new("kill").arg("-KILL").args(&started).stderr(Stdio::null()).status();
        while started.iter().any(|id| Path::new(&format!("/proc/{id}/exe")).exists()) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// Makes a follower take writes.
    pub fn promote(&self) {
        self.client("postgres").execute("SELECT pg_promote()", &[]).unwrap();
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/{database}", self.port)
    }

    /// Where its files are.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The folder of its socket, as an address names it.
    pub fn socket(&self) -> String {
        format!("{}:{}", self.folder.path().display().to_string().replace('/', "%2F"), self.port)
    }

    pub fn client(&self, database: &str) -> Client {
        Client::connect(&self.url(database), NoTls).unwrap()
    }

    /// The address of an empty schema of its own.
    pub fn schema(&self) -> String {
        let schema = format!("s{}", self.schemas.fetch_add(1, Ordering::Relaxed));
        self.client("postgres").batch_execute(&format!("CREATE SCHEMA {schema}")).unwrap();
        format!("{}?options=-csearch_path%3D{schema}", self.url("postgres"))
    }

    /// The same for a role that owns the schema and not the database.
    pub fn schema_of_another(&self) -> String {
        let no = self.schemas.fetch_add(1, Ordering::Relaxed);
        let orders = format!("CREATE ROLE r{no} LOGIN; CREATE SCHEMA s{no} AUTHORIZATION r{no}");
        self.client("postgres").batch_execute(&orders).unwrap();
        format!("postgres://r{no}@127.0.0.1:{}/postgres?options=-csearch_path%3Ds{no}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.signal("-QUIT");
    }
}

#[test]
fn a_server_is_started_used_and_stopped() {
    let server = shared();
    let id = server.process.lock().unwrap().as_ref().unwrap().id();
    let row = server.client("postgres").query_one("SELECT current_setting('fsync')", &[]).unwrap();
    assert_eq!(row.get::<_, String>(0), "on");
    drop(server);
    assert!(!Path::new(&format!("/proc/{id}")).exists());
}
