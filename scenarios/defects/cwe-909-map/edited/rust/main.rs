use std::collections::HashMap;

struct Counter {
    name: String,
    hits: HashMap<String, u32>,
}

fn main() {
    let mut c = Counter {
        name: "pages".to_string(),
        hits: HashMap::new(),
    };
    *c.hits.entry(c.name.replace("pages", "/")).or_default() += 1;
    println!("{}", c.hits["/"]);
}
