//! The functions of work.go, as a static library with the C calling convention.

/// Adds two numbers, which wrap around as in Go.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn together_add(a: u64, b: u64) -> u64 {
    a.wrapping_add(b)
}

/// Feeds a number through splitmix64 so many times.
#[unsafe(no_mangle)]
#[inline(never)]
pub extern "C" fn together_mix(mut x: u64, steps: usize) -> u64 {
    for _ in 0..steps {
        x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^= x >> 31;
    }
    x
}

/// FNV-1a of 64 bits.
///
/// # Safety
///
/// `data` points to `length` bytes, which nobody writes during the call.
#[unsafe(no_mangle)]
#[inline(never)]
pub unsafe extern "C" fn together_hash(data: *const u8, length: usize) -> u64 {
    // SAFETY: the caller's promise above.
    let bytes = unsafe { std::slice::from_raw_parts(data, length) };
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)
    })
}
