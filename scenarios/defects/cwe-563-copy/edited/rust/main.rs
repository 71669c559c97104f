struct User {
    active: bool,
}

fn main() {
    let mut users = [User { active: false }, User { active: false }];
    for u in &mut users {
        u.active = true;
    }
    println!("{}", users[0].active);
}
