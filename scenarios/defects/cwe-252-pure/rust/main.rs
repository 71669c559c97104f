fn main() {
    let name = " ada ";
    name.trim();
    println!("[{name}]");
}
