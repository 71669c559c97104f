use std::cell::RefCell;
use std::rc::{Rc, Weak};

#[derive(Default)]
struct Node {
    other: RefCell<Option<Rc<Node>>>,
}

fn cycle() -> Weak<Node> {
    let parent = Rc::new(Node::default());
    let child = Rc::new(Node::default());
    parent.other.replace(Some(child.clone()));
    child.other.replace(Some(parent.clone()));
    Rc::downgrade(&parent)
}

fn main() {
    let parent = cycle();
    if parent.upgrade().is_none() {
        println!("released");
    } else {
        println!("kept");
    }
}
