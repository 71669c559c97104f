fn enter(admin: bool) -> &'static str {
    if admin == true {
        return "welcome";
    }
    "denied"
}

fn main() {
    println!("{}", enter(false));
}
