//! Where a server is, as people write it: `postgres://user@host/database`, several hosts parted by commas.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};

use super::Mode;
use crate::store::StoreError;

/// How long connecting to one host may take.
const CONNECT: Duration = Duration::from_secs(4);

/// How long what was sent may wait for the other machine to say that it came.
const UNHEARD: Duration = Duration::from_secs(15);

/// How long a connection is silent before it is tested, and how far apart the tests are.
const SILENT: Duration = Duration::from_secs(10);
const TEST_EVERY: Duration = Duration::from_secs(5);
const TESTS: u32 = 3;

/// How an address of ours begins, in letters of any size.
const SCHEMES: [&str; 2] = ["postgres", "postgresql"];

/// Names of what other programs take in place of an address, each with `=` and a value.
const WORDS: [&str; 17] = [
    "host",
    "hostaddr",
    "port",
    "user",
    "username",
    "uid",
    "password",
    "pwd",
    "passfile",
    "pghost",
    "pgpassword",
    "dbname",
    "database",
    "server",
    "service",
    "sslmode",
    "options",
];

/// Where a server is and how it is spoken to. Its text never holds the password.
#[derive(Clone)]
pub struct Address {
    config: Config,
    roots: Option<PathBuf>,
    schema: Option<String>,
}

impl Address {
    /// Whether a text is meant as the address of a server.
    pub fn is_one(text: &str) -> bool {
        after_scheme(text).is_some()
    }

    /// Whether a text is more like an address of some server than like the path of a file, so that a password may stand in it.
    pub fn is_alike(text: &str) -> bool {
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        has_scheme(text) || has_person(text) || has_words(text)
    }

    /// What to say of a text that is like an address and is none.
    pub fn not_one() -> StoreError {
        let reason = "it does not begin with postgres://, and a file of such a name is written with ./ before it";
        StoreError::BadAddress(reason.to_owned())
    }

    /// The same server, in a schema of its own.
    pub fn in_schema(&self, schema: &str) -> Self {
        Self { schema: Some(schema.to_owned()), ..self.clone() }
    }

    /// The same server behind another door: a host and a port of this machine.
    pub fn through(&self, port: u16) -> Self {
        let mut config = Config::new();
        config.host("127.0.0.1").port(port).ssl_mode(SslMode::Disable);
        let known = &self.config;
        if let Some(user) = known.get_user() {
            config.user(user);
        }
        if let Some(password) = known.get_password() {
            config.password(password);
        }
        if let Some(name) = known.get_dbname() {
            config.dbname(name);
        }
        if let Some(options) = known.get_options() {
            config.options(options);
        }
        Self { config: with_habits(config), ..self.clone() }
    }

    /// Whether nobody can look into the connection.
    pub fn is_private(&self) -> bool {
        self.config.get_ssl_mode() == SslMode::Require
    }

    /// The first host and its port, where it is one of a network.
    pub fn first_host(&self) -> Option<(String, u16)> {
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        let host = self.config.get_hosts().iter().find_map(|host| match host {
            Host::Tcp(name) => Some(name.clone()),
            #[cfg(unix)]
            Host::Unix(_) => None,
        });
        host.map(|host| (host, port))
    }

    /// How to connect for a purpose: what writes needs a server that takes writes.
    pub(super) fn config(&self, mode: Mode) -> Config {
        let mut config = self.config.clone();
        if mode == Mode::Read {
            config.target_session_attrs(TargetSessionAttrs::Any);
        }
        config
    }

    /// Whether the connection must be private.
    pub(super) fn ssl_mode(&self) -> SslMode {
        self.config.get_ssl_mode()
    }

    /// A file of certificates that vouch for the server, in place of the system's.
    pub(super) fn roots(&self) -> Option<&PathBuf> {
        self.roots.as_ref()
    }

    /// The schema that was asked for.
    pub fn schema(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    /// What to say when the server does not answer.
    pub(super) fn away(&self, reason: impl fmt::Display) -> StoreError {
        StoreError::ServerAway { place: self.to_string(), reason: reason.to_string() }
    }

    /// What to say when the server answers and takes no writes.
    pub(super) fn takes_no_writes(&self) -> StoreError {
        StoreError::TakesNoWrites(self.to_string())
    }

    /// What to say when the server has no room for one more.
    pub(super) fn crowded(&self, reason: impl fmt::Display) -> StoreError {
        StoreError::ServerFull { place: self.to_string(), reason: reason.to_string() }
    }

    /// What to say when the server does not let this program in.
    pub(super) fn refused(&self, reason: impl fmt::Display) -> StoreError {
        StoreError::ServerRefused { place: self.to_string(), reason: reason.to_string() }
    }
}

/// Times after which a silent network counts as gone, where the address names none.
fn with_habits(mut config: Config) -> Config {
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(UNHEARD);
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_idle(SILENT).keepalives_interval(TEST_EVERY).keepalives_retries(TESTS);
    }
    if config.get_application_name().is_none() {
        config.application_name("courtesy");
    }
    config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    config
}

