use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;

fn main() {
    let seen = Mutex::new(HashMap::new());
    thread::scope(|s| {
        for t in 0..2 {
            let seen = &seen;
            s.spawn(move || {
                for i in 0..500_000 {
                    seen.lock().unwrap().insert(2 * i + t, true);
                }
            });
        }
    });
    println!("{}", seen.lock().unwrap().len());
}
