use std::thread;
use std::time::Duration;

fn main() {
    let mut result = 0;
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(100));
        result = 42;
    });
    println!("{result}");
    thread::sleep(Duration::from_millis(300)); // other work
}
