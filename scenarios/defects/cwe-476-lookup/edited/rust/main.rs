use std::collections::HashMap;

struct User {
    mail: String,
}

fn main() {
    let ada = User {
        mail: "ada@example.org".to_string(),
    };
    let users = HashMap::from([("ada", ada)]);
    println!("{}", users.get("bob").unwrap().mail);
}
