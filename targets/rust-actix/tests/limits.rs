//! What the server takes, what it refuses, and that slow requests are cheap.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::io::Write;

use support::{Client, Server};

#[test]
fn a_head_of_8_kib_is_accepted() {
    let server = Server::start();
    let mut client = server.connect();
    for _ in 0..2 {
        let fill = "x".repeat(8192);
        client.send(format!(
            "GET /healthz HTTP/1.1\r\nHost: target\r\nX-Fill: {fill}\r\n\r\n"
        ));
        assert_eq!(client.answer().status, 200);
    }
}

#[test]
fn a_head_of_64_kib_is_refused() {
    let server = Server::start();
    // One that does not end is refused where actix-http stops to read it.
    for (bytes, end) in [(64 << 10, "\r\n\r\n"), (256 << 10, "")] {
        let mut client = server.connect();
        let fill = "x".repeat(bytes);
        let head = format!(
            "GET /healthz HTTP/1.1\r\nHost: target\r\nConnection: close\r\nX-Fill: {fill}{end}"
        );
        // The server may close before all is written.
        let _ = client.0.get_mut().write_all(head.as_bytes());
        let got = client.refused();
        assert!(got.is_empty() || got.starts_with("HTTP/1.1 431 "), "{got}");
    }
}

#[test]
fn what_is_not_http_is_refused() {
    let server = Server::start();
    for text in [
        "\0\x01\x02\x03\r\n\r\n",
        "hello\r\n\r\n",
        "GET /healthz\r\n\r\n",
        "GET /healthz FTP/1.1\r\nHost: target\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nno colon\r\n\r\n",
        "POST /orders HTTP/1.1\r\nHost: target\r\nContent-Length: -1\r\n\r\n",
    ] {
        let mut client = server.connect();
        client.send(text);
        let got = client.refused();
        assert!(
            got.is_empty() || got.starts_with("HTTP/1.1 400 "),
            "{text:?}: {got}"
        );
    }
}

#[test]
fn invalid_utf8_is_refused() {
    let server = Server::start();
    let mut client = server.connect();
    let customers: [&[u8]; 6] = [
        b"\xff",
        b"\xc3",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"a\x80b",
    ];
    for customer in customers {
        let body = [
            br#"{"customer":""#,
            customer,
            br#"","items":[{"id":1,"quantity":1}]}"#,
        ]
        .concat();
        client.send(format!(
            "POST /orders HTTP/1.1\r\nHost: target\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        ));
        client.send(body);
        assert_eq!(client.answer().status, 400, "{customer:?}");
    }
}

#[test]
fn hold_holds_no_thread() {
    let server = Server::start();
    let holding = 300;
    let mut clients: Vec<Client> = (0..holding).map(|_| server.connect()).collect();
    for client in &mut clients {
        client.send("GET /hold?ms=100 HTTP/1.1\r\nHost: target\r\n\r\n");
    }
    let mut most = 0;
    for client in &mut clients {
        assert_eq!(client.answer().body, r#"{"held_ms":100}"#);
        most = most.max(threads());
    }
    // Other tests of this process add some threads, but not half as many.
    assert!(most < holding / 2, "{most} threads");
}

/// The threads of this process; 0 where there is no Linux /proc.
fn threads() -> usize {
    fs::read_dir("/proc/self/task").map_or(0, |tasks| tasks.count())
}

#[test]
fn more_chains_than_places_all_finish() {
    let server = Server::start();
    let mut clients: Vec<Client> = (0..40).map(|_| server.connect()).collect();
    for client in &mut clients {
        client.send("GET /hash?rounds=2000 HTTP/1.1\r\nHost: target\r\n\r\n");
    }
    // A client that leaves must not keep its place.
    clients.remove(0);
    for client in &mut clients {
        let answer = client.answer();
        assert!(
            answer.body.starts_with(r#"{"rounds":2000,"digest":""#),
            "{}",
            answer.body
        );
    }
}
