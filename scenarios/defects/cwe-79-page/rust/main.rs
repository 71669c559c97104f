fn page(name: &str) -> String {
    format!("<p>{name}</p>")
}

fn main() {
    println!("{}", page("<b>ada"));
}
