package main

import "encoding/binary"

// The works, from the least to the most for each call. The Rust part lists the same with the same calls.
func goWorks() []work {
	return []work{
		{"add two numbers", 500_000, func(calls int, x uint64) uint64 {
			for range calls {
				x = add(x, 3)
			}
			return x
		}},
		{"splitmix64, 100 steps", 100_000, func(calls int, x uint64) uint64 {
			for range calls {
				x = mix(x, 100)
			}
			return x
		}},
		{"FNV-1a of 1 KiB", 20_000, func(calls int, x uint64) uint64 {
			page := make([]byte, 1024)
			for range calls {
				binary.LittleEndian.PutUint64(page, x)
				x = hash(page)
			}
			return x
		}},
		{"splitmix64, 10,000 steps", 1_000, func(calls int, x uint64) uint64 {
			for range calls {
				x = mix(x, 10_000)
			}
			return x
		}},
	}
}

// A call is compared with a call: inlined, an addition would take no time at all.
//
//go:noinline
func add(a, b uint64) uint64 { return a + b }

// mix feeds a number through splitmix64 (Steele, Lea, Flood 2014) so many times.
//
//go:noinline
func mix(x uint64, steps int) uint64 {
	for range steps {
		x += 0x9e3779b97f4a7c15
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		x ^= x >> 31
	}
	return x
}

// hash is FNV-1a of 64 bits (RFC 9923).
//
//go:noinline
func hash(data []byte) uint64 {
	h := uint64(0xcbf29ce484222325)
	for _, b := range data {
		h = (h ^ uint64(b)) * 0x100000001b3
	}
	return h
}
