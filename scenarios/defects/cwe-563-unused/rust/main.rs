fn main() {
    let price = 100;
    let reduced = price * 9 / 10;
    println!("{price}");
}
