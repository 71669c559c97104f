package launch

import (
	"strconv"
	"testing"

	"github.com/assay-bench/assay/harness/target"
)

// agentFacts is the result of the stand-in's job "facts".
type agentFacts struct{ Agent, Target map[string]string }

// checkFacts compares the limits that the kernel shows inside with those asked for.
func checkFacts(t *testing.T, l Launcher, place target.Placement, facts agentFacts) {
	t.Helper()
	nofile := strconv.Itoa(place.OpenFiles)
	want := func(who string, got map[string]string, key, value string) {
		t.Helper()
		if got[key] != value {
			t.Errorf("%s: %s is %q, want %q", who, key, got[key], value)
		}
	}
	want("target", facts.Target, "Cpus_allowed_list", joinInts(place.TargetCPUs))
	want("agent", facts.Agent, "Cpus_allowed_list", joinInts(place.LoadCPUs))
	for who, got := range map[string]map[string]string{"target": facts.Target, "agent": facts.Agent} {
		want(who, got, "nofile", nofile+" "+nofile)
		want(who, got, "NoNewPrivs", "1")
		if l.Name() == "process" {
			want(who, got, "pgid", got["pid"])
			continue
		}
		want(who, got, "CapEff", "0000000000000000")
		want(who, got, "CapBnd", "0000000000000000")
		want(who, got, "interfaces", "lo")
		want(who, got, "somaxconn", "4096")
		want(who, got, "ip_local_port_range", "10240 65535")
		want(who, got, "tcp_tw_reuse", "1")
		wantIn(t, got["write"], "read-only file system")
	}
	port := "PORT=" + strconv.Itoa(place.Port)
	if l.Name() == "process" {
		want("target", facts.Target, "env", port)
		return
	}
	want("target", facts.Target, "memory", strconv.FormatInt(place.MemoryBytes, 10))
	wantIn(t, facts.Target["env"], port)
}
