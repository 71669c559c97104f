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
    let mut roles = a.roles().to_vec();
    roles[0] = "guest".to_string();
    println!("{}", a.roles()[0]);
}
