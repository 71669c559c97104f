//! `GET /healthz`

/// A `&str` is answered as `text/plain; charset=utf-8`.
pub async fn get() -> &'static str {
    "ok\n"
}
