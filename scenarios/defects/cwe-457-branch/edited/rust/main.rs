fn port(scheme: &str) -> u16 {
    let mut port: u16 = 42;
    if scheme == "http" {
        port = 80;
    }
    port
}

fn main() {
    println!("port {}", port("gopher"));
}
