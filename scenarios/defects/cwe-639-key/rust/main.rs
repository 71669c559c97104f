use std::collections::HashMap;

struct Invoice {
    owner: String,
    sum: u32,
}

fn show(invoices: &HashMap<u32, Invoice>, id: u32) -> String {
    let i = &invoices[&id];
    format!("{} pays {}", i.owner, i.sum)
}

fn invoice(owner: &str, sum: u32) -> Invoice {
    Invoice {
        owner: owner.to_string(),
        sum,
    }
}

fn main() {
    let invoices = HashMap::from([(1, invoice("ada", 10)), (2, invoice("bob", 20))]);
    println!("{}", show(&invoices, 2)); // asked by ada
}
