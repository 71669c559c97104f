//! `POST /orders`

use axum::Json;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

use crate::item::price_cents;
use crate::order::Order;
use crate::problem::Problem;

/// The most bytes that an order may have.
const MAX_BODY: usize = 65_536;

/// How much of a body that is too large is read before it is answered, so that the
/// connection can be kept. net/http reads as much.
const MAX_DISCARD: usize = 256 * 1024;

pub async fn post(request: Request) -> Result<Response, Problem> {
    let body = body(request).await?;
    let priced = Order::read(&body)?.price(|_, line| price_cents(line.id));
    Ok((StatusCode::CREATED, Json(priced)).into_response())
}

/// Reads a request's body, whatever it is, and returns it if it is to be JSON.
pub async fn body(request: Request) -> Result<Vec<u8>, Problem> {
    let (head, body) = request.into_parts();
    let body = read(body).await;
    if !is_json(&head.headers) {
        return Err(Problem::NotJson);
    }
    body
}

/// Whether the Content-Type is `application/json`, whatever its parameters.
fn is_json(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| {
        let mut parts = value.as_bytes().split(|byte| *byte == b';');
        let media_type = parts.next().unwrap_or_default().trim_ascii();
        media_type.eq_ignore_ascii_case(b"application/json")
    })
}

/// Reads a body of at most `MAX_BODY` bytes.
async fn read(mut body: Body) -> Result<Vec<u8>, Problem> {
    let announced = body.size_hint().lower() as usize;
    if announced > MAX_DISCARD {
        return Err(Problem::TooLarge);
    }
    let mut bytes = Vec::with_capacity(announced.min(MAX_BODY));
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::MalformedOrder)?;
        let Some(data) = frame.data_ref() else {
            continue; // trailers
        };
        length += data.len();
        if length > MAX_DISCARD {
            break;
        }
        if length <= MAX_BODY {
            bytes.extend_from_slice(data);
        }
    }
    if length > MAX_BODY {
        return Err(Problem::TooLarge);
    }
    Ok(bytes)
}
