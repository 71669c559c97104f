struct Config {
    limit: u32,
}

impl Config {
    fn set_limit(&mut self, limit: u32) {
        self.limit = self.limit;
    }
}

fn main() {
    let mut c = Config { limit: 3 };
    c.set_limit(7);
    println!("{}", c.limit);
}
