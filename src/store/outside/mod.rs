//! What a desk knows outside the database: its key, the pepper of the PINs, and where its chain last stood. Who takes or
//! rewrites the database has none of it.
//!
//! Keys and the pepper are written once: to a temporary name, synced, then renamed. A desk's head is written over after each
//! commit without waiting for the disk; a crash between the two leaves it behind the book, never ahead of it. Requests on their way
//! wait here until their answers are known.

mod safe;
mod unsent;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use zeroize::Zeroizing;

use super::{Result, StoreError};
use crate::domain::digest::{BEGINNING, Digest};
use crate::domain::ids::{DeskNo, MemberId};
use crate::domain::seal::{SecretKey, from_hex, to_hex};

/// Where a desk's chain stands: the last sequence and its sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last sequence; 0 before the first document.
    pub sequence: u64,
    /// The sum of that document.
    pub hash: Digest,
}

impl Head {
    /// Before the first document.
    pub const NONE: Self = Self { sequence: 0, hash: BEGINNING };
}

/// A secret that goes into every PIN's hash, so that a stolen database alone does not let PINs be guessed. Never shown.
pub struct Pepper(Zeroizing<[u8; 32]>);

impl Pepper {
    /// The pepper of a secret.
    pub fn new(secret: Zeroizing<[u8; 32]>) -> Self {
        Self(secret)
    }

    /// The secret.
    pub fn secret(&self) -> &[u8; 32] {
        &self.0
    }

    /// A name by which hashes made with it are known, which tells nothing of it.
    pub fn id(&self) -> [u8; 6] {
        let Digest(sum) = Digest::of(b"courtesy pepper").after(self.secret());
        let [a, b, c, d, e, f, ..] = sum;
        [a, b, c, d, e, f]
    }
}

impl std::fmt::Debug for Pepper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pepper(***)")
    }
}

/// Counts who writes files, so that each has a temporary name of its own.
static WRITERS: AtomicU64 = AtomicU64::new(0);

/// The file that says that the books are sealed with the pepper, and which form they had.
const SEALED: &str = "sealed";

/// The file that says that nobody is known to have seen the recovery code.
const UNSEEN: &str = "recovery-code-unseen";

/// What is kept outside the database, as it was read at one moment.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// Where it is kept.
    pub outside: Outside,
    /// Where each desk's chain stood; `None` when that is not known.
    pub heads: BTreeMap<DeskNo, Option<Head>>,
}

/// The folder outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside(PathBuf);

impl Outside {
    /// A folder of this name.
    pub fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The folder that belongs to a database file: `books.outside` beside `books.db`.
    pub fn beside(database: &Path) -> Self {
        Self(database.with_extension("outside"))
    }

    /// The folder that belongs to books on a server, by the id of these: in the user's data folder, whatever the server's address.
    pub fn of_server(id: &str) -> Result<Self> {
        let (top_level_domain, author, app_name) = ("org".to_owned(), "courtesy".to_owned(), "courtesy".to_owned());
        let folders = choose_app_strategy(AppStrategyArgs { top_level_domain, author, app_name })
            .map_err(|error| StoreError::Outside { path: "data folder".into(), reason: error.to_string() })?;
        Ok(Self(folders.in_data_dir(format!("{}.outside", Digest::of(id.as_bytes()).short()))))
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The pepper; `None` when there is none.
    pub fn pepper(&self) -> Result<Option<Pepper>> {
        Ok(self.secret("pepper")?.map(Pepper))
    }

    /// The pepper, made now when there is none.
    pub fn make_pepper(&self) -> Result<Pepper> {
        self.make_secret("pepper").map(Pepper)
    }

    /// Puts a pepper back that was kept elsewhere.
    pub fn put_pepper(&self, pepper: &Pepper) -> Result<()> {
        self.write_new("pepper", Zeroizing::new(to_hex(pepper.secret())).as_bytes())
    }

    /// Whether it is remembered that the books are sealed with the pepper.
    pub fn is_sealed(&self) -> Result<bool> {
        self.0.join(SEALED).try_exists().map_err(|error| self.failed(SEALED, &error))
    }

    /// Remembers that they are, in books of this form.
    pub fn note_sealed(&self, form: i64) -> Result<()> {
        self.write_new(SEALED, format!("sealed {form}\n").as_bytes())
    }

    /// The newest form that sealed books are known to have had; `None` when that is not remembered, be it that it cannot be read.
    pub fn form(&self) -> Option<i64> {
        self.read(SEALED).ok()??.trim().strip_prefix("sealed ")?.parse().ok()
    }

    /// Whether a recovery code was made that nobody is known to have seen.
    pub fn is_code_unseen(&self) -> Result<bool> {
        Ok(self.read(UNSEEN)?.is_some())
    }

    /// Remembers that a recovery code is about to be made.
    pub fn note_code_unseen(&self) -> Result<()> {
        self.write_new(UNSEEN, b"unseen\n")
    }

    /// Remembers that it was seen.
    pub fn note_code_seen(&self) -> Result<()> {
        match fs::remove_file(self.0.join(UNSEEN)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed(UNSEEN, &error)),
            _ => Ok(()),
        }
    }

