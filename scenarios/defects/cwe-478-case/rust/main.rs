#[derive(Clone, Copy)]
enum State {
    Active,
    Closed,
    Suspended,
}

fn label(s: State) -> &'static str {
    match s {
        State::Active => "active",
        State::Closed => "closed",
    }
}

fn main() {
    for s in [State::Active, State::Closed] {
        let _ = label(s);
    }
    println!("{}", label(State::Suspended));
}
