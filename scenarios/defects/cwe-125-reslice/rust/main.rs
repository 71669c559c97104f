/// Returns the first `claimed` bytes of a message.
fn echo(message: &[u8], claimed: usize) -> &[u8] {
    &message[..claimed]
}

fn main() {
    let mut buffer = *b"password=hunter2";
    let arrived = b"hi";
    buffer[..arrived.len()].copy_from_slice(arrived);
    let message = &buffer[..arrived.len()];
    println!("{}", String::from_utf8_lossy(echo(message, 16)));
}
