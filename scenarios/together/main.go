// Command together times the same functions written in Go and in Rust, both called from Go. README.md says how it is built.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"
)

// A measurement is one line of output. Both languages print the same.
type measurement struct {
	Work   string  `json:"work"`
	Side   string  `json:"side"` // "go": Go calls Go; "border": Go calls Rust; "rust": Rust calls Rust
	Calls  int     `json:"calls"`
	Nanos  float64 `json:"ns_per_call"`
	Answer string  `json:"answer"` // of the last call, each call's answer being the next one's input
}

// A work is a function with as many calls of it as take some milliseconds. call feeds each answer into the next call, so that
// none can be left out.
type work struct {
	name  string
	calls int
	call  func(calls int, x uint64) uint64
}

func main() {
	round := 0
	if len(os.Args) > 1 {
		var err error
		if round, err = strconv.Atoi(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, "usage: together [round]; odd rounds take the other language first")
			os.Exit(2)
		}
	}
	sides := []struct {
		name  string
		works []work
	}{{"go", goWorks()}, {"border", borderWorks()}}
	if round%2 == 1 {
		sides[0], sides[1] = sides[1], sides[0]
	}
	out := json.NewEncoder(os.Stdout)
	for i := range goWorks() {
		for _, side := range sides {
			if i >= len(side.works) {
				continue // built without the Rust part
			}
			if err := out.Encode(measure(side.name, side.works[i])); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}
}

func measure(side string, w work) measurement {
	w.call(w.calls/10, 1) // discarded: caches and frequencies settle
	begun := time.Now()
	answer := w.call(w.calls, 1)
	took := time.Since(begun)
	return measurement{w.name, side, w.calls, float64(took.Nanoseconds()) / float64(w.calls), fmt.Sprintf("%016x", answer)}
}
