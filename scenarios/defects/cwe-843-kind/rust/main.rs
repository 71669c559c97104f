use std::any::Any;
use std::collections::HashMap;

fn main() {
    let port: Box<dyn Any> = Box::new("8080");
    let settings = HashMap::from([("port", port)]);
    let port = settings["port"].downcast_ref::<i32>();
    println!("{}", port + 1);
}
