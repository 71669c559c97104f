fn parse(text: &str) -> u32 {
    text.parse().expect("a number")
}

fn main() {
    println!("left {}", parse("5") - parse("10"));
}
