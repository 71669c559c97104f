//! The program: what it makes of its environment, and how it ends.

#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

fn program(port: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rust-actix"));
    command.env_clear().env("PORT", port).stderr(Stdio::piped());
    command
}

#[test]
fn it_listens_and_ends_by_sigterm() {
    let mut child = program("0").spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    log.read_line(&mut line).unwrap();
    let port = line.strip_prefix("rust-actix: listening on 0.0.0.0:");
    let port = port.unwrap().trim_end();

    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    let request = "GET /healthz HTTP/1.1\r\nHost: target\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("\r\n\r\nok\n"), "{answer}");
    assert!(TcpStream::connect(format!("[::1]:{port}")).is_err());

    let pid = child.id().to_string();
    let kill = Command::new("kill").args(["-TERM", &pid]).status();
    assert!(kill.unwrap().success());
    let mut rest = String::new();
    log.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn it_says_what_is_wrong_with_port() {
    let output = program("many").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let want = "rust-actix: PORT=\"many\": want a number from 0 to 65535\n";
    assert_eq!(stderr, want);
}
