use std::fs;
use std::path::Path;

fn main() {
    fs::create_dir("public").expect("folder");
    fs::write("private.txt", "secret").expect("file");
    match fs::read_to_string(Path::new("public").join("../private.txt")) {
        Ok(text) => println!("{text}"),
        Err(_) => println!("refused"),
    }
}
