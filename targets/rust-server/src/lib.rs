//! A target of assay: an HTTP/1.1 server on axum that answers as `targets/CONTRACT.md` says.
//!
//! [`run`] serves a listener until it is told to stop. `serve` accepts connections, counts
//! them and drains them; `handlers` has a file for each path; `problem` turns every error
//! into its answer. `query` reads integer parameters, `order` reads orders, `item`
//! computes items, `database` has them in PostgreSQL.
//!
//! Checking that the answers are right under load is the harness's work, not the server's.

mod database;
mod handlers;
mod item;
mod order;
mod problem;
mod query;
mod serve;

use std::io;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use database::Manner::{Equalised, Stock};
use database::asynchronous::Asynchronous;
use database::blocking::Blocking;
use serve::{DRAIN, Gauge};

pub use database::Settings;

/// What requests share.
struct State {
    /// Accepted connections that are not yet closed.
    open: Gauge,
    /// Threads that run requests.
    workers: usize,
    /// A place for each long hash chain that may run at a time.
    hashing: Semaphore,
    stores: Stores,
}

/// The ways to the database, each with a pool of its own; `None` where there is none.
#[derive(Default)]
struct Stores {
    asynchronous: Option<Asynchronous>,
    blocking: Option<Blocking>,
    stock: Option<Asynchronous>,
    stock_blocking: Option<Blocking>,
}

impl Stores {
    fn new(database: Option<&Settings>) -> io::Result<Self> {
        let Some(settings) = database else {
            return Ok(Self::default());
        };
        let asynchronous = |manner| Asynchronous::new(settings, manner).map_err(io::Error::other);
        Ok(Self {
            asynchronous: Some(asynchronous(Equalised)?),
            blocking: Some(Blocking::new(settings, Equalised)),
            stock: Some(asynchronous(Stock)?),
            stock_blocking: Some(Blocking::new(settings, Stock)),
        })
    }
}

impl State {
    fn new(database: Option<&Settings>) -> io::Result<Arc<Self>> {
        let workers = Handle::current().metrics().num_workers();
        Ok(Arc::new(Self {
            open: Gauge::default(),
            workers,
            hashing: Semaphore::new(workers),
            stores: Stores::new(database)?,
        }))
    }
}

/// Serves `listener` until `shutdown` completes. Then it stops accepting and finishes the
/// requests in flight. What has not finished 8 s later is left to the runtime, which cuts
/// it off when it is dropped. `database` says where the items of `/db` are; without it
/// those paths answer 503. Nothing connects to it before a request needs it. An error
/// means that no pool could be made for it.
pub async fn run(
    listener: TcpListener,
    database: Option<Settings>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let state = State::new(database.as_ref())?;
    let app = handlers::routes(state.clone());
    serve::serve(listener, app, &state.open, DRAIN, shutdown).await;
    Ok(())
}
