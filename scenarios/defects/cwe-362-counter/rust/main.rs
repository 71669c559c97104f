use std::thread;
use std::time::Duration;

fn main() {
    let mut count = 0;
    let mut threads = Vec::new();
    for _ in 0..2 {
        threads.push(thread::spawn(|| {
            let seen = count;
            thread::sleep(Duration::from_millis(100));
            count = seen + 1;
        }));
    }
    for t in threads {
        t.join().expect("thread");
    }
    println!("{count}");
}
