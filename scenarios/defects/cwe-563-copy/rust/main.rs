struct User {
    active: bool,
}

fn main() {
    let users = [User { active: false }, User { active: false }];
    for u in &users {
        u.active = true;
    }
    println!("{}", users[0].active);
}