    /// A desk's key of a number; `None` when it is not here.
    pub fn key(&self, desk: DeskNo, no: u32) -> Result<Option<SecretKey>> {
        Ok(self.secret(&key_name(desk, no))?.map(|seed| SecretKey::from_seed(&seed)))
    }

    /// A desk's key of a number, made now when there is none.
    pub fn make_key(&self, desk: DeskNo, no: u32) -> Result<SecretKey> {
        self.make_secret(&key_name(desk, no)).map(|seed| SecretKey::from_seed(&seed))
    }

    /// Where a desk's chain stood when it was last written here; `None` when it never was.
    pub fn head(&self, desk: DeskNo) -> Result<Option<Head>> {
        let Some(text) = self.read(&head_name(desk))? else { return Ok(None) };
        let read = text
            .trim()
            .split_once(' ')
            .and_then(|(sequence, hash)| Some(Head { sequence: sequence.parse().ok()?, hash: hash.parse().ok()? }));
        read.map(Some).ok_or_else(|| self.garbled(&head_name(desk)))
    }

    /// What is remembered of the desks that are kept here, and of the one that asks. It is read before the books are looked at: a
    /// desk that posts in between leaves it behind them, which is lawful, and never ahead.
    pub fn recall(&self, own: DeskNo) -> Result<Remembered> {
        let mut desks = self.desks()?;
        desks.insert(own);
        let mut heads = BTreeMap::new();
        for desk in desks {
            let head = match self.head(desk) {
                Ok(head) => head,
                // As good as none: what stood there is not known any more.
                Err(StoreError::Outside { .. }) => None,
                Err(other) => return Err(other),
            };
            heads.insert(desk, head);
        }
        Ok(Remembered { outside: self.clone(), heads })
    }

    fn desks(&self) -> Result<BTreeSet<DeskNo>> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
            Err(error) => return Err(self.failed(".", &error)),
        };
        let mut desks = BTreeSet::new();
        for entry in entries {
            let name = entry.map_err(|error| self.failed(".", &error))?.file_name();
            let no = name.to_str().and_then(|name| name.strip_prefix("desk-")?.split('.').next()?.parse().ok());
            desks.extend(no.map(DeskNo));
        }
        Ok(desks)
    }

    /// Remembers where a desk's chain stands after the books were restored, whatever was remembered before.
    pub fn replace_head(&self, desk: DeskNo, head: Head) -> Result<()> {
        self.write_new(&head_name(desk), written(head).as_bytes())
    }

    /// Remembers where a desk's chain stands.
    pub fn keep_head(&self, desk: DeskNo, head: Head) -> Result<()> {
        let (name, text) = (head_name(desk), written(head));
        // Written over in place: always the same length, far less than a disk's sector, so that it is never half there.
        match OpenOptions::new().write(true).open(self.0.join(&name)) {
            Ok(mut file) => {
                let length = text.len() as u64;
                let written = file.write_all(text.as_bytes()).and_then(|()| file.metadata());
                // What somebody else made longer would be rubbish for ever.
                let cut = written.and_then(|about| if about.len() == length { Ok(()) } else { file.set_len(length) });
                cut.map_err(|error| self.failed(&name, &error))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.write_new(&name, text.as_bytes()),
            Err(error) => Err(self.failed(&name, &error)),
        }
    }

    /// Members who were erased and of whom nothing is left on this computer, by their random ids.
    pub fn erased(&self) -> Result<BTreeSet<MemberId>> {
        let text = self.read(ERASED)?.unwrap_or_default();
        text.lines().map(|line| line.parse().map_err(|_| self.garbled(ERASED))).collect()
    }

    /// Remembers who was erased, so that an older copy of the books does not bring them back.
    pub fn keep_erased(&self, members: &BTreeSet<MemberId>) -> Result<()> {
        let lines: String = members.iter().map(|member| format!("{member}\n")).collect();
        self.write_new(ERASED, lines.as_bytes())
    }

    fn secret(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>> {
        let Some(text) = self.read(name)?.map(Zeroizing::new) else { return Ok(None) };
        from_hex(text.trim()).map(|bytes| Some(Zeroizing::new(bytes))).ok_or_else(|| self.garbled(name))
    }

    fn make_secret(&self, name: &str) -> Result<Zeroizing<[u8; 32]>> {
        if let Some(known) = self.secret(name)? {
            return Ok(known);
        }
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut_slice())
            .map_err(|error| StoreError::Outside { path: self.0.join(name), reason: error.to_string() })?;
        self.write_new(name, Zeroizing::new(to_hex(bytes.as_slice())).as_bytes())?;
        Ok(bytes)
    }

    fn read(&self, name: &str) -> Result<Option<String>> {
        match fs::read_to_string(self.0.join(name)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed(name, &error)),
        }
    }

    /// Writes a whole file: under another name first, so that no crash leaves half of it.
    fn write_new(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let write = || -> io::Result<()> {
            make_folder(&self.0)?;
            // Desks of one program may write the same file at once.
            let writer = WRITERS.fetch_add(1, Ordering::Relaxed);
            let new = self.0.join(format!("{name}.{}-{writer}.new", std::process::id()));
            let mut file = private_file(&new)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&new, self.0.join(name))?;
            sync_folder(&self.0)
        };
        write().map_err(|error| self.failed(name, &error))
    }

    fn failed(&self, name: &str, error: &io::Error) -> StoreError {
        StoreError::Outside { path: self.0.join(name), reason: error.to_string() }
    }

    fn garbled(&self, name: &str) -> StoreError {
        StoreError::Outside { path: self.0.join(name), reason: "it is not as it was written".to_owned() }
    }
}

