fn main() {
    let state = "open";
    state == "closed";
    println!("{state}");
}
