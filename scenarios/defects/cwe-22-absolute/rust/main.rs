use std::fs;
use std::path::{self, Path};

fn main() {
    fs::create_dir("public").expect("folder");
    fs::write("private.txt", "secret").expect("file");
    let name = path::absolute("private.txt").expect("path");
    match fs::read_to_string(Path::new("public").join(name)) {
        Ok(text) => println!("{text}"),
        Err(_) => println!("refused"),
    }
}
