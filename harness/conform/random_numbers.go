package conform

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/assay-bench/assay/harness/model"
)

// A numbered is an endpoint with one integer parameter.
type numbered struct {
	path, name string
	draw       func(*rand.Rand) uint64 // a number that is quick to answer
	edges      []uint64                // numbers that are just allowed
	outside    []uint64                // numbers that are just not
}

func numberedEndpoints() []numbered {
	return []numbered{
		{
			path:    "/item",
			name:    "id",
			draw:    func(r *rand.Rand) uint64 { return r.Uint64() >> (11 + r.UintN(53)) }, // of any length
			edges:   []uint64{0, 1, 1<<31 - 1, 1 << 31, 1<<32 - 1, 1 << 32, model.MaxInteger - 1, model.MaxInteger},
			outside: []uint64{model.MaxInteger + 1, 1<<63 - 1, 1 << 63, 1<<64 - 1},
		},
		{
			path:    "/hold",
			name:    "ms",
			draw:    func(r *rand.Rand) uint64 { return r.Uint64N(20) },
			edges:   []uint64{0, 1},
			outside: []uint64{model.MaxHoldMillis + 1, 1 << 32, model.MaxInteger},
		},
		{
			path:    "/hash",
			name:    "rounds",
			draw:    func(r *rand.Rand) uint64 { return 1 + r.Uint64N(300) },
			edges:   []uint64{model.MinRounds, model.MinRounds + 1, model.MaxRounds},
			outside: []uint64{model.MinRounds - 1, model.MaxRounds + 1, 1<<32 + 1, model.MaxInteger},
		},
	}
}

// numberVariants returns the ways to ask the endpoints with an integer parameter. In a
// query, $n stands for the parameter's name, $N for it in upper case, $v for a number that
// it may have and $w for one of at most nine digits, before which zeros have room.
func numberVariants() []variant {
	var variants []variant
	for _, e := range numberedEndpoints() {
		for _, query := range []string{
			"?$n=$v", "?x=1&$n=$v", "?$n=$v&x=$v", "?$n=$v&$n=abc", "?$n=$v&$n=$v", "?&&$n=$v&", "?x&=&$n=$v", "?$n=0000000$w",
			"?$n=%30$w", "?x=%26&$n=$v", "?x+y=1&$n=$v",
		} {
			variants = append(variants, e.variant(query, 200))
		}
		for _, query := range []string{
			"", "?", "?$n", "?$n=", "?x=$v", "?$n=abc", "?$n=-1", "?$n=+$v", "?$n=%20$v", "?$n=$v%20", "?$n=1.0", "?$n=1e1",
			"?$n=0x1", "?$n=1_0", "?$n=$v,1", "?$n=%D9%A1", "?$n=$v%00", "?$n=abc&$n=$v", "?$n=&$n=$v", "?$n%20=$v", "?$N=$v",
			"?$n=00000000000000001", "?$n=18446744073709551617", "?$n=$v;x=1", "?$n=$v%", "?$n=%zz", "?$n=1+", "?$n%3D$v",
		} {
			variants = append(variants, e.variant(query, 400))
		}
		variants = append(variants, e.oneOf("edge", e.edges, 200), e.oneOf("outside", e.outside, 400))
	}
	return variants
}

// variant makes requests with a query of the form given.
func (e numbered) variant(query string, status int) variant {
	return variant{
		name:   query,
		status: status,
		make: func(r *rand.Rand) request {
			n := e.draw(r)
			return e.request(strings.NewReplacer(
				"$n", e.name, "$N", strings.ToUpper(e.name), "$v", fmt.Sprint(n), "$w", fmt.Sprint(1+n%999_999_999),
			).Replace(query))
		},
	}
}

// oneOf makes requests with one of the numbers.
func (e numbered) oneOf(name string, numbers []uint64, status int) variant {
	return variant{
		name:   name,
		status: status,
		make: func(r *rand.Rand) request {
			return e.request(fmt.Sprintf("?%s=%d", e.name, numbers[r.IntN(len(numbers))]))
		},
	}
}

func (e numbered) request(query string) request { return get(e.path + query) }

// pathVariants returns requests whose path or method is what matters.
func pathVariants() []variant {
	variants := []variant{
		fixed("health", 200, get("/healthz")),
		fixed("health with a query", 200, get("/healthz?x=1")),
		fixed("asks for compression", 200, request{
			method: "GET", target: "/item?id=7&zip", headers: map[string]string{"Accept-Encoding": "gzip, deflate, br, zstd"},
		}),
	}
	for _, path := range []string{"/", "/nope", "/items", "/item/", "/item/7", "/ITEM?id=7", "/healthz/", "//item?id=7", "/it%65m?id=7", "/item%3Fid=7", "/./item?id=7", "/x/../item?id=7", "/orders/1"} {
		variants = append(variants, fixed("unknown path", 404, get(path)))
	}
	for _, path := range []string{"/healthz", "/item?id=7", "/hold?ms=1", "/hash?rounds=1", "/stats"} {
		for _, method := range []string{"POST", "PUT", "DELETE"} {
			variants = append(variants, fixed("wrong method", 405, request{method: method, target: path}))
		}
	}
	for _, method := range []string{"GET", "HEAD", "PUT", "DELETE"} {
		variants = append(variants, fixed("wrong method", 405, request{method: method, target: "/orders"}))
	}
	for _, path := range []string{"/healthz", "/item?id=7", "/hold?ms=1", "/hash?rounds=2"} {
		variants = append(variants, fixed("head", 200, request{method: "HEAD", target: path}))
	}
	variants = append(variants, fixed("head of an error", 400, request{method: "HEAD", target: "/item?id=x"}))
	variants = append(variants, fixed("head of an error", 404, request{method: "HEAD", target: "/nope"}))
	return append(variants, fixed("method before parameter", 405, request{method: "DELETE", target: "/item?id=abc"}))
}

// fixed makes the same request each time.
func fixed(name string, status int, req request) variant {
	return variant{name: name, status: status, make: func(*rand.Rand) request { return req }}
}
