//! Every error that a client can be told of, and the one place where it becomes an answer.

use actix_web::http::StatusCode;
use actix_web::http::header::ALLOW;
use actix_web::{HttpResponse, ResponseError};
use thiserror::Error;

/// An error answer; what it displays is the `detail`, which needs no escaping.
#[derive(Debug, Error)]
pub enum Problem {
    #[error("id must be an integer from 0 to 9007199254740991")]
    ItemId,
    #[error("ms must be an integer from 0 to 60000")]
    HoldMillis,
    #[error("rounds must be an integer from 1 to 1000000")]
    HashRounds,
    #[error("body is not a valid order")]
    MalformedOrder,
    #[error("no such path")]
    NotFound,
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
    #[error("head exceeds 32768 bytes")]
    HeadTooLarge,
    /// A chain was lost because its thread panicked or the runtime is ending.
    #[error("hash chain was not finished")]
    Unfinished,
}

impl Problem {
    /// The status, and its reason phrase in RFC 9110, which renamed two that the http
    /// crate still gives their old names.
    fn title(&self) -> (StatusCode, &'static str) {
        match self {
            Self::ItemId | Self::HoldMillis | Self::HashRounds | Self::MalformedOrder => {
                (StatusCode::BAD_REQUEST, "Bad Request")
            }
            Self::NotFound => (StatusCode::NOT_FOUND, "Not Found"),
            Self::MethodNotAllowed { .. } => (StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Content Too Large"),
            Self::NotJson => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type"),
            Self::Customer | Self::Items | Self::Quantity => {
                (StatusCode::UNPROCESSABLE_ENTITY, "Unprocessable Content")
            }
            Self::HeadTooLarge => (
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "Request Header Fields Too Large",
            ),
            Self::Unfinished => (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.title().0
    }

    fn error_response(&self) -> HttpResponse {
        let (status, title) = self.title();
        let mut response = HttpResponse::build(status);
        if let Self::MethodNotAllowed { allow } = self {
            response.insert_header((ALLOW, *allow));
        }
        response
            .content_type("application/problem+json")
            .body(format!(
                r#"{{"type":"about:blank","title":"{title}","status":{},"detail":"{self}"}}"#,
                status.as_u16()
            ))
    }
}
