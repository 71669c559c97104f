//! What an async program would look like if the standard library could run one.

async fn main() {
    println!("ran");
}
