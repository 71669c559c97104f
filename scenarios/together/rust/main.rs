//! Times the same functions, called from Rust.

#[path = "lib.rs"]
mod functions;

use functions::{together_add, together_hash, together_mix};
use std::hint::black_box;
use std::time::Instant;

/// Name, calls, and what makes so many calls, each of which takes the last one's answer.
type Work = (&'static str, u32, fn(u32, u64) -> u64);

const WORKS: [Work; 4] = [
    ("add two numbers", 500_000, |calls, x| {
        // Seen through, the whole loop would become one multiplication.
        let add = black_box(together_add as extern "C" fn(u64, u64) -> u64);
        (0..calls).fold(x, |x, _| add(x, 3))
    }),
    ("splitmix64, 100 steps", 100_000, |calls, x| {
        (0..calls).fold(x, |x, _| together_mix(x, 100))
    }),
    ("FNV-1a of 1 KiB", 20_000, |calls, x| {
        let mut page = [0; 1024];
        (0..calls).fold(x, |x, _| {
            page[..8].copy_from_slice(&x.to_le_bytes());
            // SAFETY: pointer and length are of one array, which lives on.
            unsafe { together_hash(page.as_ptr(), page.len()) }
        })
    }),
    ("splitmix64, 10,000 steps", 1_000, |calls, x| {
        (0..calls).fold(x, |x, _| together_mix(x, 10_000))
    }),
];

fn main() {
    for (name, calls, work) in WORKS {
        work(calls / 10, 1); // discarded, as in main.go
        let begun = Instant::now();
        let answer = work(calls, 1);
        let nanos = begun.elapsed().as_nanos() as f64 / f64::from(calls);
        println!(
            r#"{{"work":"{name}","side":"rust","calls":{calls},"ns_per_call":{nanos},"answer":"{answer:016x}"}}"#
        );
    }
}
