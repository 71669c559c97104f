use std::collections::HashMap;

fn main() {
    let ports = HashMap::from([("http", 80), ("http", 443)]);
    println!("{}", ports.get("https").copied().unwrap_or_default());
}
