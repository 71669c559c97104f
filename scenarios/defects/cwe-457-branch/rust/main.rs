fn port(scheme: &str) -> u16 {
    let port: u16;
    if scheme == "http" {
        port = 80;
    }
    port
}

fn main() {
    println!("port {}", port("gopher"));
}
