fn percent(part: f64, whole: f64) -> i64 {
    (part / whole * 100.0) as i64
}

fn main() {
    println!("{} %", percent(0.0, 0.0));
}
