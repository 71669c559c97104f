use std::sync::Mutex;

struct Counter {
    n: Mutex<u32>,
}

impl Counter {
    fn add(&self) {
        *self.n.lock().unwrap() += 1;
    }
}

fn main() {
    let c = Counter { n: Mutex::new(0) };
    c.add();
    c.add();
    println!("{}", c.n.lock().unwrap());
}