impl FromStr for Address {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let unusable = |reason: String| StoreError::BadAddress(without_secrets(text, reason));
        // The protocol's library takes the scheme in small letters only.
        let rest = after_scheme(text).ok_or_else(Self::not_one)?;
        let (text, roots) = without_roots(&format!("postgres://{rest}"));
        let mut config: Config = text.parse().map_err(|error: tokio_postgres::Error| unusable(full(&error)))?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(unusable("it names no host".to_owned()));
        }
        if config.get_dbname().is_none() {
            return Err(unusable("it names no database".to_owned()));
        }
        if config.get_password().is_none()
            && let Ok(password) = std::env::var("PGPASSWORD")
        {
            config.password(password);
        }
        Ok(Self { config: with_habits(config), roots, schema: None })
    }
}

/// What stands behind the scheme of an address of ours.
fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    SCHEMES.iter().any(|own| scheme.eq_ignore_ascii_case(own)).then_some(rest)
}

/// Whether a text begins with a scheme and `://`, or with one of ours and less than that.
fn has_scheme(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.:_".contains(c);
    if text.split_once("://").is_some_and(|(scheme, _)| scheme.chars().all(is_part)) {
        return true;
    }
    let small = text.to_ascii_lowercase();
    let mut rests = SCHEMES.iter().filter_map(|own| small.strip_prefix(own));
    rests.any(|rest| rest.starts_with(':') || rest.starts_with("//"))
}

/// Whether a text begins with a person's name and a password: `user:password@host`. One letter, a colon and a stroke are a drive.
fn has_person(text: &str) -> bool {
    let rest = text.strip_prefix("//").unwrap_or(text);
    let Some((person, secret)) = rest.split_once(':') else { return false };
    let is_drive = person.len() == 1 && secret.starts_with(['/', '\\']);
    !is_drive && !person.is_empty() && !person.contains(['/', '\\']) && !person.starts_with('.') && secret.contains('@')
}

/// Whether a text has words such as `host=… password=…`, and is no path from the root, from here or from home.
fn has_words(text: &str) -> bool {
    let small = text.to_ascii_lowercase().split_whitespace().collect::<Vec<_>>().join(" ").replace(" =", "=");
    let mut words = small.split([' ', ';', ',', '&', '?']).filter_map(|word| word.split_once('='));
    !text.starts_with(['/', '.', '~', '\\']) && words.any(|(name, _)| WORDS.contains(&name))
}

/// A reason without anything that may be a part of the password, also where the address is so wrong that nobody can say what is.
fn without_secrets(text: &str, reason: String) -> String {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let person = rest.rsplit_once('@').map_or_else(|| rest.split('/').next().unwrap_or(rest), |(person, _)| person);
    let secret = person.split_once(':').map_or("", |(_, secret)| secret);
    let parts = secret.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 2);
    parts.fold(reason, |reason, part| reason.replace(part, "…"))
}

/// Takes `sslrootcert` out of an address, which the protocol's library does not know.
fn without_roots(text: &str) -> (String, Option<PathBuf>) {
    let Some((head, query)) = text.split_once('?') else { return (text.to_owned(), None) };
    let (mut kept, mut roots) = (Vec::new(), None);
    for part in query.split('&') {
        match part.strip_prefix("sslrootcert=") {
            Some(path) => roots = Some(PathBuf::from(path.replace("%2F", "/").replace("%20", " "))),
            None => kept.push(part),
        }
    }
    let text = if kept.is_empty() { head.to_owned() } else { format!("{head}?{}", kept.join("&")) };
    (text, roots)
}

