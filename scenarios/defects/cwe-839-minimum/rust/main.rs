fn row(rows: &[&str], i: isize) -> String {
    if i < rows.len() as isize {
        return rows[i as usize].to_string();
    }
    "no such row".to_string()
}

fn main() {
    println!("{}", row(&["alpha", "beta"], -1));
}
