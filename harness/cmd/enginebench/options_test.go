package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSettle(t *testing.T) {
	t.Parallel()
	given := func(flags ...string) func(string) bool {
		return func(flag string) bool { return slices.Contains(flags, flag) }
	}
	o := defaultOptions()
	whole, err := o.settle(given())
	file := filepath.Join("docs", "engine-bench.md")
	if err != nil || whole.out != file || whole.pairs != 8 || whole.window != 2*time.Second {
		t.Errorf("whole: %+v, %v", whole, err)
	}
	o.quick = true
	quick, err := o.settle(given())
	if err != nil || quick.out != "" || quick.pairs != 1 || quick.window != time.Second {
		t.Errorf("quick: %+v, %v", quick, err)
	}
	o.pairs = 3
	if more, err := o.settle(given("pairs")); err != nil || more.pairs != 3 || more.window != time.Second {
		t.Errorf("quick with --pairs: %+v, %v", more, err)
	}
	o = defaultOptions()
	o.only = []string{"nginx", "64"}
	some, err := o.settle(given())
	if err != nil || some.out != "" || !some.wants(nginx, 64) || some.wants(goServer, 64) || some.wants(nginx, 1000) {
		t.Errorf("only: %+v, %v", some, err)
	}
	if !wantsServer(some, nginx) || wantsServer(some, rustServer) {
		t.Error("servers of --only")
	}
}

func TestTheDocumentIsOfACommit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		out, revision string
		given, fails  bool
	}{
		{out: "docs/engine-bench.md", revision: "0123456789ab"},
		{out: "docs/engine-bench.md", revision: "0123456789ab" + withChanges, fails: true},
		{out: "docs/engine-bench.md", fails: true},
		{out: "mine.md", revision: "0123456789ab" + withChanges, given: true},
		{revision: "0123456789ab" + withChanges}, // --quick
	} {
		o := options{out: c.out}
		if err := o.publishes(c.revision, c.given); c.fails != (err != nil) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestCPUs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		usable    []int
		servers   string
		generator int
		want      []int
		wantCPU   int
		fails     bool
	}{
		{usable: []int{0, 1}, generator: -1, want: []int{0}, wantCPU: 1},
		{usable: []int{2, 3, 4, 5}, generator: -1, want: []int{2}, wantCPU: 5},
		{usable: []int{0, 1, 2, 3}, servers: "0-1", generator: 2, want: []int{0, 1}, wantCPU: 2},
		{usable: []int{0}, generator: -1, fails: true},
		{usable: []int{0, 1}, generator: 0, fails: true},
		{usable: []int{0, 1}, servers: "0,1", generator: -1, fails: true},
		{usable: []int{0, 1}, servers: "x", generator: -1, fails: true},
		{usable: []int{0, 1}, generator: 7, fails: true},
	} {
		o := options{serverCPUs: c.servers, generatorCPU: c.generator}
		servers, cpu, err := o.cpus(c.usable)
		if c.fails != (err != nil) || err == nil && (!slices.Equal(servers, c.want) || cpu != c.wantCPU) {
			t.Errorf("%+v: %v, %d, %v", c, servers, cpu, err)
		}
	}
}

func TestRounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pairs, connections int
		engine             engine
		want               int
	}{
		{8, 64, native, 8}, {8, 64, wrk, 8}, {8, 1000, vegeta, 5}, {5, 10_000, wrk, 3}, {5, 10_000, vegeta, 2},
		{1, 64, vegeta, 1}, {1, 10_000, vegeta, 1},
	} {
		if got := closedRounds(c.pairs, c.connections, c.engine); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

func TestRotated(t *testing.T) {
	t.Parallel()
	list := []string{"a", "b", "c"}
	for n, want := range []string{"abc", "bca", "cab", "abc"} {
		if got := strings.Join(rotated(list, n), ""); got != want {
			t.Errorf("by %d: %s, want %s", n, got, want)
		}
	}
	if rotated([]string(nil), 2) != nil || strings.Join(list, "") != "abc" {
		t.Error("the list itself was changed")
	}
}
