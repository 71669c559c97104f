//! The paths below /db, with a PostgreSQL and without.

#![allow(clippy::unwrap_used)]

mod support;

use rust_server::Settings;
use support::postgres::Postgres;
use support::{Client, Server, golden_of};

/// The paths below which the database is.
const SETS: [&str; 4] = ["/db", "/db/blocking", "/db/stock", "/db/stock-blocking"];

const UNAVAILABLE: &str = r#"{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"database unavailable"}"#;

fn server_on(postgres: &Postgres, pool_size: &str) -> Server {
    Server::start_with(Settings::read(Some(&postgres.url()), Some(pool_size)).unwrap())
}

fn sale(set: &str, items: &str) -> String {
    let body = format!(r#"{{"customer":"c","items":[{items}]}}"#);
    format!(
        "POST {set}/orders HTTP/1.1\r\nHost: target\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn sell(client: &mut Client, set: &str, items: &str) -> u16 {
    client.send(sale(set, items));
    client.answer().status
}

#[test]
fn golden_requests() {
    let Some(postgres) = Postgres::start() else {
        return;
    };
    let server = server_on(&postgres, "");
    for set in SETS {
        for exchanges in golden_of("../contract/database").into_values() {
            let mut client = server.connect();
            for mut exchange in exchanges {
                exchange.path = exchange.path.replacen("/db", set, 1);
                client.send(exchange.text());
                exchange.check(client.answer());
            }
        }
    }
}

#[test]
fn orders_are_sold_as_a_whole_or_not() {
    let Some(postgres) = Postgres::start() else {
        return;
    };
    let server = server_on(&postgres, "1");
    let mut client = server.connect();
    for set in SETS {
        let before = postgres.sold(5);
        let items = r#"{"id":6,"quantity":3},{"id":5,"quantity":2},{"id":5,"quantity":1}"#;
        assert_eq!(sell(&mut client, set, items), 201, "{set}");
        let items = r#"{"id":5,"quantity":7},{"id":10000,"quantity":1}"#;
        assert_eq!(sell(&mut client, set, items), 422, "{set}");
        assert_eq!(postgres.sold(5) - before, 3, "{set}");
    }
}

#[test]
fn crossing_orders_do_not_deadlock() {
    let Some(postgres) = Postgres::start() else {
        return;
    };
    let server = server_on(&postgres, "8");
    let each = 100;
    let items = [
        r#"{"id":1,"quantity":1},{"id":2,"quantity":1}"#,
        r#"{"id":2,"quantity":1},{"id":1,"quantity":1}"#,
    ];
    for set in SETS {
        let mut clients: Vec<Client> = (0..8).map(|_| server.connect()).collect();
        for (i, client) in clients.iter_mut().enumerate() {
            client.send(sale(set, items[i % 2]).repeat(each)); // pipelined
        }
        for client in &mut clients {
            for _ in 0..each {
                assert_eq!(client.answer().status, 201, "{set}");
            }
        }
    }
    assert_eq!(postgres.sold(1), (8 * each * SETS.len()) as i64);
}

#[test]
fn a_request_does_not_wait_for_the_pool_without_end() {
    let Some(postgres) = Postgres::start() else {
        return;
    };
    let server = server_on(&postgres, "1");
    for set in SETS {
        let mut locker = postgres.connect();
        let mut lock = locker.transaction().unwrap();
        let update = "UPDATE item SET sold = sold WHERE id = 1";
        lock.execute(update, &[]).unwrap();
        let mut waiting = server.connect();
        waiting.send(sale(set, r#"{"id":1,"quantity":1}"#));
        let blocked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        let mut observer = postgres.connect();
        while observer.query_one(blocked, &[]).unwrap().get::<_, i64>(0) == 0 {}
        let refused = server.connect().get(&format!("{set}/item?id=1"));
        assert_eq!(
            (refused.status, &*refused.body),
            (503, UNAVAILABLE),
            "{set}"
        );
        lock.rollback().unwrap();
        assert_eq!(waiting.answer().status, 201, "{set}");
    }
}

#[test]
fn the_database_may_come_and_go() {
    let Some(mut postgres) = Postgres::start() else {
        return;
    };
    postgres.stop();
    let server = server_on(&postgres, "4");
    let mut client = server.connect();
    for _ in 0..2 {
        for set in SETS {
            let refused = client.get(&format!("{set}/item?id=42"));
            assert_eq!(
                (refused.status, &*refused.body),
                (503, UNAVAILABLE),
                "{set}"
            );
            assert_eq!(
                sell(&mut client, set, r#"{"id":1,"quantity":1}"#),
                503,
                "{set}"
            );
        }
        postgres.resume();
        for set in SETS {
            // A broken connection fails at most one request.
            let path = format!("{set}/item?id=42");
            let back = (0..10).any(|_| client.get(&path).status == 200);
            assert!(back, "{set}");
        }
        postgres.stop();
    }
}

#[test]
fn another_table_is_an_error() {
    let Some(postgres) = Postgres::start() else {
        return;
    };
    postgres.connect().batch_execute("DROP TABLE item").unwrap();
    let server = server_on(&postgres, "");
    let mut client = server.connect();
    for set in SETS {
        let answer = client.get(&format!("{set}/item?id=42"));
        assert_eq!(answer.status, 500, "{set}");
        assert!(
            answer.body.ends_with(r#""detail":"database error"}"#),
            "{set}"
        );
    }
}

#[test]
fn without_a_database() {
    let server = Server::start();
    let mut client = server.connect();
    for set in SETS {
        for path in ["/item?id=1", "/item?id=x", "/items?n=3", "/items"] {
            let answer = client.get(&format!("{set}{path}"));
            assert_eq!((answer.status, &*answer.body), (503, UNAVAILABLE), "{set}");
        }
        assert_eq!(sell(&mut client, set, ""), 503, "{set}");
        assert_eq!(client.get(&format!("{set}/orders")).status, 405, "{set}");
    }
    for path in ["/db", "/db/", "/db/nope", "/db/blocking"] {
        assert_eq!(client.get(path).status, 404, "{path}");
    }
}
