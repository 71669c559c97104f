use std::fs;

fn main() {
    if fs::remove_file("missing.txt").is_err() {}
    println!("removed");
}
