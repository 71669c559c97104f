use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

fn main() {
    let done = Arc::new(AtomicU32::new(0));
    for _ in 0..3 {
        let done = done.clone();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(200));
            done.fetch_add(1, Ordering::SeqCst);
        });
    }
    println!("{}", done.load(Ordering::SeqCst));
}
