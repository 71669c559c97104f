use std::sync::Mutex;
use std::thread;
use std::time::Duration;

fn both(first: &Mutex<i32>, second: &Mutex<i32>) {
    let mut x = first.lock().unwrap();
    thread::sleep(Duration::from_millis(100));
    let mut y = second.lock().unwrap();
    *x += 1;
    *y += 1;
}

fn main() {
    let (a, b) = (Mutex::new(0), Mutex::new(0));
    thread::scope(|s| {
        s.spawn(|| both(&a, &b));
        s.spawn(|| both(&b, &a));
    });
    println!("done");
}
