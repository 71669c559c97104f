//! A target of assay: an HTTP/1.1 server on actix-web that answers as `targets/CONTRACT.md` says.
//!
//! [`bind`] listens and returns the server. `gauge` counts connections, `head` limits the
//! heads of requests, `body` reads their bodies; `handlers` has a file for each path;
//! `problem` turns every error into its answer.
//!
//! `query` reads integer parameters, `order` reads orders, `item` computes items. Those
//! three are as in `rust-server`, since it is the stack below them that differs.
//!
//! Checking that the answers are right under load is the harness's work, not the server's.

mod body;
mod gauge;
mod handlers;
mod head;
mod item;
mod order;
mod problem;
mod query;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use tokio::sync::Semaphore;

use gauge::Gauge;

/// Bounds the wait for the head of a request, the first of a connection as well as the
/// next. The contract asks for 120 s or more; actix-web would wait for 5.
const IDLE: Duration = Duration::from_secs(150);

/// Leaves two of the contract's 10 s for leaving, on a busy machine too.
const DRAIN_SECONDS: u64 = 8;

/// What requests share.
struct State {
    /// Accepted connections that are not yet closed.
    open: Gauge,
    /// Threads that run requests.
    workers: usize,
    /// A place for each long hash chain that may run at a time.
    hashing: Semaphore,
}

/// Listens at `addr` and returns its address and a server of so many worker threads, which
/// runs when it is awaited. When `shutdown` completes it stops accepting and finishes the
/// requests in flight. What has not finished 8 s later is cut off.
pub fn bind(
    addr: (Ipv4Addr, u16),
    workers: usize,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<(SocketAddr, Server)> {
    let open = Gauge::default();
    let state = Data::new(State {
        open: open.clone(),
        workers,
        hashing: Semaphore::new(workers),
    });
    let app = move || {
        App::new()
            .app_data(state.clone())
            .configure(handlers::routes)
            .wrap(from_fn(head::limit))
    };
    let server = HttpServer::new(app)
        .workers(workers)
        .keep_alive(IDLE)
        .client_request_timeout(IDLE)
        .tcp_nodelay(true)
        .on_connect(move |_, connection| {
            connection.insert(open.enter());
        })
        .shutdown_signal(shutdown)
        .shutdown_timeout(DRAIN_SECONDS)
        .bind(addr)?;
    let bound = server.addrs().first().copied();
    let bound = bound.ok_or_else(|| io::Error::other("no address was bound"))?;
    Ok((bound, server.run()))
}
