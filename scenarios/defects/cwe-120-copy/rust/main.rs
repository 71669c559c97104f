fn main() {
    let mut field = [0u8; 8];
    let name = String::from("production-db").into_bytes();
    field.copy_from_slice(&name);
    println!("{}", String::from_utf8_lossy(&field));
}
