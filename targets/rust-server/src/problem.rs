//! Every error that a client can be told of, and the one place where it becomes an answer.

use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use thiserror::Error;

/// An error answer; what it displays is the `detail`, which needs no escaping.
#[derive(Debug, Error)]
pub enum Problem {
    #[error("id must be an integer from 0 to 9007199254740991")]
    ItemId,
    #[error("ms must be an integer from 0 to 60000")]
    HoldMillis,
    #[error("n must be an integer from 1 to 100")]
    ItemCount,
    #[error("rounds must be an integer from 1 to 1000000")]
    HashRounds,
    #[error("body is not a valid order")]
    MalformedOrder,
    #[error("no such path")]
    NotFound,
    #[error("no such item")]
    NoSuchItem,
    #[error("method not allowed")]
    MethodNotAllowed { allow: &'static str },
    #[error("body exceeds 65536 bytes")]
    TooLarge,
    #[error("content type must be application/json")]
    NotJson,
    #[error("customer must have 1 to 64 characters")]
    Customer,
    #[error("items must have 1 to 50 entries")]
    Items,
    #[error("quantity must be from 1 to 100")]
    Quantity,
    #[error("no such item")]
    NoSuchItemToSell,
    #[error("database unavailable")]
    DatabaseUnavailable,
    #[error("database error")]
    DatabaseError,
    /// A chain was lost because its thread panicked or the runtime is ending.
    #[error("hash chain was not finished")]
    Unfinished,
}

impl Problem {
    /// The status, and its reason phrase in RFC 9110, which renamed two that the http
    /// crate still gives their old names.
    fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Self::ItemId
            | Self::ItemCount
            | Self::HoldMillis
            | Self::HashRounds
            | Self::MalformedOrder => (StatusCode::BAD_REQUEST, "Bad Request"),
            Self::NotFound | Self::NoSuchItem => (StatusCode::NOT_FOUND, "Not Found"),
            Self::MethodNotAllowed { .. } => (StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Content Too Large"),
            Self::NotJson => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type"),
            Self::Customer | Self::Items | Self::Quantity | Self::NoSuchItemToSell => {
                (StatusCode::UNPROCESSABLE_ENTITY, "Unprocessable Content")
            }
            Self::DatabaseUnavailable => (StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
            Self::DatabaseError | Self::Unfinished => {
                (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, title) = self.status();
        let body = format!(
            r#"{{"type":"about:blank","title":"{title}","status":{},"detail":"{self}"}}"#,
            status.as_u16()
        );
        let mut response =
            (status, [(CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Self::MethodNotAllowed { allow } = self {
            let allow = HeaderValue::from_static(allow);
            response.headers_mut().insert(ALLOW, allow);
        }
        response
    }
}
