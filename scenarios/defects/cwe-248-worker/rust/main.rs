use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

fn main() {
    let sum = Arc::new(AtomicI64::new(0));
    let mut threads = Vec::new();
    for part in [vec![10], vec![], vec![30]] {
        let sum = sum.clone();
        threads.push(thread::spawn(move || {
            sum.fetch_add(part[0], Ordering::SeqCst);
        }));
    }
    for t in threads {
        let _ = t.join();
    }
    println!("sum {}", sum.load(Ordering::SeqCst));
}
