fn main() {
    let mut paid = 0.0;
    for _ in 0..10 {
        paid += 0.1;
    }
    if paid == 1.0 {
        println!("paid");
    } else {
        println!("open");
    }
}
