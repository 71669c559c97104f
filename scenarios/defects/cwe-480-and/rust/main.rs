fn has(values: &[i32], i: usize, v: i32) -> bool {
    (i < values.len()) & (values[i] == v)
}

fn main() {
    if has(&[1, 2], 2, 3) {
        println!("present");
    } else {
        println!("absent");
    }
}
