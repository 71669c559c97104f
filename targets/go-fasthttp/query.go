package main

import (
	"strconv"

	"github.com/valyala/fasthttp"
)

// maxInteger is 2^53-1, the largest integer that every JSON reader keeps exact.
const maxInteger = 1<<53 - 1

// integer returns the query parameter name, if it is 1 to 16 ASCII digits and from low to
// high. Of two parameters of that name the first counts.
func integer(ctx *fasthttp.RequestCtx, name string, low, high uint64) (value uint64, ok bool) {
	digits := ctx.QueryArgs().Peek(name)
	if len(digits) > 16 {
		return 0, false
	}
	// ParseUint takes neither signs nor, in base 10, underscores.
	value, err := strconv.ParseUint(string(digits), 10, 64)
	return value, err == nil && low <= value && value <= high
}
