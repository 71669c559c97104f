//! `GET /stats`

use std::fs;

use actix_web::web::{Data, Json};
use serde::Serialize;

use crate::State;

/// What is `None` is answered as `null`.
#[derive(Serialize)]
pub struct Stats {
    open_connections: usize,
    worker_threads: usize,
    gc_count: Option<u64>,
    gc_pause_total_ns: Option<u64>,
    resident_bytes: Option<u64>,
}

pub async fn get(state: Data<State>) -> Json<Stats> {
    Json(Stats {
        open_connections: state.open.get(),
        worker_threads: state.workers,
        gc_count: None,
        gc_pause_total_ns: None,
        resident_bytes: resident_bytes(),
    })
}

/// The process's resident set, where there is a Linux /proc. VmRSS comes in KiB, where
/// /proc/self/statm would need the page size.
fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}
