fn main() {
    let weeks = 010;
    println!("{weeks}");
}
