//! A connection that is waited for: everything that is asked in one go is sent before the first answer is waited for.

use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll};

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::error::Severity;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{AsyncMessage, Client, Config, Error, Socket};

use crate::store::engine::Reaching;

/// Carries what is asked and answered while it is polled; tells what comes besides answers, and `None` when the connection ended.
type Carrier = Box<dyn FnMut(&mut Context<'_>) -> Poll<Option<Result<AsyncMessage, Error>>> + Send>;

/// A connection to a server.
pub struct Wire {
    runtime: Runtime,
    client: Client,
    /// `None` once the connection broke.
    carrier: Option<Carrier>,
    warnings: Vec<String>,
    /// For whoever watches how long an answer takes.
    reaching: Reaching,
}

impl Wire {
    /// Connects.
    ///
    /// # Errors
    /// The system's error where it gives no thread its way of waiting, in the outer result; the server's in the inner one.
    pub fn open<T>(config: &Config, tls: T, reaching: &Reaching) -> std::io::Result<Result<Self, Error>>
    where
        T: MakeTlsConnect<Socket>,
        T::Stream: Send + 'static,
    {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(runtime.block_on(config.connect(tls)).map(|(client, mut connection)| {
            let carrier: Carrier = Box::new(move |cx| connection.poll_message(cx));
            Self { runtime, client, carrier: Some(carrier), warnings: Vec::new(), reaching: reaching.clone() }
        }))
    }

    /// Whether the connection is known to be gone.
    pub fn is_gone(&self) -> bool {
        self.client.is_closed()
    }

    /// Does what is asked of the server, and waits until it is answered.
    pub fn wait<T>(&mut self, ask: impl AsyncFnOnce(&Client) -> T) -> T {
        let Self { runtime, client, carrier, warnings, reaching } = self;
        let mut asked = pin!(ask(client));
        reaching.asked();
        let answer = runtime.block_on(poll_fn(|cx| {
            // Whoever is told of the first of several answers lets the server say the others before they are read.
            std::thread::yield_now();
            carry(carrier, warnings, cx);
            asked.as_mut().poll(cx)
        }));
        reaching.answered();
        answer
    }

    /// Tells the server statements that take no values and have no answer.
    pub fn order(&mut self, sql: &str) -> Result<(), Error> {
        self.wait(async |client| client.batch_execute(sql).await)
    }

    /// As [`Wire::order`]; answers with the server's warning, if it has one about this.
    pub fn order_heeding(&mut self, sql: &str) -> Result<Option<String>, Error> {
        self.warnings.clear();
        self.order(sql).map(|()| self.warnings.first().cloned())
    }
}

/// Sends and receives what there is. A connection that broke answers everything that still waits with an error.
fn carry(carrier: &mut Option<Carrier>, warnings: &mut Vec<String>, cx: &mut Context<'_>) {
    while let Some(open) = carrier {
        match open(cx) {
            Poll::Pending => return,
            Poll::Ready(Some(Ok(AsyncMessage::Notice(notice)))) => {
                if notice.parsed_severity() == Some(Severity::Warning) || notice.severity() == "WARNING" {
                    warnings.push(notice.message().to_owned());
                }
            }
            Poll::Ready(Some(Ok(_))) => {}
            Poll::Ready(Some(Err(_)) | None) => *carrier = None,
        }
    }
}
