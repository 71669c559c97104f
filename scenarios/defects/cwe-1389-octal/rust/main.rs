fn main() {
    let mode = 0644;
    println!("{mode}");
}
