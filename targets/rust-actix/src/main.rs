//! Reads the environment, listens, and serves until SIGTERM.

use std::env;
use std::io;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::thread;

use actix_web::rt::System;
use actix_web::rt::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rust-actix: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> io::Result<()> {
    let port: u16 = match env::var("PORT") {
        Ok(text) => text.parse().map_err(|_| {
            io::Error::other(format!("PORT={text:?}: want a number from 0 to 65535"))
        })?,
        Err(_) => 8080,
    };
    // The CPUs of the affinity mask, not those of the machine.
    let workers = thread::available_parallelism()?.get();
    System::new().block_on(listen(port, workers))
}

async fn listen(port: u16, workers: usize) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (addr, server) = rust_actix::bind((Ipv4Addr::UNSPECIFIED, port), workers, async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
    .map_err(|error| io::Error::new(error.kind(), format!("listen on port {port}: {error}")))?;
    eprintln!("rust-actix: listening on {addr}");
    server.await
}
