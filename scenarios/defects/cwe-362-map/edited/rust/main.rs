use std::collections::HashMap;
use std::thread;

fn main() {
    let mut seen = HashMap::new();
    thread::scope(|s| {
        for t in 0..2 {
            let mut seen = seen.clone();
            s.spawn(move || {
                for i in 0..500_000 {
                    seen.insert(2 * i + t, true);
                }
            });
        }
    });
    println!("{}", seen.len());
}
