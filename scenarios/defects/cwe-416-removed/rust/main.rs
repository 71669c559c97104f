fn main() {
    let mut numbers = vec![2, 1, 1, 4];
    for (i, n) in numbers.iter().enumerate() {
        if n % 2 != 0 {
            numbers.remove(i);
        }
    }
    let text: Vec<String> = numbers.iter().map(|n| n.to_string()).collect();
    println!("[{}]", text.join(" "));
}
