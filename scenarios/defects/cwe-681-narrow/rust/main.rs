fn header(size: i64) -> i32 {
    size as i32
}

fn main() {
    println!("{}", header(5_000_000_000));
}
