use std::sync::Mutex;

struct Store {
    total: Mutex<i32>,
}

impl Store {
    fn read(&self) -> i32 {
        *self.total.lock().unwrap()
    }

    fn double(&self) {
        let mut total = self.total.lock().unwrap();
        *total += self.read();
    }
}

fn main() {
    let s = Store {
        total: Mutex::new(50),
    };
    s.double();
    println!("{}", s.read());
}
