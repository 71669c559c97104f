fn record(mut log: Vec<String>, text: &str) -> Vec<String> {
    log.push(text.to_string());
    return log;
    log.push("done".to_string());
    log
}

fn main() {
    println!("{} logged", record(Vec::new(), "start").len());
}
