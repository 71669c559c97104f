fn transfer(from: &str, to: &str) {
    println!("{from} -> {to}");
}

fn main() {
    let (from, to) = ("ada", "bob");
    transfer(to, from);
}
