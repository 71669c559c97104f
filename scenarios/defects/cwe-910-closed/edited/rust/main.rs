use std::fs::{self, File};
use std::io::Write;

fn main() {
    let mut file = File::create("log.txt").expect("create");
    writeln!(file, "first").expect("write");
    drop(&file);
    let _ = writeln!(file, "second");
    let text = fs::read_to_string("log.txt").expect("read");
    println!("{} lines", text.lines().count());
}
