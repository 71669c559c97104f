use std::thread;
use std::time::{Duration, Instant};

fn main() {
    let begin = Instant::now();
    thread::sleep(Duration::from_nanos(20));
    if begin.elapsed() >= Duration::from_millis(20) {
        println!("waited");
    } else {
        println!("did not wait");
    }
}
