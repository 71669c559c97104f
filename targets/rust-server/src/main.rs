//! Reads the environment, listens, and serves until SIGTERM.

use std::env;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::thread;

use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{SignalKind, signal};

/// How many connections may wait to be accepted. `TcpListener::bind` asks for 128, which a
/// few hundred clients at once overflow; each one turned away tries again a second later.
const BACKLOG: u32 = 1024;

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
    tokio::runtime::Builder::new_multi_thread()
        // The CPUs of the affinity mask, not those of the machine.
        .worker_threads(thread::available_parallelism()?.get())
        .enable_all()
        .build()?
        .block_on(listen(port))
}

async fn listen(port: u16) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let listener = bind(port)
        .map_err(|error| io::Error::new(error.kind(), format!("listen on port {port}: {error}")))?;
    eprintln!("rust-server: listening on {}", listener.local_addr()?);
    rust_server::run(listener, async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
    .await;
    Ok(())
}

/// As `TcpListener::bind`, but for the backlog.
fn bind(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)))?;
    socket.listen(BACKLOG)
}
