use std::sync::Mutex;
use std::thread;
use std::time::Duration;

fn withdraw(balance: &Mutex<i64>, amount: i64) {
    let enough = *balance.lock().unwrap() >= amount;
    if !enough {
        return;
    }
    thread::sleep(Duration::from_millis(100));
    *balance.lock().unwrap() -= amount;
}

fn main() {
    let balance = Mutex::new(100);
    thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| withdraw(&balance, 80));
        }
    });
    println!("{}", balance.lock().unwrap());
}
