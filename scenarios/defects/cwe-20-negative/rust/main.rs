use std::num::ParseIntError;

fn total(quantity: &str) -> Result<i64, ParseIntError> {
    Ok(quantity.parse::<i64>()? * 250)
}

fn main() {
    match total("-3") {
        Ok(sum) => println!("total {sum}"),
        Err(_) => println!("refused"),
    }
}
