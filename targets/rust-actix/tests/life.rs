//! Connections: counted while they are open, drained at the end.

#![allow(clippy::unwrap_used)]

mod support;

use std::io::{ErrorKind, Read};
use std::net::{SocketAddr, TcpStream};
use std::thread::sleep;
use std::time::{Duration, Instant};

use support::{Client, PATIENCE, Server, WORKERS};

fn stat(client: &mut Client, key: &str) -> u64 {
    let body = client.get("/stats").body;
    let stats: serde_json::Value = serde_json::from_str(&body).unwrap();
    stats[key].as_u64().unwrap()
}

fn await_open(asking: &mut Client, want: u64) {
    let end = Instant::now() + PATIENCE;
    loop {
        let got = stat(asking, "open_connections");
        if got == want {
            return;
        }
        assert!(Instant::now() < end, "open_connections {got}, want {want}");
        sleep(Duration::from_millis(1));
    }
}

/// Waits until nobody listens any more. The listener is closed by a thread of its own,
/// which may come after the workers that close idle connections.
fn await_refusal(addr: SocketAddr) {
    let end = Instant::now() + PATIENCE;
    while let Ok(accepted) = TcpStream::connect(addr) {
        drop(accepted);
        assert!(Instant::now() < end, "still listens after {PATIENCE:?}");
        sleep(Duration::from_millis(1));
    }
    let refused = TcpStream::connect(addr).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn the_gauge_counts_open_connections() {
    let server = Server::start();
    let mut asking = server.connect();
    await_open(&mut asking, 1);
    // A silent one never sends a request.
    let mut silent: Vec<Client> = (0..20).map(|_| server.connect()).collect();
    let mut used: Vec<Client> = (0..20).map(|_| server.connect()).collect();
    for client in &mut used {
        client.get("/healthz");
    }
    await_open(&mut asking, 41);
    silent.truncate(10);
    used.truncate(15);
    await_open(&mut asking, 26);
    used[0].send("GET /healthz HTTP/1.1\r\nHost: target\r\nConnection: close\r\n\r\n");
    used[0].answer();
    await_open(&mut asking, 25);
}

#[test]
fn worker_threads_and_memory_are_told() {
    let server = Server::start();
    let mut client = server.connect();
    assert_eq!(stat(&mut client, "worker_threads"), WORKERS as u64);
    if cfg!(target_os = "linux") {
        assert!(stat(&mut client, "resident_bytes") > 1 << 20);
    }
}

#[test]
fn a_drain_finishes_requests_in_flight() {
    let mut server = Server::start();
    let (mut idle, mut silent, mut busy) = (server.connect(), server.connect(), server.connect());
    idle.get("/healthz");
    await_open(&mut idle, 3);
    let body = r#"{"customer":"c-17","items":[{"id":3,"quantity":2}]}"#;
    busy.send(format!(
        "POST /orders HTTP/1.1\r\nHost: target\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    ));
    // The interim answer shows that the handler waits for the body.
    assert_eq!(busy.head().status, 100);

    server.begin_stop();
    assert_eq!(idle.0.read(&mut [0]).unwrap(), 0);
    assert_eq!(silent.0.read(&mut [0]).unwrap(), 0);
    await_refusal(server.addr);
    busy.send(body);
    assert_eq!(busy.answer().status, 201);
    server.stop();
}
