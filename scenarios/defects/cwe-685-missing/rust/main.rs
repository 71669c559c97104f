fn main() {
    println!("{} has {}", "ada");
}
