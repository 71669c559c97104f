fn main() {
    let names = ["ada"];
    names.iter().chain(&["bob"]);
    println!("{}", names.len());
}
