fn connect(dsn: &str) -> Result<(), String> {
    Err(format!("cannot connect to {dsn}"))
}

fn main() {
    if let Err(err) = connect("db://app:hunter2@host/main") {
        println!("{err}");
    }
}
