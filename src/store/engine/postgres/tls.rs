//! Connecting, privately where the address asks for it: the server then shows a certificate for its host's name that the
//! system trusts, or one of a file that the address names.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::address::{Address, full};
use super::failure::on_connect;
use super::wire::Wire;
use crate::store::Result;
use crate::store::engine::Reaching;

/// How the protocol's library begins what it says of a private connection that could not be made.
const HANDSHAKE: &str = "error performing TLS handshake";

/// Connects. Where privacy is only preferred, a certificate that nobody vouches for leads to an open connection.
pub fn connect(config: &Config, address: &Address, reaching: &Reaching) -> Result<Wire> {
    let told = |error: tokio_postgres::Error| match error.as_db_error() {
        None if error.to_string().starts_with(HANDSHAKE) => address.refused(full(&error)),
        _ => on_connect(address, &error),
    };
    let open = |config: &Config| Wire::open(config, NoTls, reaching).map_err(|error| address.away(error));
    if address.ssl_mode() == SslMode::Disable {
        return open(config)?.map_err(told);
    }
    match Wire::open(config, private(address)?, reaching).map_err(|error| address.away(error))? {
        Err(error) if address.ssl_mode() == SslMode::Prefer && error.to_string().starts_with(HANDSHAKE) => {
            open(config.clone().ssl_mode(SslMode::Disable))?.map_err(told)
        }
        other => other.map_err(told),
    }
}

/// The certificates that the system trusts, read once.
static SYSTEM: OnceLock<RootCertStore> = OnceLock::new();

/// Files of the system that cannot be read vouch for nobody; a server is refused then, and that is said.
fn of_system() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots
}

fn private(address: &Address) -> Result<MakeRustlsConnect> {
    let mut roots = RootCertStore::empty();
    match address.roots() {
        Some(path) => {
            for certificate in certificates(path).map_err(|error| address.refused(error))? {
                roots.add(certificate).map_err(|error| address.refused(full(&error)))?;
            }
        }
        None => roots = SYSTEM.get_or_init(of_system).clone(),
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| address.refused(full(&error)))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn certificates(path: &Path) -> std::result::Result<Vec<CertificateDer<'static>>, String> {
    let unusable = |error: rustls::pki_types::pem::Error| format!("{} holds no certificates ({error})", path.display());
    let found = CertificateDer::pem_file_iter(path).map_err(unusable)?.collect::<std::result::Result<Vec<_>, _>>();
    found.map_err(unusable)
}
