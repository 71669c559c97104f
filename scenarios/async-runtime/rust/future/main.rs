//! Calls an async function. That makes a future; nobody in the standard library polls it.

async fn work() {
    println!("ran");
}

fn main() {
    let future = work();
    println!("made a future of {} bytes", std::mem::size_of_val(&future));
}
