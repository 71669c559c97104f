fn parse(text: &str) -> i32 {
    text.parse().expect("a number")
}

fn main() {
    println!("{}", parse("2000000000") + parse("2000000000"));
}
