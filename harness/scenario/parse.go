package scenario

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/strict"
)

// Bounds of a scenario file.
const (
	maxCells       = 50
	maxConnections = 1_000_000
	maxRate        = 1_000_000        // requests/s in all; no load agent of this version sends more
	maxPercent     = 90               // of capacity: beyond it a queue grows, and latency shows how long the window is
	maxSummary     = 200              // characters
	maxRequest     = 2_000            // characters
	maxSLO         = 60 * time.Second // where the latency histogram ends
	minSLO         = time.Microsecond // where it begins
	minWait        = 100              // ms that a request of mode in-flight waits, at least
	maxWait        = 10_000
	minStarts      = 4 // five blocks, the fewest that give a verdict, then have twenty
	maxStarts      = 100
	maxIdle        = 60 * time.Second
)

// Parse reads the scenario file that data holds. file is its name in errors, and its
// base name without .toml is the scenario's id. The error joins every problem found,
// in the order of lines, one line each.
func Parse(file string, data []byte) (Scenario, error) {
	doc, t := strict.Parse(file, data)
	if t == nil {
		return Scenario{}, doc.Err()
	}
	s := Scenario{ID: strings.TrimSuffix(filepath.Base(file), ".toml")}
	if !strict.IsID(s.ID) {
		doc.Bad(strict.Quote(s.ID)+" is not an id", "rename the file: lower-case letters, digits and single hyphens, then .toml")
	}
	t.Need("summary", `summary = "..."`)
	t.Need("mode", `mode = "hold", or in-flight, rate, saturate, start, build`)
	s.Summary = t.Text("summary", maxSummary)
	s.Mode = parseMode(t)
	if !s.Mode.Lifecycle() {
		t.Need("request", `request = "GET /item?id={id}"`)
		t.Need("slo", `[slo] with p99 = "100ms"`)
		s.Request = parseRequest(t, "request")
		s.SLO = parseSLO(t)
	}
	switch s.Mode {
	case Hold:
		s.Cells = parseHold(t, s.ID)
	case Rate:
		s.Cells = parseRate(t, s.ID)
	case InFlight:
		s.Spread = parseWait(t, s.Request)
		leaveRoom(t, s)
		s.Cells = parseLadder(t, s.ID)
	case Saturate:
		s.Database, s.Variants = parseDatabase(t), parseVariants(t)
		s.Cells = parseSaturate(t, s.ID)
	case Start:
		parseStart(t, &s)
	case Build:
		t.Only("summary", "mode", "blocks", "development")
		t.Need("blocks", "blocks = 5")
		s.Development = t.Flag("development")
		s.Blocks = t.Integer("blocks", minBlocks, maxBlocks)
		s.Cells = []Cell{{ID: s.ID + "/clean"}}
	default:
		t.Only(append(commonKeys(), "connections", "host_limit", "requests_per_second", "percent_of_capacity", "requests_per_second_per_connection", "starts", "idle")...)
	}
	if err := doc.Err(); err != nil {
		return Scenario{}, err
	}
	return s, nil
}

func commonKeys() []string { return []string{"summary", "mode", "request", "slo"} }

func parseMode(t *strict.Table) Mode {
	m := Mode(t.Text("mode", strict.MaxID))
	if m == "" || slices.Contains(Modes(), m) {
		return m
	}
	var known []string
	for _, k := range Modes() {
		known = append(known, string(k))
	}
	t.Bad("mode", "no mode "+strict.Quote(string(m)), strict.Suggest(string(m), known, "use one of "+strings.Join(known, ", ")))
	return ""
}

// parseStart reads how often a trial starts the server, and how long the last one idles.
func parseStart(t *strict.Table, s *Scenario) {
	t.Only("summary", "mode", "starts", "idle")
	t.Need("starts", "starts = 5")
	t.Need("idle", `idle = "1s"`)
	s.Starts = t.Integer("starts", minStarts, maxStarts)
	s.Idle = t.Duration("idle", 100*time.Millisecond, maxIdle)
	s.Cells = []Cell{{ID: s.ID + "/idle"}}
}

// parseWait reads how long the server lets each request of mode in-flight wait.
func parseWait(t *strict.Table, request string) time.Duration {
	const form = `"GET /hold?ms=2000"`
	digits, ok := strings.CutPrefix(request, "GET /hold?ms=")
	ms, err := strconv.Atoi(digits)
	if request != "" && (!ok || err != nil || ms < minWait || ms > maxWait) {
		t.Bad("request", "does not have the server let it wait, as the mode in-flight does",
			fmt.Sprintf("write it as %s, from %d to %d ms", form, minWait, maxWait))
		return 0
	}
	return time.Duration(ms) * time.Millisecond
}

