//! `GET /hold?ms=N`

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::rt::time::sleep;
use actix_web::web::Json;
use serde::Serialize;

use crate::problem::Problem;
use crate::query::integer;

const MAX_MILLIS: u64 = 60_000;

#[derive(Serialize)]
pub struct Held {
    held_ms: u64,
}

/// Answers after N milliseconds. The task is parked meanwhile and holds no thread.
pub async fn get(request: HttpRequest) -> Result<Json<Held>, Problem> {
    let held_ms = integer(request.uri(), "ms", 0..=MAX_MILLIS).ok_or(Problem::HoldMillis)?;
    sleep(Duration::from_millis(held_ms)).await;
    Ok(Json(Held { held_ms }))
}
