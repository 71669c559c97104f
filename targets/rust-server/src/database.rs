//! The table `item` in PostgreSQL, and the ways to it.
//!
//! A [`Store`] reads and sells items. [`asynchronous`] has one on tokio-postgres and
//! deadpool, [`blocking`] one on the blocking driver and r2d2, which runs on threads of
//! its own. Both come in two [`Manner`]s. Each store has its pool, which connects when a
//! request needs it.

pub mod asynchronous;
pub mod blocking;

use std::future::Future;
use std::time::Duration;

use serde::Serialize;
use thiserror::Error;
use tokio_postgres::Row;

const SELECT: &str = "SELECT id, sku, name, price_cents FROM item WHERE id = $1";
const UPDATE: &str = "UPDATE item SET sold = sold + $2 WHERE id = $1 RETURNING price_cents";

/// Bounds the wait for a connection.
const POOL_WAIT: Duration = Duration::from_secs(2);

/// Bounds the opening of a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// The most connections that a pool may be asked to have.
const MAX_POOL_SIZE: usize = 1000;

/// Where the database is, and how many connections each pool has at most.
#[derive(Clone)]
pub struct Settings {
    config: tokio_postgres::Config,
    pool_size: usize,
}

impl Settings {
    /// Reads `DATABASE_URL` and `POOL_SIZE`. Without a URL there is no database, and it
    /// returns `None`. The error names the variable; it does not show the password.
    pub fn read(url: Option<&str>, pool_size: Option<&str>) -> Result<Option<Self>, String> {
        let pool_size = match pool_size.filter(|text| !text.is_empty()) {
            Some(text) => read_pool_size(text)
                .ok_or_else(|| format!("POOL_SIZE={text:?}: want a number from 1 to 1000"))?,
            None => 16,
        };
        let Some(url) = url.filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let is_url = url.starts_with("postgres://") || url.starts_with("postgresql://");
        match url.parse::<tokio_postgres::Config>() {
            Ok(mut config) if is_url => {
                config.connect_timeout(CONNECT_TIMEOUT);
                Ok(Some(Self { config, pool_size }))
            }
            _ => Err("DATABASE_URL: want \
                postgres://user:password@host:port/database?sslmode=disable"
                .to_owned()),
        }
    }
}

fn read_pool_size(text: &str) -> Option<usize> {
    // usize's own parser would take a plus sign.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let size = text.parse().ok().filter(|_| digits)?;
    (1..=MAX_POOL_SIZE).contains(&size).then_some(size)
}

/// How a store uses its libraries.
#[derive(Clone, Copy, PartialEq)]
pub enum Manner {
    /// As few messages as each driver can do with: statements are prepared once per
    /// connection and kept, nothing is sent at checkout, and the connection used last is
    /// used next.
    Equalised,
    /// With the defaults of driver and pool, but for size and timeouts.
    Stock,
}

/// Reads and sells items. Every call takes one connection of the pool.
pub trait Store: Clone + Send + Sync + 'static {
    /// Reads the rows of `ids`, with a query for each, one after the other.
    fn rows(&self, ids: Vec<i64>) -> impl Future<Output = Result<Vec<Item>, Failure>> + Send;

    /// Sells in one transaction, or not at all. Returns the prices in cents, in the order
    /// of `sales`.
    fn sell(&self, sales: Vec<Sale>) -> impl Future<Output = Result<Vec<i64>, Failure>> + Send;
}

/// A row of the table, as it is answered.
#[derive(Serialize)]
pub struct Item {
    id: i64,
    sku: String,
    name: String,
    price_cents: i32,
}

impl Item {
    fn read(row: &Row) -> Result<Self, Failure> {
        let read = || {
            Ok(Self {
                id: row.try_get(0)?,
                sku: row.try_get(1)?,
                name: row.try_get(2)?,
                price_cents: row.try_get(3)?,
            })
        };
        read().map_err(|_: tokio_postgres::Error| Failure::Broken)
    }
}

/// Reads the one column that `UPDATE` returns.
fn read_price(row: &Row) -> Result<i64, Failure> {
    let price: i32 = row.try_get(0).map_err(|_| Failure::Broken)?;
    Ok(price.into())
}

/// A quantity of one item.
#[derive(Clone, Copy)]
pub struct Sale {
    pub id: i64,
    pub quantity: i64,
}

/// The indices of `sales` in the order of their ids. Rows are locked in this order, so
/// that orders never wait for each other in a circle.
fn by_id(sales: &[Sale]) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..sales.len()).collect();
    indices.sort_by_key(|&i| sales[i].id);
    indices
}

/// Why a store did not do its work.
#[derive(Debug, Error)]
pub enum Failure {
    #[error("no such item")]
    NoSuchItem,
    /// The database could not be reached, the connection was lost, or PostgreSQL gave up
    /// for the time being.
    #[error("database unavailable")]
    Unavailable,
    /// It would fail again: the table is not as it should be.
    #[error("database error")]
    Broken,
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            Some(state) if !is_transient(state.code()) => Self::Broken,
            _ => Self::Unavailable,
        }
    }
}

/// Whether an SQLSTATE is of one of the classes connection exception, transaction
/// rollback, insufficient resources and operator intervention. Its source is PostgreSQL's
/// manual, appendix A.
fn is_transient(code: &str) -> bool {
    matches!(code.get(..2), Some("08" | "40" | "53" | "57"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "postgres://u:secret@localhost:5432/d?sslmode=disable";

    fn pool_size(text: Option<&str>) -> Result<usize, String> {
        Settings::read(Some(URL), text).map(|settings| settings.unwrap().pool_size)
    }

    #[test]
    fn pool_sizes() {
        assert_eq!(pool_size(None), Ok(16));
        assert_eq!(pool_size(Some("1")), Ok(1));
        assert_eq!(pool_size(Some("1000")), Ok(1000));
        for text in ["0", "1001", "+1", "-1", "x", "1 "] {
            let want = format!("POOL_SIZE={text:?}: want a number from 1 to 1000");
            assert_eq!(pool_size(Some(text)), Err(want));
        }
    }

    #[test]
    fn urls() {
        assert!(Settings::read(None, None).unwrap().is_none());
        assert!(Settings::read(Some(""), None).unwrap().is_none());
        for url in [
            "somewhere",
            "mysql://u:secret@localhost/d",
            "postgres://u:secret@localhost:port/d",
            "host=localhost user=u password=secret",
        ] {
            let error = Settings::read(Some(url), None).err().unwrap();
            assert!(error.starts_with("DATABASE_URL: want postgres://"), "{url}");
            assert!(!error.contains("secret"), "{url}");
        }
    }

    #[test]
    fn rows_are_locked_by_id() {
        let sales = [7, 3, 7, 1].map(|id| Sale { id, quantity: 1 });
        assert_eq!(by_id(&sales), [3, 1, 0, 2]);
    }

    #[test]
    fn some_states_pass() {
        for code in ["08006", "40001", "40P01", "53300", "57P01"] {
            assert!(is_transient(code), "{code}");
        }
        for code in ["42P01", "22003", "28P01", ""] {
            assert!(!is_transient(code), "{code}");
        }
    }
}
