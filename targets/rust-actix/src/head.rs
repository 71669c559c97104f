//! The limit of a request's head. actix-http has one of its own, 128 KiB, which cannot be
//! set and is twice of what the contract lets pass.

use actix_web::HttpRequest;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;

use crate::problem::Problem;

const MAX_BYTES: usize = 32 * 1024;

/// Lets a request through whose head is small enough.
pub async fn limit<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    if bytes(request.request()) > MAX_BYTES {
        return Err(Problem::HeadTooLarge.into());
    }
    next.call(request).await
}

/// The bytes of the target and of the fields, each with its colon, space and line end.
fn bytes(request: &HttpRequest) -> usize {
    let fields = request.headers().iter();
    let fields: usize = fields
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    let target = request.uri().path_and_query();
    fields + target.map_or(0, |target| target.as_str().len())
}
