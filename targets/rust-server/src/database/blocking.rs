//! A store on the blocking driver, with connections of r2d2.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::thread;

use postgres::types::ToSql;
use postgres::{Error, GenericClient, NoTls, Row, Statement};
use r2d2::{Pool, PooledConnection};
use r2d2_postgres::PostgresConnectionManager;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::{
    Failure, Item, Manner, POOL_WAIT, SELECT, Sale, Settings, Store, UPDATE, by_id, read_price,
};

type Manager = PostgresConnectionManager<NoTls>;
type Connection = PooledConnection<Manager>;

/// Each request takes a thread of tokio's for its work with the database: as many at a
/// time as the pool has connections, since more of them could only wait.
#[derive(Clone)]
pub struct Blocking(Arc<Shared>);

struct Shared {
    settings: Settings,
    manner: Manner,
    threads: Arc<Semaphore>,
    pool: OnceLock<Pool<Manager>>,
}

impl Blocking {
    pub fn new(settings: &Settings, manner: Manner) -> Self {
        Self(Arc::new(Shared {
            settings: settings.clone(),
            manner,
            threads: Arc::new(Semaphore::new(settings.pool_size)),
            pool: OnceLock::new(),
        }))
    }

    /// Runs `work` with a connection, on a thread that may block.
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Shared, &mut Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let thread = timeout(POOL_WAIT, self.0.threads.clone().acquire_owned());
        let Ok(Ok(thread)) = thread.await else {
            return Err(Failure::Unavailable);
        };
        let shared = self.0.clone();
        let task = spawn_blocking(move || {
            let _thread = thread;
            let connection = shared.pool().get();
            work(&shared, &mut connection.map_err(|_| Failure::Unavailable)?)
        });
        // The runtime is ending, or `work` panicked.
        task.await.map_err(|_| Failure::Broken)?
    }
}

impl Shared {
    /// The pool, made for the first request: by default r2d2 opens all connections at
    /// once, in the background.
    fn pool(&self) -> &Pool<Manager> {
        self.pool.get_or_init(|| {
            let size = self.settings.pool_size as u32; // at most MAX_POOL_SIZE
            let builder = Pool::builder().max_size(size).connection_timeout(POOL_WAIT);
            let builder = match self.manner {
                // As the other drivers' pools: no test at checkout, connections open when
                // they are needed.
                Manner::Equalised => builder
                    .test_on_check_out(false)
                    .min_idle(Some(0))
                    .idle_timeout(None)
                    .max_lifetime(None),
                Manner::Stock => builder,
            };
            let config = self.settings.config.clone().into();
            builder.build_unchecked(Manager::new(config, NoTls))
        })
    }

    fn query(&self, connection: &mut Connection, sql: &'static str) -> Result<Query, Error> {
        match self.manner {
            Manner::Equalised => prepare_cached(connection, sql).map(Query::Prepared),
            Manner::Stock => Ok(Query::Text(sql)),
        }
    }
}

impl Drop for Shared {
    /// A connection owns a runtime, which must not end on a thread of another runtime.
    fn drop(&mut self) {
        if let Some(pool) = self.pool.take() {
            // Without a thread to be had, the end of the process closes the connections.
            let _ = thread::Builder::new().spawn(move || drop(pool));
        }
    }
}

impl Store for Blocking {
    async fn rows(&self, ids: Vec<i64>) -> Result<Vec<Item>, Failure> {
        self.with(|shared, connection| {
            let select = shared.query(connection, SELECT)?;
            let mut items = Vec::with_capacity(ids.len());
            for id in ids {
                let row = select.row(&mut **connection, &[&id])?;
                items.push(Item::read(&row.ok_or(Failure::NoSuchItem)?)?);
            }
            Ok(items)
        })
        .await
    }

    async fn sell(&self, sales: Vec<Sale>) -> Result<Vec<i64>, Failure> {
        self.with(move |shared, connection| {
            let update = shared.query(connection, UPDATE)?;
            let mut transaction = connection.transaction()?;
            let mut prices = vec![0; sales.len()];
            for i in by_id(&sales) {
                let Sale { id, quantity } = sales[i];
                match update.row(&mut transaction, &[&id, &quantity])? {
                    Some(row) => prices[i] = read_price(&row)?,
                    None => {
                        transaction.rollback()?;
                        return Err(Failure::NoSuchItem);
                    }
                }
            }
            transaction.commit()?;
            Ok(prices)
        })
        .await
    }
}

/// A connection's statements, by their texts. deadpool has such a cache, r2d2 has not.
struct Prepared(HashMap<&'static str, Statement>);

fn prepare_cached(connection: &mut Connection, sql: &'static str) -> Result<Statement, Error> {
    let known = Connection::extensions(connection).get::<Prepared>();
    if let Some(statement) = known.and_then(|Prepared(known)| known.get(sql)) {
        return Ok(statement.clone());
    }
    let statement = connection.prepare(sql)?;
    let extensions = Connection::extensions_mut(connection);
    match extensions.get_mut::<Prepared>() {
        Some(Prepared(known)) => {
            known.insert(sql, statement.clone());
        }
        None => {
            let known = HashMap::from([(sql, statement.clone())]);
            extensions.insert(Prepared(known));
        }
    }
    Ok(statement)
}

/// A statement, or its text, which the driver prepares for each use.
enum Query {
    Prepared(Statement),
    Text(&'static str),
}

impl Query {
    fn row(
        &self,
        client: &mut impl GenericClient,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, Error> {
        match self {
            Self::Prepared(statement) => client.query_opt(statement, parameters),
            Self::Text(sql) => client.query_opt(*sql, parameters),
        }
    }
}
