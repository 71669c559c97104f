//! The golden requests, sent in several ways.

#![allow(clippy::unwrap_used)]

mod support;

use support::{Server, golden};

#[test]
fn one_after_another() {
    let server = Server::start();
    for exchanges in golden().values() {
        // One connection for all: none of these answers may close it.
        let mut client = server.connect();
        for exchange in exchanges {
            client.send(exchange.text());
            exchange.check(client.answer());
        }
    }
}

#[test]
fn pipelined() {
    let server = Server::start();
    let mut client = server.connect();
    let golden = golden();
    let exchanges = &golden["item"];
    client.send(exchanges.iter().map(|e| e.text()).collect::<String>());
    for exchange in exchanges {
        exchange.check(client.answer());
    }
}

#[test]
fn byte_by_byte() {
    let server = Server::start();
    for exchange in &golden()["orders"] {
        let mut client = server.connect();
        for byte in exchange.text().bytes() {
            client.send([byte]);
        }
        exchange.check(client.answer());
    }
}

#[test]
fn head_answers_as_get_without_the_body() {
    let server = Server::start();
    let mut client = server.connect();
    for path in [
        "/healthz",
        "/item?id=42",
        "/item?id=x",
        "/hold?ms=0",
        "/hash?rounds=2",
        "/nope",
    ] {
        let mut get = client.get(path);
        client.send(format!("HEAD {path} HTTP/1.1\r\nHost: target\r\n\r\n"));
        let mut head = client.head();
        assert!(get.headers.remove("date").is_some());
        assert!(head.headers.remove("date").is_some());
        assert_eq!((head.status, head.headers), (get.status, get.headers));
    }
}
