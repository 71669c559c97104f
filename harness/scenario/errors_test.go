package scenario

import (
	"strings"
	"testing"
)

// TestErrors holds the message of each mistake: one edit of testdata/hold.toml, one line.
func TestErrors(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"syntax", `connections = [1000, 10000]`, `connections = [1000 10000]`,
			`hold.toml:4: syntax: expected ',' or ']' after array value; correct the TOML on this line`},
		{"unknown key", `host_limit = true`, `host_limits = true`,
			`hold.toml:5: host_limits: unknown key; did you mean host_limit?`},
		{"key of the other mode", `host_limit = true`, `requests_per_second = [1]`,
			`hold.toml:5: requests_per_second: unknown key; use one of summary, mode, request, slo, connections, host_limit, requests_per_second_per_connection`},
		{"rate in a closed loop", `mode = "hold"`, `mode = "saturate"`,
			`hold.toml:6: requests_per_second_per_connection: unknown key; use one of summary, mode, request, slo, connections, host_limit, database, variant`},
		{"unknown mode", `mode = "hold"`, `mode = "held"`,
			`hold.toml:2: mode: no mode "held"; did you mean hold?`},
		{"mode of another tool", `mode = "hold"`, `mode = "constant-vus"`,
			`hold.toml:2: mode: no mode "constant-vus"; use one of hold, in-flight, rate, saturate, start, build`},
		{"no mode", "mode = \"hold\"\n", "",
			`hold.toml:1: mode: is missing; add mode = "hold", or in-flight, rate, saturate, start, build`},
		{"request method", `GET /item`, `PUT /item`,
			`hold.toml:3: request: "PUT /item?id={id}" is neither a GET nor a POST with a path; write it as "GET /path"`},
		{"request that is not posted", `GET /item`, `POST /item`,
			`hold.toml:3: request: is none whose answer is known (only orders can be posted; write it as "POST /db/orders", without a query); ask for "GET /item?id={id}", "GET /db/item?id={id}", "GET /db/items?n=N&id={id}", "GET /hold?ms=N", "GET /hash?rounds=N" or "GET /healthz", or post orders: "POST /db/orders"`},
		{"request space", `GET /item`, `GET /an item`,
			`hold.toml:3: request: the path has a character that needs escaping; escape white space, # and what is not ASCII as %XX`},
		{"request brace", `{id}`, `{n}`,
			`hold.toml:3: request: the path has a brace that is not part of {id}; use {id} alone, or escape the brace as %7B or %7D`},
		{"request without a known answer", `GET /item?id={id}`, `GET /nope`,
			`hold.toml:3: request: is none whose answer is known (no answer is known for path "/nope"; /item, /db/item, /db/items, /hold, /hash and /healthz can be asked for, and orders posted to /orders and /db/orders); ask for "GET /item?id={id}", "GET /db/item?id={id}", "GET /db/items?n=N&id={id}", "GET /hold?ms=N", "GET /hash?rounds=N" or "GET /healthz", or post orders: "POST /db/orders"`},
		{"no connections", "connections = [1000, 10000]\n", "",
			`hold.toml:1: connections: is missing; add connections = [1000, 10000]`},
		{"one number", `[1000, 10000]`, `1000`,
			`hold.toml:4: connections: is the integer 1000, not an array of integers; write connections = [1000, 2000]`},
		{"empty ladder", `[1000, 10000]`, `[]`,
			`hold.toml:4: connections: has 0 entries; give 1 to 50`},
		{"float rung", `[1000, 10000]`, "[1000,\n 1e4]",
			`hold.toml:5: connections: an entry is a float, not an integer; write whole numbers`},
		{"zero rung", `[1000, 10000]`, `[0, 10000]`,
			`hold.toml:4: connections: has the entry 0; give 1 to 1000000`},
		{"too many connections", `10000]`, `1000001]`,
			`hold.toml:4: connections: has the entry 1000001; give 1 to 1000000`},
		{"falling ladder", `[1000, 10000]`, `[10000, 1000]`,
			`hold.toml:4: connections: has 1000 after 10000; let the numbers rise`},
		{"flag type", `host_limit = true`, `host_limit = "yes"`,
			`hold.toml:5: host_limit: is a string, not a boolean; write host_limit = true`},
		{"zero rate", `= 0.5`, `= 0`,
			`hold.toml:6: requests_per_second_per_connection: is 0; give a number above 0, at most 1000`},
		{"infinite rate", `= 0.5`, `= inf`,
			`hold.toml:6: requests_per_second_per_connection: is +Inf; give a number above 0, at most 1000`},
		{"rate type", `= 0.5`, `= "0.5"`,
			`hold.toml:6: requests_per_second_per_connection: is a string, not a number; write requests_per_second_per_connection = 1.0`},
		{"too much in all", `= 0.5`, `= 500`,
			`hold.toml:6: requests_per_second_per_connection: gives 5000000 requests/s at 10000 connections; stay within 1000000 in all`},
		{"no objective", "[slo]\np99 = \"100ms\"", "",
			`hold.toml:1: slo: is missing; add [slo] with p99 = "100ms"`},
		{"objective without p99", "p99 = \"100ms\"", "",
			`hold.toml:8: slo.p99: is missing; add p99 = "100ms"`},
		{"objective without unit", `"100ms"`, `"100"`,
			`hold.toml:9: slo.p99: "100" is not a duration; write a number and a unit, such as "100ms", "3s" or "15m"`},
		{"objective as number", `"100ms"`, `100`,
			`hold.toml:9: slo.p99: is the integer 100, not a duration in quotes; write p99 = "3s"`},
		{"objective zero", `"100ms"`, `"0s"`,
			`hold.toml:9: slo.p99: is 0s; give 1µs to 1m`},
		{"objective key", "p99 = ", "p999 = ",
			"hold.toml:8: slo.p99: is missing; add p99 = \"100ms\"\nhold.toml:9: slo.p999: unknown key; did you mean p99?"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("hold.toml", edited(t, "hold.toml", tt.from, tt.to))
			if got := message(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestErrorsInFlight does the same for testdata/in-flight.toml.
func TestErrorsInFlight(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"nothing waits", `/hold?ms=2000`, `/item?id={id}`,
			`in-flight.toml:3: request: does not have the server let it wait, as the mode in-flight does; write it as "GET /hold?ms=2000", from 100 to 10000 ms`},
		{"too short a wait", `ms=2000`, `ms=9`,
			`in-flight.toml:3: request: does not have the server let it wait, as the mode in-flight does; write it as "GET /hold?ms=2000", from 100 to 10000 ms`},
		{"objective within the wait", `2100ms`, `100ms`,
			`in-flight.toml:7: slo.p99: is 100ms, and every answer takes the 2s that it waits; give more than that`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("in-flight.toml", edited(t, "in-flight.toml", tt.from, tt.to))
			if got := message(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestErrorsOfTheLifecycle edits testdata/start.toml and testdata/build.toml.
func TestErrorsOfTheLifecycle(t *testing.T) {
	tests := []struct{ name, file, from, to, want string }{
		{"few starts", "start.toml", `starts = 5`, `starts = 3`,
			`start.toml:3: starts: is 3; give 4 to 100`},
		{"no starts", "start.toml", "starts = 5\n", "",
			`start.toml:1: starts: is missing; add starts = 5`},
		{"long idle", "start.toml", `"1s"`, `"2m"`,
			`start.toml:4: idle: is 2m; give 100ms to 1m`},
		{"a request", "start.toml", `idle = "1s"`, "idle = \"1s\"\nrequest = \"GET /healthz\"",
			`start.toml:5: request: unknown key; use one of summary, mode, starts, idle`},
		{"an objective", "build.toml", `mode = "build"`, "mode = \"build\"\nslo = { p99 = \"1s\" }",
			`build.toml:3: slo: unknown key; use one of summary, mode, blocks, development`},
		{"development of a start", "start.toml", `idle = "1s"`, "idle = \"1s\"\ndevelopment = true",
			`start.toml:5: development: unknown key; use one of summary, mode, starts, idle`},
		{"development as text", "build-development.toml", "development = true", `development = "yes"`,
			`build-development.toml:3: development: is a string, not a boolean; write development = true`},
		{"few blocks", "build.toml", "blocks = 5", "blocks = 4",
			`build.toml:3: blocks: is 4; give 5 to 100`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(tt.file, edited(t, tt.file, tt.from, tt.to))
			if got := message(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestRateErrors edits testdata/rate.toml.
func TestRateErrors(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"ladder", `connections = 64`, `connections = [64]`,
			`rate.toml:4: connections: is an array, not an integer; write connections = 1`},
		{"no connection", `connections = 64`, `connections = 0`,
			`rate.toml:4: connections: is 0; give 1 to 1000000`},
		{"no rates", "requests_per_second = [2000, 6000]\n", "",
			`rate.toml:1: requests_per_second: is missing; add requests_per_second = [2000, 6000], or percent_of_capacity = [30, 60]`},
		{"negative rate", `[2000, 6000]`, `[-2000, 6000]`,
			`rate.toml:5: requests_per_second: has the entry -2000; give 1 to 1000000`},
		{"host limit", `connections = 64`, "connections = 64\nhost_limit = true",
			`rate.toml:5: host_limit: unknown key; use one of summary, mode, request, slo, connections, requests_per_second, percent_of_capacity`},
		{"both", "requests_per_second = [2000, 6000]", "requests_per_second = [2000, 6000]\npercent_of_capacity = [30]",
			`rate.toml:6: percent_of_capacity: stands beside requests_per_second; keep one of the two; a second scenario can have the other`},
		{"all of the capacity", "requests_per_second = [2000, 6000]", "percent_of_capacity = [30, 100]",
			`rate.toml:5: percent_of_capacity: has the entry 100; give 1 to 90`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("rate.toml", edited(t, "rate.toml", tt.from, tt.to))
			if got := message(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestProfileErrors edits testdata/profiles.toml.
func TestProfileErrors(t *testing.T) {
	tests := []struct{ name, from, to, want string }{
		{"unknown key", `warm_up = "1s"`, `warmup = "1s"`,
			"profiles.toml:1: profile.warm_up: is missing; add warm_up = \"2s\"\nprofiles.toml:6: profile.warmup: unknown key; did you mean warm_up?"},
		{"few blocks", `blocks = 5`, `blocks = 4`,
			`profiles.toml:4: profile.blocks: is 4; give 5 to 100`},
		{"budget", `budget = "3m"`, `budget = "3 min"`,
			`profiles.toml:5: profile.budget: "3 min" is not a duration; write a number and a unit, such as "100ms", "3s" or "15m"`},
		{"short window", `window = "3s"`, `window = "300ms"`,
			`profiles.toml:7: profile.window: is 300ms; give 1s to 10m`},
		{"id twice", `id = "long"`, `id = "quick"`,
			`profiles.toml:11: profile.id: "quick" is taken by the profile on line 2; choose another`},
		{"no cells", `cells = ["rate/6000", "hold/10000"]`, `cells = []`,
			`profiles.toml:8: profile.cells: has 0 entries; give 1 to 2500`},
		{"cell syntax", `"hold/host-limit"`, `"hold"`,
			`profiles.toml:19: profile.cells: "hold" is not a cell; write it as "hold/10000" or "hold/host-limit"`},
		{"stacks elsewhere", `warm_up = "1s"`, "warm_up = \"1s\"\nstacks = [\"rate/600\"]",
			`profiles.toml:7: profile.stacks: "rate/600" is not among the cells; did you mean rate/6000?`},
		{"stacks twice", `warm_up = "1s"`, "warm_up = \"1s\"\nstacks = [\"rate/6000\", \"rate/6000\"]",
			`profiles.toml:7: profile.stacks: names "rate/6000" twice; remove one`},
		{"cell twice", `"hold/host-limit"`, `"hold/10000"`,
			`profiles.toml:19: profile.cells: names "hold/10000" twice; remove one`},
		{"not tables", "[[profile]]\nid = \"quick\"", "profile = [1]\n[x]\nid = \"quick\"",
			"profiles.toml:1: profile: an entry is the integer 1, not a table; write [[profile]] above each\nprofiles.toml:2: x: unknown key; use one of profile"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			from := read(t, "profiles.toml")
			if tt.name == "not tables" {
				from = from[:strings.Index(from, "[[profile]]\nid = \"long\"")]
				from = strings.Replace(from, tt.from, tt.to, 1)
			} else {
				from = string(edited(t, "profiles.toml", tt.from, tt.to))
			}
			_, err := ParseProfiles("profiles.toml", []byte(from))
			if got := message(err); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestScenarioFileNameIsItsID(t *testing.T) {
	_, err := Parse("Hold 2.toml", []byte(read(t, "hold.toml")))
	want := `Hold 2.toml:1: file: "Hold 2" is not an id; rename the file: lower-case letters, digits and single hyphens, then .toml`
	if got := message(err); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
