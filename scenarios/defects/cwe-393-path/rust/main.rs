fn code(colour: &str) -> i32 {
    if colour == "red" {
        return 1;
    }
    if colour == "green" {
        return 2;
    }
}

fn main() {
    println!("{}", code("blue"));
}
