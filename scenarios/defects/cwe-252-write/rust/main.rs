use std::fs;

fn main() {
    fs::write("missing/notes.txt", "text");
    println!("saved");
}
