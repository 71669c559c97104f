//! The item that a number stands for.

use std::fmt::{self, Display};

use serde::{Serialize, Serializer};

/// 32 words: five bits choose one.
const WORDS: [&str; 32] = [
    "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty",
    "knoll", "larch", "maple", "north", "ocean", "pearl", "quartz", "ridge", "slate", "terra",
    "umber", "vivid", "waltz", "xenon", "yacht", "zephyr", "aspen", "basil", "coral", "dune",
    "elm", "frost",
];

/// 8 sites: three bits choose one.
const SITES: [&str; 8] = [
    "berlin", "dublin", "lisbon", "madrid", "oslo", "paris", "vienna", "zurich",
];

/// The generator's step from Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014.
pub fn splitmix64(x: u64) -> u64 {
    let mut z = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The price of item `id`, 100 to 99,999 cents.
pub fn price_cents(id: u64) -> i64 {
    price(splitmix64(splitmix64(id)))
}

fn price(h1: u64) -> i64 {
    100 + ((h1 >> 10) % 99_900) as i64
}

/// An item as it is answered; the fields are in the contract's order.
#[derive(Serialize)]
pub struct Item {
    id: u64,
    sku: Hex,
    name: Phrase,
    price_cents: i64,
    stock: u64,
    warehouse: &'static str,
    tags: [&'static str; 3],
    weight_grams: u64,
    description: Phrase,
    revision: Hex,
}

impl Item {
    pub fn new(id: u64) -> Self {
        let h0 = splitmix64(id);
        let h1 = splitmix64(h0);
        let h2 = splitmix64(h1);
        let h3 = splitmix64(h2);
        Self {
            id,
            sku: Hex(h0),
            name: Phrase { bits: h1, words: 2 },
            price_cents: price(h1),
            stock: (h1 >> 40) % 1000,
            warehouse: SITES[(h1 >> 61) as usize],
            tags: [word(h2, 0), word(h2, 1), word(h2, 2)],
            weight_grams: 1 + (h2 >> 20) % 20_000,
            description: Phrase {
                bits: h3,
                words: 10,
            },
            revision: Hex(h3),
        }
    }
}

/// The word that the `i`th five bits choose, the lowest first.
fn word(bits: u64, i: u32) -> &'static str {
    WORDS[(bits >> (5 * i) & 31) as usize]
}

/// 16 lower-case hexadecimal digits.
struct Hex(u64);

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:016x}", self.0))
    }
}

/// Words with a space between them, each chosen by five bits.
struct Phrase {
    bits: u64,
    words: u32,
}

impl Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(word(self.bits, 0))?;
        for i in 1..self.words {
            f.write_str(" ")?;
            f.write_str(word(self.bits, i))?;
        }
        Ok(())
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
