fn main() {
    let amount: i32 = "12x".parse().unwrap_or_default();
    println!("amount {amount}");
}
