use std::process::Command;

fn main() {
    let name = "ada; echo owned";
    let out = Command::new("sh")
        .arg("-c")
        .arg(format!("echo hello {name}"))
        .output()
        .expect("sh");
    print!("{}", String::from_utf8_lossy(&out.stdout));
}
