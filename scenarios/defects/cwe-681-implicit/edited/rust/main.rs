fn header(size: i64) -> i32 {
    size.try_into().unwrap()
}

fn main() {
    println!("{}", header(5_000_000_000));
}
