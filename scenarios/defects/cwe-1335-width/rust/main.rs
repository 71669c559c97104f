fn flag(n: u32) -> u32 {
    1 << n
}

fn main() {
    println!("{}", flag(32));
}
