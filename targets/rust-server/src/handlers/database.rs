//! `item`, `items` and `orders` below `/db`, for any store. Without one, all answer 503.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::orders;
use crate::database::{Failure, Item, Sale, Store};
use crate::item::splitmix64;
use crate::order::Order;
use crate::problem::Problem;
use crate::query::{MAX_INTEGER, has, integer};

const MAX_ITEMS: u64 = 100;

/// Rows of the table, with the ids from 0.
const ROWS: u64 = 10_000;

/// `GET item?id=N`, with one query.
pub async fn item<S: Store>(
    State(store): State<Option<S>>,
    uri: Uri,
) -> Result<Json<Item>, Problem> {
    let store = store.ok_or(Problem::DatabaseUnavailable)?;
    let id = integer(&uri, "id", 0..=MAX_INTEGER).ok_or(Problem::ItemId)?;
    let mut items = store.rows(vec![id as i64]).await.map_err(not_read)?;
    items.pop().map(Json).ok_or(Problem::NoSuchItem)
}

#[derive(Serialize)]
pub struct Items {
    items: Vec<Item>,
}

/// `GET items?n=K&id=N`, with K queries, one after the other.
pub async fn items<S: Store>(
    State(store): State<Option<S>>,
    uri: Uri,
) -> Result<Json<Items>, Problem> {
    let store = store.ok_or(Problem::DatabaseUnavailable)?;
    let n = integer(&uri, "n", 1..=MAX_ITEMS).ok_or(Problem::ItemCount)?;
    let id = match integer(&uri, "id", 0..=MAX_INTEGER) {
        Some(id) => id,
        None if has(&uri, "id") => return Err(Problem::ItemId),
        None => 0,
    };
    let ids = (0..n).map(|i| (splitmix64(id + i) % ROWS) as i64);
    let items = store.rows(ids.collect()).await.map_err(not_read)?;
    Ok(Json(Items { items }))
}

/// `POST orders`: all lines are sold in one transaction, or none.
pub async fn order<S: Store>(
    State(store): State<Option<S>>,
    request: Request,
) -> Result<Response, Problem> {
    let body = orders::body(request).await;
    let store = store.ok_or(Problem::DatabaseUnavailable)?;
    let body = body?;
    let order = Order::read(&body)?;
    let sales = order.lines().map(|line| Sale {
        id: line.id as i64, // both are at most MAX_INTEGER
        quantity: line.quantity as i64,
    });
    let prices = store.sell(sales.collect()).await.map_err(not_sold)?;
    let priced = order.price(|i, _| prices[i]);
    Ok((StatusCode::CREATED, Json(priced)).into_response())
}

fn not_read(failure: Failure) -> Problem {
    match failure {
        Failure::NoSuchItem => Problem::NoSuchItem,
        Failure::Unavailable => Problem::DatabaseUnavailable,
        Failure::Broken => Problem::DatabaseError,
    }
}

fn not_sold(failure: Failure) -> Problem {
    match failure {
        Failure::NoSuchItem => Problem::NoSuchItemToSell,
        other => not_read(other),
    }
}
