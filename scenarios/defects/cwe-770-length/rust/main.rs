fn main() {
    let size = u32::from_be_bytes([0x04, 0, 0, 0]);
    let buffer = vec![0u8; size as usize];
    println!("accepted {}", buffer.len());
}
