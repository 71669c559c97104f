fn pages(items: u32, per_page: u32) -> u32 {
    items / per_page + 1
}

fn main() {
    println!("{} pages", pages(20, 10));
}
