fn main() {
    let limit = 3;
    if "strict".len() > 3 {
        let limit = 7;
    }
    println!("{limit}");
}
