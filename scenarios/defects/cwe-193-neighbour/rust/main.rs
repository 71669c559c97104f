fn main() {
    let numbers = [1, 2, 3];
    let mut sums = Vec::new();
    for i in 0..numbers.len() {
        sums.push(numbers[i] + numbers[i + 1]);
    }
    println!("{sums:?}");
}
