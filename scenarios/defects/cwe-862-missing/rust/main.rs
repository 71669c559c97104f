use std::collections::HashMap;

fn remove(owners: &mut HashMap<u32, String>, id: u32, user: &str) -> String {
    owners.remove(&id);
    format!("deleted by {user}")
}

fn main() {
    let mut owners = HashMap::from([(1, "ada".to_string())]);
    println!("{}", remove(&mut owners, 1, "bob"));
}
