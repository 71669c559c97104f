//go:build rust

package main

/*
#cgo LDFLAGS: -L${SRCDIR} -ltogether -lm
#cgo linux LDFLAGS: -ldl -lpthread
#include <stddef.h>
#include <stdint.h>
uint64_t together_add(uint64_t a, uint64_t b);
uint64_t together_mix(uint64_t x, size_t steps);
uint64_t together_hash(const uint8_t *data, size_t length);
*/
import "C"

import (
	"encoding/binary"
	"unsafe"
)

// borderWorks are the works of goWorks, each call of which crosses into Rust.
func borderWorks() []work {
	works := goWorks() // for the names and the numbers of calls
	works[0].call = func(calls int, x uint64) uint64 {
		for range calls {
			x = uint64(C.together_add(C.uint64_t(x), 3))
		}
		return x
	}
	works[1].call = mixSteps(100)
	works[2].call = func(calls int, x uint64) uint64 {
		page := make([]byte, 1024)
		for range calls {
			binary.LittleEndian.PutUint64(page, x)
			x = uint64(C.together_hash((*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(page))), C.size_t(len(page))))
		}
		return x
	}
	works[3].call = mixSteps(10_000)
	return works
}

func mixSteps(steps C.size_t) func(int, uint64) uint64 {
	return func(calls int, x uint64) uint64 {
		for range calls {
			x = uint64(C.together_mix(C.uint64_t(x), steps))
		}
		return x
	}
}
