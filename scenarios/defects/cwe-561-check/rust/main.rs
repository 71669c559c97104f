fn valid(name: &str) -> bool {
    !name.contains('/')
}

fn main() {
    let name = "a/b";
    println!("created {name}");
}
