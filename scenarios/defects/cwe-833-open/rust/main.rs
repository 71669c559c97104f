use std::sync::mpsc;
use std::thread;

fn main() {
    let (send, numbers) = mpsc::channel();
    let worker = send.clone();
    thread::spawn(move || {
        for i in 1..=3 {
            worker.send(i).expect("send");
        }
    });
    let mut sum = 0;
    for n in numbers {
        sum += n;
    }
    println!("{sum}");
}
