fn allowed(name: &str) -> bool {
    [".php", ".exe"]
        .iter()
        .all(|ending| !name.ends_with(ending))
}

fn main() {
    if allowed("shell.PHP") {
        println!("stored");
    } else {
        println!("refused");
    }
}