/// An error with what caused it, in one line.
pub(super) fn full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("postgres://")?;
        if let Some(user) = self.config.get_user() {
            write!(f, "{user}@")?;
        }
        let ports = self.config.get_ports();
        for (i, host) in self.config.get_hosts().iter().enumerate() {
            let port = ports.get(i).or(ports.first()).copied().unwrap_or(5432);
            let name = match host {
                Host::Tcp(name) => name.clone(),
                #[cfg(unix)]
                Host::Unix(path) => path.display().to_string(),
            };
            write!(f, "{}{name}:{port}", if i == 0 { "" } else { "," })?;
        }
        write!(f, "/{}", self.config.get_dbname().unwrap_or_default())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_never_tells_its_password() {
        let address: Address =
            "postgres://ann:s3cret@a.shop,b.shop:5433/books?sslmode=require&sslrootcert=%2Fetc%2Fca.pem".parse().unwrap();
        assert_eq!(address.to_string(), "postgres://ann@a.shop:5432,b.shop:5433/books");
        assert!(!format!("{address:?} {:?}", address.away("x")).contains("s3cret"));
        assert_eq!((address.ssl_mode(), address.roots().cloned()), (SslMode::Require, Some(PathBuf::from("/etc/ca.pem"))));
        assert_eq!(address.config(Mode::Write).get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
        assert_eq!(address.config(Mode::Read).get_target_session_attrs(), TargetSessionAttrs::Any);
        assert!(address.config(Mode::Write).get_tcp_user_timeout().is_some());
        assert_eq!(address.first_host(), Some(("a.shop".to_owned(), 5432)));
    }

    #[test]
    fn addresses_that_cannot_be_are_refused() {
        for text in ["postgres://host", "postgres:///books", "postgres://h/b?sslmode=maybe", "postgres://h:x/b"] {
            assert!(matches!(text.parse::<Address>(), Err(StoreError::BadAddress(_))), "{text}");
        }
        for text in
            ["postgres://ann:s3cr3t", "postgres://ann:x/s3cr3t@h:y/b?s3cr3t=1", "postgres://h:1/&?ss:s3cr3t@0,b:1/b?sslmode=x"]
        {
            let said = text.parse::<Address>().map_err(|error| error.to_string());
            assert!(said.as_ref().is_err_and(|said| !said.contains("s3cr3t")), "{text} {said:?}");
        }
        assert!(Address::is_one("postgresql://h/b") && !Address::is_one("/home/ann/postgres.db"));
    }

    #[test]
    fn the_scheme_is_taken_in_any_letters() {
        for text in ["Postgres://ann:s3cret@a.shop/books", "POSTGRESQL://ann@a.shop/books"] {
            let address: Address = text.parse().unwrap();
            assert_eq!((Address::is_one(text), address.to_string().as_str()), (true, "postgres://ann@a.shop:5432/books"));
        }
        let said = "Postgres://ann:s3cr3t@h:x/b".parse::<Address>().map_err(|error| error.to_string());
        assert!(said.as_ref().is_err_and(|said| !said.contains("s3cr3t")), "{said:?}");
    }

    #[test]
    fn what_is_like_an_address_is_told_from_a_path() {
        for text in [
            "mysql://ann:s3cr3t@h/b",
            "jdbc:postgresql://h/b?password=s3cr3t",
            "://ann:s3cr3t@h/b",
            " postgres://ann:s3cr3t@h/b",
            "'postgres://ann:s3cr3t@h/b",
            "postgres:/ann:s3cr3t@h/b",
            "Postgres:ann:s3cr3t@h/b",
            "postgres//ann:s3cr3t@h/b",
            "ann:s3cr3t@h/b",
            "//ann:s3/cr3t@h/b",
            "host=h password=s3cr3t dbname=b",
            "dbname = b  Password = s3cr3t",
            "Server=h;Uid=ann;Pwd=s3cr3t",
            "b password=s3cr3t",
        ] {
            assert!(Address::is_alike(text) && !Address::is_one(text), "{text}");
            assert!(matches!(text.parse::<Address>(), Err(StoreError::BadAddress(said)) if !said.contains("s3cr3t")), "{text}");
        }
        for text in [
            "shop.db",
            "/home/a=b/shop.db",
            "/home/ann/password=x host=y/shop.db",
            "/srv/ann:tills@home/shop.db",
            "./postgres://h/b",
            "../host=h.db",
            "a=b/shop.db",
            "postgres/shop.db",
            "postgres.db",
            "C:\\x",
            "C:\\tills@home\\shop.db",
            "C:/x/shop.db",
            "12:30.db",
        ] {
            assert!(!Address::is_alike(text), "{text}");
        }
    }
}
