//! A target of assay: an HTTP/1.1 server on axum that answers as `targets/CONTRACT.md` says.
//!
//! [`run`] serves a listener until it is told to stop. `serve` accepts connections, counts
//! them and drains them; `handlers` has a file for each path; `problem` turns every error
//! into its answer. `query` reads integer parameters, `order` reads orders, `item`
//! computes items.
//!
//! Checking that the answers are right under load is the harness's work, not the server's.

mod handlers;
mod item;
mod order;
mod problem;
mod query;
mod serve;

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use serve::{DRAIN, Gauge};

/// What requests share.
struct State {
    /// Accepted connections that are not yet closed.
    open: Gauge,
    /// Threads that run requests.
    workers: usize,
    /// A place for each long hash chain that may run at a time.
    hashing: Semaphore,
}

impl State {
    fn new() -> Arc<Self> {
        let workers = Handle::current().metrics().num_workers();
        Arc::new(Self {
            open: Gauge::default(),
            workers,
            hashing: Semaphore::new(workers),
        })
    }
}

/// Serves `listener` until `shutdown` completes. Then it stops accepting and finishes the
/// requests in flight. What has not finished 8 s later is left to the runtime, which cuts
/// it off when it is dropped.
pub async fn run(listener: TcpListener, shutdown: impl Future<Output = ()>) {
    let state = State::new();
    let app = handlers::routes(state.clone());
    serve::serve(listener, app, &state.open, DRAIN, shutdown).await;
}
