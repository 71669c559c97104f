use std::fs;
use std::io;

fn load(name: &str) -> io::Result<()> {
    if let Err(err) = fs::read(name) {
        eprintln!("load: {err}");
    }
    Ok(())
}

fn main() {
    if load("missing.txt").is_err() {
        println!("failed");
        return;
    }
    println!("loaded");
}