/// The file of those who were erased.
const ERASED: &str = "erased";

fn written(head: Head) -> String {
    format!("{:020} {}\n", head.sequence, head.hash)
}

fn key_name(desk: DeskNo, no: u32) -> String {
    format!("desk-{desk}.key-{no}")
}

fn head_name(desk: DeskNo) -> String {
    format!("desk-{desk}.head")
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    File::create(path)
}

/// Makes a rename outlive a power cut, where folders can be synced.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outside(folder: &tempfile::TempDir) -> Outside {
        Outside::beside(&folder.path().join("books.db"))
    }

    #[test]
    fn secrets_are_made_once_and_only_their_owner_reads_them() {
        let folder = tempfile::tempdir().unwrap();
        let outside = outside(&folder);
        assert_eq!(outside.folder(), folder.path().join("books.outside"));
        assert!(outside.pepper().unwrap().is_none() && outside.key(DeskNo(1), 1).unwrap().is_none());
        let (pepper, key) = (outside.make_pepper().unwrap(), outside.make_key(DeskNo(1), 1).unwrap());
        assert_eq!(outside.make_pepper().unwrap().secret(), pepper.secret());
        assert_eq!(outside.key(DeskNo(1), 1).unwrap().unwrap().public(), key.public());
        assert_ne!(outside.make_key(DeskNo(1), 2).unwrap().public(), key.public());
        assert_eq!(format!("{pepper:?}"), "Pepper(***)");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(outside.folder()), 0o700);
            let mut files = 0;
            for entry in fs::read_dir(outside.folder()).unwrap() {
                assert_eq!(mode(&entry.unwrap().path()), 0o600);
                files += 1;
            }
            assert_eq!(files, 3);
        }
    }

    #[test]
    fn a_head_is_remembered_and_rubbish_is_not_taken_for_one() {
        let folder = tempfile::tempdir().unwrap();
        let outside = outside(&folder);
        assert_eq!(outside.head(DeskNo(1)).unwrap(), None);
        for head in [Head::NONE, Head { sequence: 12, hash: Digest::of(b"x") }, Head { sequence: 9, hash: Digest::of(b"y") }] {
            outside.keep_head(DeskNo(1), head).unwrap();
            assert_eq!(outside.head(DeskNo(1)).unwrap(), Some(head));
        }
        assert_eq!(outside.head(DeskNo(2)).unwrap(), None);
        for rubbish in ["", "12", "x y", "12 abc"] {
            fs::write(outside.folder().join("desk-1.head"), rubbish).unwrap();
            assert!(matches!(outside.head(DeskNo(1)), Err(StoreError::Outside { .. })), "{rubbish}");
        }
    }
}
