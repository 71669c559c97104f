//! `GET /hash?rounds=N`

use std::fmt::{self, Display};

use actix_web::HttpRequest;
use actix_web::web::{Data, Json, block};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::State;
use crate::problem::Problem;
use crate::query::integer;

const MAX_ROUNDS: u64 = 1_000_000;

/// The number of rounds, some tens of microseconds, from which a chain leaves the event
/// loop. It takes a place first: without places up to 512 threads would share the CPUs,
/// and the workers would get one turn among many.
const LONG_CHAIN: u64 = 256;

#[derive(Serialize)]
pub struct Hashed {
    rounds: u64,
    digest: Hex,
}

pub async fn get(request: HttpRequest, state: Data<State>) -> Result<Json<Hashed>, Problem> {
    let rounds = integer(request.uri(), "rounds", 1..=MAX_ROUNDS).ok_or(Problem::HashRounds)?;
    let digest = if rounds < LONG_CHAIN {
        chain(rounds)
    } else {
        let place = state.hashing.acquire().await;
        let _place = place.map_err(|_| Problem::Unfinished)?;
        let task = block(move || chain(rounds));
        task.await.map_err(|_| Problem::Unfinished)?
    };
    Ok(Json(Hashed { rounds, digest }))
}

/// The last of `rounds` digests, each the SHA-256 of the one before it.
fn chain(rounds: u64) -> Hex {
    let mut digest: [u8; 32] = Sha256::digest(b"assay").into();
    for _ in 1..rounds {
        digest = Sha256::digest(digest).into();
    }
    Hex(digest)
}

/// A digest in lower-case hexadecimal digits.
struct Hex([u8; 32]);

impl Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
