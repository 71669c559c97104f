struct Page {
    old: String,
    new: String,
}

fn changed(p: &Page) -> bool {
    p.old != p.old
}

fn main() {
    let p = Page {
        old: "a".to_string(),
        new: "b".to_string(),
    };
    if changed(&p) {
        println!("changed");
    } else {
        println!("same {}", p.new);
    }
}
