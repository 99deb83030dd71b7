//! Where the books are: in a file of this machine, or on a server.

use std::fmt;
use std::path::{Path, PathBuf};

use super::Result;
use super::engine::Address;

/// Where the books are.
#[derive(Debug, Clone)]
pub enum Place {
    /// In a file of this machine.
    File(PathBuf),
    /// On a server.
    Server(Address),
}

impl Place {
    /// A place as people write it: a path, or an address that begins with `postgres://`, in letters of any size.
    ///
    /// # Errors
    /// When it begins so and is no address, or is like some other address: it may hold a password, and is never taken for a path.
    pub fn of(path: &Path) -> Result<Self> {
        match path.to_str() {
            Some(text) if Address::is_one(text) => text.parse().map(Self::Server),
            _ if Address::is_alike(&path.to_string_lossy()) => Err(Address::not_one()),
            _ => Ok(Self::File(path.to_owned())),
        }
    }
}

/// Without the password of a server.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Server(address) => write!(f, "{address}"),
        }
    }
}
