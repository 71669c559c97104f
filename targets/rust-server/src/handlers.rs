//! The paths, and a file for the handler of each.

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
use crate::problem::Problem;

pub fn routes(state: Arc<State>) -> Router {
    Router::new()
        .route("/healthz", get(healthz::get))
        .route("/item", get(item::get))
        .route("/orders", post(orders::post))
        .route("/hold", get(hold::get))
        .route("/hash", get(hash::get))
        .route("/stats", get(stats::get))
        .fallback(|| async { Problem::NotFound })
        .with_state(state)
}

/// GET and HEAD go to the handler; axum drops the body for HEAD.
fn get<H: Handler<T, Arc<State>>, T: 'static>(handler: H) -> MethodRouter<Arc<State>> {
    routing::get(handler).fallback(|| async { Problem::MethodNotAllowed { allow: "GET, HEAD" } })
}

fn post<H: Handler<T, Arc<State>>, T: 'static>(handler: H) -> MethodRouter<Arc<State>> {
    routing::post(handler).fallback(|| async { Problem::MethodNotAllowed { allow: "POST" } })
}
