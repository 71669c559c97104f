fn password() -> &'static str {
    "hunter2"
}

fn main() {
    if password().is_empty() {
        println!("no password");
        return;
    }
    println!("connected");
}
