//! Reads the environment, listens, and serves until SIGTERM.

use std::env;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use rust_server::Settings;
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{SignalKind, signal};

/// How many connections may wait to be accepted. `TcpListener::bind` asks for 128, which a
/// few hundred clients at once overflow; each one turned away tries again a second later.
const BACKLOG: u32 = 1024;

/// Bounds the wait for threads that are still busy after the drain.
const END: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rust-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> io::Result<()> {
    let port = match env::var("PORT") {
        Ok(text) => text.parse().map_err(|_| {
            io::Error::other(format!("PORT={text:?}: want a number from 0 to 65535"))
        })?,
        Err(_) => 8080,
    };
    let (url, pool_size) = (env::var("DATABASE_URL"), env::var("POOL_SIZE"));
    let database =
        Settings::read(url.ok().as_deref(), pool_size.ok().as_deref()).map_err(io::Error::other)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        // The CPUs of the affinity mask, not those of the machine.
        .worker_threads(thread::available_parallelism()?.get())
        .enable_all()
        .build()?;
    let ended = runtime.block_on(listen(port, database));
    // A thread that waits for a database which does not answer would never be done.
    runtime.shutdown_timeout(END);
    ended
}

async fn listen(port: u16, database: Option<Settings>) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let listener = bind(port)
        .map_err(|error| io::Error::new(error.kind(), format!("listen on port {port}: {error}")))?;
    eprintln!("rust-server: listening on {}", listener.local_addr()?);
    rust_server::run(listener, database, async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
    .await
}

/// As `TcpListener::bind`, but for the backlog.
fn bind(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)))?;
    socket.listen(BACKLOG)
}
