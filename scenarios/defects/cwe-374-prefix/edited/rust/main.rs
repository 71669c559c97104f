fn show(list: &[i32]) -> String {
    let text: Vec<String> = list.iter().map(|n| n.to_string()).collect();
    format!("[{}]", text.join(" "))
}

fn main() {
    let mut prefix = Vec::with_capacity(4);
    prefix.extend([1, 2]);
    let mut left = prefix.clone();
    left.push(3);
    let mut right = prefix;
    right.push(4);
    println!("{} {}", show(&left), show(&right));
}
