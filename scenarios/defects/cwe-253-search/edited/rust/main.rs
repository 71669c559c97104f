fn main() {
    let sizes = [1, 3, 5, 7];
    let i = sizes.binary_search(&4).unwrap();
    println!("found {}", sizes[i]);
}
