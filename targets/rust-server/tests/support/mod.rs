//! A server on a free port and a client that sends bytes as they are.

#![allow(dead_code)] // each test file uses its own part
#![allow(clippy::unwrap_used)]

pub mod postgres;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rust_server::Settings;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Bounds every wait of a test, so that a fault ends it. No test passes by it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Worker threads of the server under test.
pub const WORKERS: usize = 2;

/// A running server; dropping it drains it.
pub struct Server {
    pub addr: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// A server without a database.
    pub fn start() -> Self {
        Self::start_with(None)
    }

    pub fn start_with(database: Option<Settings>) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (bound, addr) = mpsc::channel();
        let thread = thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_multi_thread();
            let runtime = runtime.worker_threads(WORKERS).enable_all().build();
            runtime.unwrap().block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                bound.send(listener.local_addr().unwrap()).unwrap();
                rust_server::run(listener, database, async move {
                    let _ = stopped.await;
                })
                .await
                .unwrap();
            });
        });
        Self {
            addr: addr.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub fn connect(&self) -> Client {
        let stream = TcpStream::connect(self.addr).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Client(BufReader::new(stream))
    }

    /// Tells the server to stop, without waiting.
    pub fn begin_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Stops the server and waits for its end.
    pub fn stop(&mut self) {
        self.begin_stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// One connection.
pub struct Client(pub BufReader<TcpStream>);

pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Client {
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.get_mut().write_all(bytes.as_ref()).unwrap();
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.strip_suffix("\r\n").unwrap().to_owned()
    }

    /// Reads a status line and headers.
    pub fn head(&mut self) -> Answer {
        let line = self.line();
        let code = line.strip_prefix("HTTP/1.1 ").unwrap();
        let status = code[..3].parse().unwrap();
        let mut headers = BTreeMap::new();
        loop {
            let line = self.line();
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").unwrap();
            let twice = headers.insert(name.to_ascii_lowercase(), value.to_owned());
            assert!(twice.is_none(), "{name} is there twice");
        }
        Answer {
            status,
            headers,
            body: String::new(),
        }
    }

    pub fn answer(&mut self) -> Answer {
        let mut answer = self.head();
        let length = answer.headers["content-length"].parse().unwrap();
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        answer.body = String::from_utf8(body).unwrap();
        answer
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: target\r\n\r\n"));
        self.answer()
    }

    /// The status line of what comes before the server closes; empty if it was reset.
    pub fn refused(&mut self) -> String {
        let mut text = Vec::new();
        let end = self.0.read_to_end(&mut text);
        let waited = matches!(&end, Err(error) if error.kind() == ErrorKind::WouldBlock);
        assert!(!waited, "still open after {PATIENCE:?}");
        assert!(
            end.is_ok() || text.is_empty() || text.starts_with(b"HTTP/1.1 "),
            "{end:?}"
        );
        let text = String::from_utf8(text).unwrap();
        text.lines().next().unwrap_or_default().to_owned()
    }
}

/// A golden request and its answer (../contract/*.json).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    pub name: String,
    pub method: String,
    pub path: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub body_repeat: usize,
    pub want: Want,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Want {
    pub status: u16,
    pub content_type: String,
    pub body: String,
    pub allow: Option<String>,
    #[serde(default)]
    pub keys: Vec<String>,
}

impl Exchange {
    /// The request as it is sent.
    pub fn text(&self) -> String {
        let body = self.body.repeat(self.body_repeat.max(1));
        let mut text = format!("{} {} HTTP/1.1\r\nHost: target\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            text += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() || self.method == "POST" {
            text += &format!("Content-Length: {}\r\n", body.len());
        }
        text + "\r\n" + &body
    }

    pub fn check(&self, mut got: Answer) {
        let Self { name, want, .. } = self;
        assert_eq!(got.status, want.status, "{name}");
        if want.keys.is_empty() {
            assert_eq!(got.body, want.body, "{name}");
        } else {
            assert_eq!(keys(&got.body), want.keys, "{name}");
        }
        assert!(got.headers.remove("date").is_some(), "{name}: no Date");
        let mut headers = BTreeMap::from([
            ("content-type".to_owned(), want.content_type.clone()),
            ("content-length".to_owned(), got.body.len().to_string()),
        ]);
        if let Some(allow) = &want.allow {
            headers.insert("allow".to_owned(), allow.clone());
        }
        assert_eq!(got.headers, headers, "{name}");
    }
}

/// The keys of a flat JSON object whose values hold no comma, in their order.
fn keys(object: &str) -> Vec<String> {
    let inner = object.strip_prefix('{').and_then(|o| o.strip_suffix('}'));
    let members = inner.unwrap().split(',');
    let key = |member: &str| {
        let (key, value) = member.split_once(':').unwrap();
        assert!(value == "null" || value.parse::<u64>().is_ok(), "{object}");
        key.trim_matches('"').to_owned()
    };
    members.map(key).collect()
}

/// The exchanges of each golden file.
pub fn golden() -> BTreeMap<String, Vec<Exchange>> {
    golden_of("../contract")
}

/// The exchanges of each golden file of a folder. Those of ../contract/database hold
/// against the table that `Postgres` makes.
pub fn golden_of(folder: &str) -> BTreeMap<String, Vec<Exchange>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            let exchanges: Vec<Exchange> =
                serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            assert!(!exchanges.is_empty(), "{path:?}");
            let name = path.file_stem().unwrap().to_str().unwrap();
            all.insert(name.to_owned(), exchanges);
        }
    }
    assert!(!all.is_empty(), "no golden files");
    all
}
