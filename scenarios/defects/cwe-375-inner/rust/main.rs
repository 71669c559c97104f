struct Account {
    roles: Vec<String>,
}

impl Account {
    fn roles(&self) -> &[String] {
        &self.roles
    }
}

fn main() {
    let a = Account {
        roles: vec!["admin".to_string()],
    };
    let roles = a.roles();
    roles[0] = "guest".to_string();
    println!("{}", a.roles()[0]);
}
