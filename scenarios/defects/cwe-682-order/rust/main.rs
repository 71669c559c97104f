fn percent(done: u32, total: u32) -> u32 {
    done / total * 100
}

fn main() {
    println!("{} %", percent(3, 4));
}
