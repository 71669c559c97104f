fn word(n: i32) -> &'static str {
    match n {
        1 => "one",
        2 => "two",
        2 => "three",
        _ => "many",
    }
}

fn main() {
    println!("{}", word(3));
}
