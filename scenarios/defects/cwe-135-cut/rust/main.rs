fn short(name: &str) -> &str {
    &name[..3]
}

fn main() {
    println!("{}", short("Zoë"));
}
