//! A PostgreSQL of one test, with the table that the contract describes.

use std::io::{self, Write};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use postgres::{Client, NoTls};
use serde::Deserialize;

use super::{PATIENCE, Server};

/// Whom PostgreSQL runs as if this is root, whom it refuses.
const NOBODY: u32 = 65534;

static STARTED: AtomicU32 = AtomicU32::new(0);

pub struct Postgres {
    bin: PathBuf,
    dir: PathBuf,
    port: u16,
    child: Option<Child>,
}

impl Postgres {
    /// Runs PostgreSQL from the binaries of this host. Where there are none it says so and
    /// returns `None`, or fails if ASSAY_REQUIRE_POSTGRES is set.
    pub fn start() -> Option<Self> {
        let Some(bin) = binaries() else {
            let required = env::var_os("ASSAY_REQUIRE_POSTGRES").is_some();
            assert!(
                !required,
                "ASSAY_REQUIRE_POSTGRES is set, but there is no initdb"
            );
            // Straight to stderr, since a test that passes does not show what it prints.
            let line = "skipped: no initdb of PostgreSQL in PATH or /usr/lib/postgresql\n";
            io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        };
        let count = STARTED.fetch_add(1, Ordering::Relaxed);
        let dir = env::temp_dir().join(format!("rust-server-postgres-{}-{count}", process::id()));
        fs::create_dir(&dir).unwrap();
        if is_root() {
            chown(&dir, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut postgres = Self {
            bin,
            dir,
            port,
            child: None,
        };
        let arguments = [
            "-D",
            "data",
            "-U",
            "assay",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ];
        let made = postgres.command("initdb").args(arguments).output().unwrap();
        assert!(made.status.success(), "{made:?}");
        postgres.resume();
        postgres.fill();
        Some(postgres)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.bin.join(name));
        command.current_dir(&self.dir).stderr(Stdio::null());
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    pub fn url(&self) -> String {
        format!(
            "postgres://assay:secret@127.0.0.1:{}/postgres?sslmode=disable",
            self.port
        )
    }

    /// Starts it and waits until it answers.
    pub fn resume(&mut self) {
        let port = self.port.to_string();
        let settings = [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
        ];
        let mut command = self.command("postgres");
        command.args(["-D", "data", "-p", &port]);
        command.args(settings.iter().flat_map(|setting| ["-c", setting]));
        self.child = Some(command.spawn().unwrap());
        let begun = Instant::now();
        while Client::connect(&self.url(), NoTls).is_err() {
            assert!(begun.elapsed() < PATIENCE);
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it at once, with all of its connections.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // SIGINT is PostgreSQL's fast shutdown.
            let pid = child.id().to_string();
            let kill = Command::new("kill").args(["-INT", &pid]).status();
            assert!(kill.unwrap().success());
            assert!(child.wait().unwrap().success());
        }
    }

    pub fn connect(&self) -> Client {
        Client::connect(&self.url(), NoTls).unwrap()
    }

    /// Makes the table; its rows are what a server computes for /item.
    fn fill(&self) {
        #[derive(Deserialize)]
        struct Item {
            id: i64,
            sku: String,
            name: String,
            price_cents: i32,
        }
        let mut client = self.connect();
        let table = "CREATE TABLE item (id bigint PRIMARY KEY, sku text NOT NULL, \
            name text NOT NULL, price_cents integer NOT NULL, sold bigint NOT NULL DEFAULT 0)";
        client.batch_execute(table).unwrap();
        let server = Server::start();
        let mut http = server.connect();
        let copy = "COPY item (id, sku, name, price_cents) FROM STDIN";
        let mut writer = client.copy_in(copy).unwrap();
        for id in 0..10_000 {
            let body = http.get(&format!("/item?id={id}")).body;
            let item: Item = serde_json::from_str(&body).unwrap();
            let Item {
                id,
                sku,
                name,
                price_cents,
            } = item;
            writeln!(writer, "{id}\t{sku}\t{name}\t{price_cents}").unwrap();
        }
        writer.finish().unwrap();
    }

    /// How many of an item were sold.
    pub fn sold(&self, id: i64) -> i64 {
        let sql = "SELECT sold FROM item WHERE id = $1";
        self.connect().query_one(sql, &[&id]).unwrap().get(0)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

/// The folder of initdb and postgres: in PATH, or where Debian puts the newest version.
fn binaries() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut versions: Vec<PathBuf> = versions.map(|entry| entry.unwrap().path()).collect();
    versions.sort();
    let versions = versions.into_iter().rev().map(|folder| folder.join("bin"));
    let has_initdb = |folder: &PathBuf| Path::new(folder).join("initdb").exists();
    env::split_paths(&path).chain(versions).find(has_initdb)
}
