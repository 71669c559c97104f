//! Orders: reading, checking, pricing.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Deserialize as DeriveDeserialize, Serialize};

use crate::problem::Problem;
use crate::query::MAX_INTEGER;

const MAX_CUSTOMER: usize = 64; // Unicode scalar values
const MAX_LINES: usize = 50;
const MAX_QUANTITY: u64 = 100;

/// An order as it comes. Serde refuses what is missing, doubled or unknown, and
/// `serde_json` what is not valid UTF-8 or half of a surrogate pair.
#[derive(DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Order<'a> {
    #[serde(borrow)]
    customer: Cow<'a, str>,
    items: Vec<Object<Line>>,
}

#[derive(DeriveDeserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub id: u64,
    pub quantity: u64,
}

impl<'a> Order<'a> {
    /// Reads an order and checks its form, then its meaning.
    pub fn read(body: &'a [u8]) -> Result<Self, Problem> {
        let Object(order): Object<Self> =
            serde_json::from_slice(body).map_err(|_| Problem::MalformedOrder)?;
        let in_range = |Object(line): &Object<Line>| line.id.max(line.quantity) <= MAX_INTEGER;
        if !order.items.iter().all(in_range) {
            return Err(Problem::MalformedOrder);
        }
        order.check()?;
        Ok(order)
    }

    fn check(&self) -> Result<(), Problem> {
        if !(1..=MAX_CUSTOMER).contains(&self.customer.chars().count()) {
            return Err(Problem::Customer);
        }
        if !(1..=MAX_LINES).contains(&self.items.len()) {
            return Err(Problem::Items);
        }
        let fits = |Object(line): &Object<Line>| (1..=MAX_QUANTITY).contains(&line.quantity);
        if !self.items.iter().all(fits) {
            return Err(Problem::Quantity);
        }
        Ok(())
    }

    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.items.iter().map(|Object(line)| line)
    }

    /// The order with its prices; `price_cents` gives that of the `i`th line's item.
    pub fn price(self, price_cents: impl Fn(usize, &Line) -> i64) -> Priced<'a> {
        let price = |(i, line)| PricedLine::new(line, price_cents(i, line));
        let lines: Vec<PricedLine> = self.lines().enumerate().map(price).collect();
        Priced {
            customer: self.customer,
            total_cents: lines.iter().map(|line| line.line_cents).sum(),
            lines,
        }
    }
}

/// An order as it is answered; the fields are in the contract's order.
#[derive(Serialize)]
pub struct Priced<'a> {
    customer: Cow<'a, str>,
    lines: Vec<PricedLine>,
    total_cents: i64,
}

#[derive(Serialize)]
struct PricedLine {
    id: u64,
    quantity: u64,
    price_cents: i64,
    line_cents: i64,
}

impl PricedLine {
    fn new(line: &Line, price_cents: i64) -> Self {
        Self {
            id: line.id,
            quantity: line.quantity,
            price_cents,
            line_cents: price_cents * line.quantity as i64, // at most MAX_QUANTITY
        }
    }
}

/// Reads `T` from a JSON object alone. A derived struct would also be read from an array
/// of its fields.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
}
