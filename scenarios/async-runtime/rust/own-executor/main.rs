//! The same work with an executor that the program brings along: the smallest one, which polls again and again.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

async fn work() {
    println!("ran");
}

/// Polls a future until it is done.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        std::thread::yield_now();
    }
}

fn main() {
    block_on(work());
}
