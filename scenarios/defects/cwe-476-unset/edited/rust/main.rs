struct Address {
    city: String,
}

struct Customer {
    name: String,
    address: Option<Address>,
}

fn customer(name: &str, city: Option<&str>) -> Customer {
    Customer {
        name: name.to_string(),
        address: city.map(|c| Address {
            city: c.to_string(),
        }),
    }
}

fn main() {
    let c = customer("ada", None);
    println!("{} {}", c.name, c.address.unwrap().city);
}
