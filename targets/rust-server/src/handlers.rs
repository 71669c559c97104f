//! The paths, and a file for the handler of each.

mod database;
mod hash;
mod healthz;
mod hold;
mod item;
mod orders;
mod stats;

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::routing::{self, MethodRouter};

use crate::State;
use crate::database::Store;
use crate::problem::Problem;

pub fn routes(state: Arc<State>) -> Router {
    Router::new()
        .route("/healthz", get(healthz::get))
        .route("/item", get(item::get))
        .route("/orders", post(orders::post))
        .route("/hold", get(hold::get))
        .route("/hash", get(hash::get))
        .route("/stats", get(stats::get))
        .with_state(state.clone())
        .merge(database("/db", &state.stores.asynchronous))
        .merge(database("/db/blocking", &state.stores.blocking))
        .merge(database("/db/stock", &state.stores.stock))
        .merge(database("/db/stock-blocking", &state.stores.stock_blocking))
        .fallback(|| async { Problem::NotFound })
}

/// The paths below `prefix`, answered from `store`.
fn database<S: Store>(prefix: &str, store: &Option<S>) -> Router {
    Router::new()
        .route(&format!("{prefix}/item"), get(database::item::<S>))
        .route(&format!("{prefix}/items"), get(database::items::<S>))
        .route(&format!("{prefix}/orders"), post(database::order::<S>))
        .with_state(store.clone())
}

/// GET and HEAD go to the handler; axum drops the body for HEAD.
fn get<H, T, S>(handler: H) -> MethodRouter<S>
where
    H: Handler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    routing::get(handler).fallback(|| async { Problem::MethodNotAllowed { allow: "GET, HEAD" } })
}

fn post<H, T, S>(handler: H) -> MethodRouter<S>
where
    H: Handler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    routing::post(handler).fallback(|| async { Problem::MethodNotAllowed { allow: "POST" } })
}
