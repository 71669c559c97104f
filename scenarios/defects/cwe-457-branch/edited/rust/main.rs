fn port(scheme: &str) -> u16 {
    let mut port: u16 = 0;
    if scheme == "http" {
        port = 80;
    }
    port
}

fn main() {
    println!("port {}", port("gopher"));
}
