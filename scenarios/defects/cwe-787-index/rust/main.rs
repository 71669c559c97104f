fn main() {
    let mut slots = [0; 3];
    let mut used = 0;
    for v in [10, 20, 30, 40] {
        slots[used] = v;
        used += 1;
    }
    println!("{used} full {}", slots.len());
}
