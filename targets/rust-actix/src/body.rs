//! Bodies of requests, of which actix-web leaves the reading to the handler.

use actix_web::http::header::{CONTENT_LENGTH, HeaderMap};
use actix_web::web::Payload;
use futures_util::StreamExt;

use crate::problem::Problem;

/// The most bytes that an order may have.
const MAX_BODY: usize = 65_536;

/// How much of a body that is too large is read before it is answered, so that the
/// connection can be kept. net/http reads as much.
const MAX_DISCARD: usize = 256 * 1024;

/// Reads a body of at most `MAX_BODY` bytes.
pub async fn read(headers: &HeaderMap, mut body: Payload) -> Result<Vec<u8>, Problem> {
    let announced = announced(headers);
    if announced > MAX_DISCARD {
        return Err(Problem::TooLarge);
    }
    let mut bytes = Vec::with_capacity(announced.min(MAX_BODY));
    let mut length = 0;
    while let Some(data) = body.next().await {
        let data = data.map_err(|_| Problem::MalformedOrder)?;
        length += data.len();
        if length > MAX_DISCARD {
            break;
        }
        if length <= MAX_BODY {
            bytes.extend_from_slice(&data);
        }
    }
    if length > MAX_BODY {
        return Err(Problem::TooLarge);
    }
    Ok(bytes)
}

/// The Content-Length; 0 where there is none, as for a chunked body.
fn announced(headers: &HeaderMap) -> usize {
    let length = headers.get(CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse().ok());
    length.unwrap_or(0)
}