// leaveRoom wants an objective beyond the wait, which every answer takes.
func leaveRoom(t *strict.Table, s Scenario) {
	if slo := t.Sub("slo"); slo != nil && s.SLO.P99 > 0 && s.SLO.P99 <= s.Spread {
		slo.Bad("p99", fmt.Sprintf("is %v, and every answer takes the %v that it waits", s.SLO.P99, s.Spread), "give more than that")
	}
}

// parseLadder reads the connections of a closed loop, which has no rate of its own.
// more are keys that the mode takes besides.
func parseLadder(t *strict.Table, id string, more ...string) []Cell {
	t.Only(slices.Concat(commonKeys(), []string{"connections", "host_limit"}, more)...)
	t.Need("connections", "connections = [1000, 10000]")
	var cells []Cell
	for _, n := range t.Rising("connections", maxCells, maxConnections) {
		cells = append(cells, Cell{ID: id + "/" + strconv.Itoa(n), Connections: n})
	}
	if t.Flag("host_limit") {
		cells = append(cells, Cell{ID: id + "/host-limit", HostLimit: true})
	}
	return cells
}

// parseRequest reads "GET /path" or "POST /path"; the path is printable ASCII.
func parseRequest(t *strict.Table, key string) string {
	r := t.Text(key, maxRequest)
	path, ok := strings.CutPrefix(r, "GET /")
	if !ok {
		path, ok = strings.CutPrefix(r, "POST /")
	}
	switch {
	case r == "":
	case !ok:
		t.Bad(key, strict.Quote(r)+" is neither a GET nor a POST with a path", `write it as "GET /path"`)
	case strings.ContainsFunc(path, func(c rune) bool { return c <= ' ' || c > '~' || c == '#' }):
		t.Bad(key, "the path has a character that needs escaping", "escape white space, # and what is not ASCII as %XX")
	case strings.ContainsAny(strings.ReplaceAll(path, "{id}", ""), "{}"):
		t.Bad(key, "the path has a brace that is not part of {id}", "use {id} alone, or escape the brace as %7B or %7D")
	default:
		if _, err := model.ParseRequest(r); err != nil {
			t.Bad(key, "is none whose answer is known ("+strings.TrimPrefix(err.Error(), "request "+strconv.Quote(r)+": ")+")",
				`ask for "GET /item?id={id}", "GET /db/item?id={id}", "GET /db/items?n=N&id={id}", "GET /hold?ms=N", "GET /hash?rounds=N" or "GET /healthz", or post orders: "POST /db/orders"`)
			return ""
		}
		return r
	}
	return ""
}

func parseSLO(t *strict.Table) SLO {
	slo := t.Sub("slo")
	if slo == nil {
		return SLO{}
	}
	slo.Only("p99")
	slo.Need("p99", `p99 = "100ms"`)
	return SLO{P99: slo.Duration("p99", minSLO, maxSLO)}
}

// parseHold expands a ladder of connections.
func parseHold(t *strict.Table, id string) []Cell {
	const per = "requests_per_second_per_connection"
	t.Only(append(commonKeys(), "connections", "host_limit", per)...)
	t.Need("connections", "connections = [1000, 10000]")
	t.Need(per, per+" = 1.0")
	each := t.Positive(per, 1000)
	var cells []Cell
	for _, n := range t.Rising("connections", maxCells, maxConnections) {
		total := each * float64(n)
		if total > maxRate {
			t.Bad(per, fmt.Sprintf("gives %.0f requests/s at %d connections", total, n), fmt.Sprintf("stay within %d in all", maxRate))
		}
		cells = append(cells, Cell{ID: id + "/" + strconv.Itoa(n), Connections: n, RequestsPerSecond: total, PerConnection: each})
	}
	if t.Flag("host_limit") {
		cells = append(cells, Cell{ID: id + "/host-limit", HostLimit: true, PerConnection: each})
	}
	return cells
}

// parseRate expands a list of total rates, or of shares of what the slowest target does at most.
func parseRate(t *strict.Table, id string) []Cell {
	const absolute, share = "requests_per_second", "percent_of_capacity"
	t.Only(append(commonKeys(), "connections", absolute, share)...)
	t.Need("connections", "connections = 64")
	n := t.Integer("connections", 1, maxConnections)
	var cells []Cell
	switch {
	case t.Has(absolute) && t.Has(share):
		t.Bad(share, "stands beside "+absolute, "keep one of the two; a second scenario can have the other")
	case t.Has(share):
		for _, percent := range t.Rising(share, maxCells, maxPercent) {
			cells = append(cells, Cell{ID: id + "/" + strconv.Itoa(percent), Connections: n, PercentOfCapacity: percent})
		}
		return cells
	}
	t.Need(absolute, absolute+" = [2000, 6000], or "+share+" = [30, 60]")
	for _, rate := range t.Rising(absolute, maxCells, maxRate) {
		cells = append(cells, Cell{ID: id + "/" + strconv.Itoa(rate), Connections: n, RequestsPerSecond: float64(rate)})
	}
	return cells
}
