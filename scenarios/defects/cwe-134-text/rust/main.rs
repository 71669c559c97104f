fn main() {
    let text = "100%D".to_lowercase();
    println!(text);
}
