//! Where a server is, as people write it: `postgres://user@host/database`, several hosts parted by commas.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use postgres::Config;
use postgres::config::{Host, SslMode, TargetSessionAttrs};

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
        text.starts_with("postgres://") || text.starts_with("postgresql://")
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
        let (text, roots) = without_roots(text);
        let mut config: Config = text.parse().map_err(|error: postgres::Error| unusable(full(&error)))?;
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
}
