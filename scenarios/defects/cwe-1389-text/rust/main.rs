fn main() {
    let mode: u32 = "0644".parse().expect("a number");
    println!("{mode}");
}
