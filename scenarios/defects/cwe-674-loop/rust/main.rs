fn depth(parents: &[i32], i: usize) -> u64 {
    if parents[i] < 0 {
        return 0;
    }
    1 + depth(parents, parents[i] as usize)
}

fn main() {
    println!("{}", depth(&[-1, 2, 1], 1));
}
