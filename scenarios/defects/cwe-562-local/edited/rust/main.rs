fn answer() -> i32 {
    let n = "42".parse().unwrap_or(0);
    n
}

fn main() {
    println!("{}", answer());
}
