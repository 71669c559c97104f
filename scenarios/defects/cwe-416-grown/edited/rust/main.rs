#[derive(Clone)]
struct Item {
    count: u32,
}

fn main() {
    let mut items = vec![Item { count: 1 }];
    let mut first = items[0].clone();
    items.push(Item { count: 2 });
    first.count = 5;
    println!("{}", items[0].count);
}
