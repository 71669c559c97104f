//! The paths, and a file for the handler of each.

mod hash;
mod healthz;
mod hold;
mod item;
mod orders;
mod stats;

use actix_web::guard::{GuardContext, fn_guard};
use actix_web::web::{self, Payload, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, Route};

use crate::body;
use crate::problem::Problem;

pub fn routes(app: &mut ServiceConfig) {
    app.service(get("/healthz", healthz::get))
        .service(get("/item", item::get))
        .service(post("/orders", orders::post))
        .service(get("/hold", hold::get))
        .service(get("/hash", hash::get))
        .service(get("/stats", stats::get))
        .default_service(rejecting(|| Problem::NotFound));
}

/// GET and HEAD go to the handler; actix-web drops the body for HEAD.
fn get<H, A>(path: &str, handler: H) -> Resource
where
    H: Handler<A>,
    A: FromRequest + 'static,
    H::Output: Responder + 'static,
{
    resource(path, "GET, HEAD")
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
}

fn post<H, A>(path: &str, handler: H) -> Resource
where
    H: Handler<A>,
    A: FromRequest + 'static,
    H::Output: Responder + 'static,
{
    resource(path, "POST").route(web::post().to(handler))
}

/// A path as it was sent, which answers no method yet.
fn resource(path: &str, allow: &'static str) -> Resource {
    web::resource(path)
        .guard(fn_guard(is_bare))
        .default_service(rejecting(move || Problem::MethodNotAllowed { allow }))
}

/// actix-web decodes a path before it looks for its resource; no path here needs that.
fn is_bare(request: &GuardContext<'_>) -> bool {
    !request.head().uri.path().contains('%')
}

/// A route that answers with a problem. It reads the body first, because actix-web closes
/// the connection of a request whose body was not read.
fn rejecting(problem: impl Fn() -> Problem + Clone + 'static) -> Route {
    web::to(move |request: HttpRequest, body: Payload| {
        let problem = problem();
        async move {
            let _ = body::read(request.headers(), body).await;
            Err::<HttpResponse, _>(problem)
        }
    })
}
