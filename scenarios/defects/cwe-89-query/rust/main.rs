fn query(name: &str) -> String {
    format!("SELECT * FROM users WHERE name = '{name}'")
}

fn main() {
    println!("{}", query("x' OR '1'='1"));
}
