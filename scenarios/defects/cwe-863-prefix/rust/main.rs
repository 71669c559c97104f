fn allowed(path: &str) -> bool {
    path.starts_with("/public")
}

fn main() {
    if allowed("/public-keys/private") {
        println!("allowed");
    } else {
        println!("denied");
    }
}
