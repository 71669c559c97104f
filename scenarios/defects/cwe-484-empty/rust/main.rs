fn kind(day: &str) -> String {
    let mut text = "weekday".to_string();
    match day {
        "saturday" => {}
        "sunday" => text = "weekend".to_string(),
        _ => {}
    }
    text
}

fn main() {
    println!("{}", kind("saturday"));
}
