fn main() {
    let values = ["a", "b", "c"];
    let mut n = 0;
    let mut i: u8 = 2;
    while i >= 0 {
        if !values[i as usize].is_empty() {
            n += 1;
        }
        i -= 1;
    }
    println!("{n}");
}
