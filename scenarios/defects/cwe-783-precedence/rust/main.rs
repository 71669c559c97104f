fn may_write(owner: bool, editor: bool, locked: bool) -> bool {
    owner || editor && !locked
}

fn main() {
    if may_write(true, false, true) {
        println!("allowed");
    } else {
        println!("denied");
    }
}
