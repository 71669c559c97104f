#[derive(Debug)]
struct User {
    name: String,
    password: String,
}

fn main() {
    let u = User {
        name: "ada".to_string(),
        password: "hunter2".to_string(),
    };
    if u.name.is_empty() || u.password.is_empty() {
        return;
    }
    println!("user {u:?}");
}
