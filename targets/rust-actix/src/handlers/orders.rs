//! `POST /orders`

use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};

use crate::body;
use crate::item::price_cents;
use crate::order::Order;
use crate::problem::Problem;

pub async fn post(request: HttpRequest, body: Payload) -> Result<HttpResponse, Problem> {
    let body = body::read(request.headers(), body).await;
    if !is_json(request.headers()) {
        return Err(Problem::NotJson);
    }
    let body = body?;
    let priced = Order::read(&body)?.price(|_, line| price_cents(line.id));
    Ok(HttpResponse::Created().json(priced))
}

/// Whether the Content-Type is `application/json`, whatever its parameters.
fn is_json(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| {
        let mut parts = value.as_bytes().split(|byte| *byte == b';');
        let media_type = parts.next().unwrap_or_default().trim_ascii();
        media_type.eq_ignore_ascii_case(b"application/json")
    })
}
