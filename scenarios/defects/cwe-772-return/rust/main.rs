use std::sync::Mutex;

struct Account {
    total: Mutex<i32>,
}

impl Account {
    fn add(&self, n: i32) {
        let mut total = self.total.lock().unwrap();
        if n < 0 {
            return;
        }
        *total += n;
    }
}

fn main() {
    let a = Account {
        total: Mutex::new(0),
    };
    a.add(-1);
    a.add(1);
    println!("{}", a.total.lock().unwrap());
}
