fn mean(values: &[usize]) -> usize {
    values.iter().sum::<usize>() / values.len()
}

fn main() {
    println!("{}", mean(&[]));
}
