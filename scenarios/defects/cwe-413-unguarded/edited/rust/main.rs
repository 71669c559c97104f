use std::sync::Mutex;
use std::thread;
use std::time::Duration;

struct Tally {
    n: Mutex<i32>,
}

fn main() {
    let t = Tally { n: Mutex::new(0) };
    thread::scope(|s| {
        s.spawn(|| {
            let mut n = t.n.lock().unwrap();
            thread::sleep(Duration::from_millis(100));
            *n += 1;
        });
        s.spawn(|| {
            thread::sleep(Duration::from_millis(50));
            *t.n.lock().unwrap() += 1;
        });
    });
    println!("{}", t.n.lock().unwrap());
}
