fn main() {
    let name = "ada";
    println!("{} has ", name);
}
