fn main() {
    let day: i32 = 24 * 60 * 60 * 1_000_000_000;
    println!("{day}");
}
