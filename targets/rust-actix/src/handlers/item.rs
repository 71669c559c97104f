//! `GET /item?id=N`

use actix_web::HttpRequest;
use actix_web::web::Json;

use crate::item::Item;
use crate::problem::Problem;
use crate::query::{MAX_INTEGER, integer};

pub async fn get(request: HttpRequest) -> Result<Json<Item>, Problem> {
    let id = integer(request.uri(), "id", 0..=MAX_INTEGER).ok_or(Problem::ItemId)?;
    Ok(Json(Item::new(id)))
}
