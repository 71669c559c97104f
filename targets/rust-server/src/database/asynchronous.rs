//! A store on tokio-postgres, with connections of deadpool.

use deadpool_postgres::{
    BuildError, Client, GenericClient, Manager, ManagerConfig, Pool, QueueMode, Runtime,
};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, NoTls, Row, Statement};

use super::{
    CONNECT_TIMEOUT, Failure, Item, Manner, POOL_WAIT, SELECT, Sale, Settings, Store, UPDATE,
    by_id, read_price,
};

/// Requests wait for the database without holding a thread.
#[derive(Clone)]
pub struct Asynchronous {
    pool: Pool,
    manner: Manner,
}

impl Asynchronous {
    /// Makes the pool; it does not connect.
    pub fn new(settings: &Settings, manner: Manner) -> Result<Self, BuildError> {
        // The default method of recycling looks whether a connection is closed, and sends
        // nothing.
        let config = ManagerConfig::default();
        let manager = Manager::from_config(settings.config.clone(), NoTls, config);
        let queue = match manner {
            Manner::Equalised => QueueMode::Lifo,
            Manner::Stock => QueueMode::default(),
        };
        let pool = Pool::builder(manager)
            .max_size(settings.pool_size)
            .queue_mode(queue)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(POOL_WAIT))
            .create_timeout(Some(CONNECT_TIMEOUT))
            .build()?;
        Ok(Self { pool, manner })
    }

    async fn connection(&self) -> Result<Client, Failure> {
        self.pool.get().await.map_err(|_| Failure::Unavailable)
    }

    async fn query(&self, client: &Client, sql: &'static str) -> Result<Query, Error> {
        match self.manner {
            Manner::Equalised => client.prepare_cached(sql).await.map(Query::Prepared),
            Manner::Stock => Ok(Query::Text(sql)),
        }
    }
}

impl Store for Asynchronous {
    async fn rows(&self, ids: Vec<i64>) -> Result<Vec<Item>, Failure> {
        let client = self.connection().await?;
        let select = self.query(&client, SELECT).await?;
        let mut items = Vec::with_capacity(ids.len());
        for id in ids {
            let row = select.row(&client, &[&id]).await?;
            items.push(Item::read(&row.ok_or(Failure::NoSuchItem)?)?);
        }
        Ok(items)
    }

    async fn sell(&self, sales: Vec<Sale>) -> Result<Vec<i64>, Failure> {
        let mut client = self.connection().await?;
        let update = self.query(&client, UPDATE).await?;
        let transaction = client.transaction().await?;
        let mut prices = vec![0; sales.len()];
        for i in by_id(&sales) {
            let Sale { id, quantity } = sales[i];
            match update.row(&transaction, &[&id, &quantity]).await? {
                Some(row) => prices[i] = read_price(&row)?,
                None => {
                    transaction.rollback().await?;
                    return Err(Failure::NoSuchItem);
                }
            }
        }
        transaction.commit().await?;
        Ok(prices)
    }
}

/// A statement, or its text, which the driver prepares for each use.
enum Query {
    Prepared(Statement),
    Text(&'static str),
}

impl Query {
    async fn row(
        &self,
        client: &impl GenericClient,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, Error> {
        match self {
            Self::Prepared(statement) => client.query_opt(statement, parameters).await,
            Self::Text(sql) => client.query_opt(*sql, parameters).await,
        }
    }
}
