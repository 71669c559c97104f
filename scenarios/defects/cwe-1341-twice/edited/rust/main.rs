use std::sync::mpsc;

fn main() {
    let (work, jobs) = mpsc::channel();
    work.send(1).expect("send");
    drop(work.clone());
    for _ in jobs {}
    drop(work);
    println!("done");
}
