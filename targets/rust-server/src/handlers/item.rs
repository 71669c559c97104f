//! `GET /item?id=N`

use axum::Json;
use axum::http::Uri;

use crate::item::Item;
use crate::problem::Problem;
use crate::query::{MAX_INTEGER, integer};

pub async fn get(uri: Uri) -> Result<Json<Item>, Problem> {
    let id = integer(&uri, "id", 0..=MAX_INTEGER).ok_or(Problem::ItemId)?;
    Ok(Json(Item::new(id)))
}
