//! The desk on a thread of its own, so that a frame of the window never waits for the disk.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use futures_channel::{mpsc as mpsc_stream, oneshot};

use super::{Desk, DeskError, Reach, Reaching};

/// What the worker brings back; errors are shared because a window's messages are copied.
pub type Answer<T> = Result<T, Arc<DeskError>>;

/// How often is looked whether the books can be reached.
const GLANCE: Duration = Duration::from_millis(250);

type Work = Box<dyn FnOnce(&mut Desk) + Send>;

/// The way to a desk that lives on its own thread. Work is done in the order in which it was asked for.
#[derive(Debug, Clone)]
pub struct Worker {
    work: mpsc::Sender<Work>,
    reaching: Reaching,
}

impl Worker {
    /// Moves a desk to a thread of its own. The thread ends with the last way to it.
    pub fn start(desk: Desk) -> Result<Self, std::io::Error> {
        let (work, queue) = mpsc::channel();
        let reaching = desk.reaching();
        spawn(move || serve(desk, &queue))?;
        Ok(Self { work, reaching })
    }

    /// Whether the books can be reached; answered at once, also while the desk waits for its server.
    pub fn reach(&self) -> Reach {
        self.reaching.now()
    }

    /// A message each time that the books come or go, for as long as somebody listens.
    pub fn watch(&self) -> mpsc_stream::UnboundedReceiver<Reach> {
        let (tell, heard) = mpsc_stream::unbounded();
        let reaching = self.reaching.clone();
        let watch = move || {
            let mut known = Reach::Connected;
            while !tell.is_closed() {
                thread::sleep(GLANCE);
                let now = reaching.now();
                if now != known && tell.unbounded_send(now).is_ok() {
                    known = now;
                }
            }
        };
        // Without the thread nothing is told, and the desk's answers still say what is wrong.
        let _started = spawn(watch);
        heard
    }

    /// Opens a desk on the thread on which it stays, and brings what else came of opening it.
    pub async fn open<T, O>(open: O) -> Answer<(Self, T)>
    where
        T: Send + 'static,
        O: FnOnce() -> Result<(Desk, T), DeskError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let started = spawn(move || match open() {
            Ok((desk, with)) => {
                let (work, queue) = mpsc::channel();
                let reaching = desk.reaching();
                if reply.send(Ok((Self { work, reaching }, with))).is_ok() {
                    serve(desk, &queue);
                }
            }
            Err(error) => {
                // Whoever asked may have closed the window.
                let _unwanted = reply.send(Err(error));
            }
        });
        if started.is_err() {
            return Err(Arc::new(DeskError::Gone));
        }
        answer.await.unwrap_or(Err(DeskError::Gone)).map_err(Arc::new)
    }

    /// Asks the desk for something; the answer comes when it is done.
    pub fn ask<T, W>(&self, work: W) -> impl Future<Output = Answer<T>> + Send + use<T, W>
    where
        T: Send + 'static,
        W: FnOnce(&mut Desk) -> Result<T, DeskError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let sent = self.work.send(Box::new(move |desk| {
            // Whoever asked may have gone to another screen; the answer is then not wanted any more.
            let _unwanted = reply.send(work(desk));
        }));
        async move {
            if sent.is_err() {
                return Err(Arc::new(DeskError::Gone));
            }
            answer.await.unwrap_or(Err(DeskError::Gone)).map_err(Arc::new)
        }
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) -> Result<(), std::io::Error> {
    thread::Builder::new().name("desk".to_owned()).spawn(work).map(|_| ())
}

fn serve(mut desk: Desk, queue: &mpsc::Receiver<Work>) {
    while let Ok(next) = queue.recv() {
        next(&mut desk);
    }
}
