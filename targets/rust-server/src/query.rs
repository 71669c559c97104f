//! Integer parameters of the query.

use std::ops::RangeInclusive;

use axum::http::Uri;

/// Whether there is a parameter `name`, whatever its value.
pub fn has(uri: &Uri, name: &str) -> bool {
    let query = uri.query().unwrap_or_default().as_bytes();
    form_urlencoded::parse(query).any(|(key, _)| key == name)
}

/// 2^53-1, the largest integer that every JSON reader keeps exact.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// The parameter `name`, if it is 1 to 16 ASCII digits and in `range`. Of two parameters
/// of that name the first counts.
pub fn integer(uri: &Uri, name: &str, range: RangeInclusive<u64>) -> Option<u64> {
    let query = uri.query()?.as_bytes();
    let (_, digits) = form_urlencoded::parse(query).find(|(key, _)| key == name)?;
    // u64's own parser would take a plus sign.
    if digits.len() > 16 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|value| range.contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers() {
        let cases = [
            ("/x?n=5", Some(5)),
            ("/x?n=0", Some(0)),
            ("/x?n=10", Some(10)),
            ("/x?n=11", None),
            ("/x?n=0000000000000005", Some(5)),
            ("/x?n=00000000000000005", None),
            ("/x?n=+5", None),
            ("/x?n=%2B5", None),
            ("/x?n=%35", Some(5)),
            ("/x?%6E=5", Some(5)),
            ("/x?n=5&n=6", Some(5)),
            ("/x?n=&n=6", None),
            ("/x?m=1&n=6", Some(6)),
            ("/x?n", None),
            ("/x?", None),
            ("/x", None),
        ];
        for (text, want) in cases {
            let uri: Uri = text.parse().unwrap();
            assert_eq!(integer(&uri, "n", 0..=10), want, "{text}");
        }
    }
}
