fn main() {
    let rows = ["alpha", "beta", "gamma"];
    let Ok(n) = "7".parse::<usize>() else {
        println!("not a number");
        return;
    };
    println!("{}", rows[n]);
}
