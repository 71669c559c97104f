use std::sync::Mutex;

fn main() {
    let n = Mutex::new(0);
    let mut held = n.lock().unwrap();
    *held += 1;
    drop(&held);
    drop(held);
    println!("{}", n.lock().unwrap());
}
