use std::sync::Arc;
use std::thread;
use std::time::Duration;

fn main() {
    let found = Arc::new(Vec::new());
    let mut threads = Vec::new();
    for name in ["a", "b"] {
        let found = found.clone();
        threads.push(thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            found.to_vec().push(name);
        }));
    }
    for t in threads {
        t.join().expect("thread");
    }
    println!("{}", found.len());
}
