package cost

import (
	"strings"
	"testing"
)

func TestHostArch(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  string
	}{
		{[]string{"go version go1.26.8 linux/amd64"}, X8664},
		{[]string{"", "Docker Engine 20.10.24 (API 1.41) on Debian, x86_64, cgroup v1"}, X8664},
		{[]string{"go version go1.26.8 linux/arm64", "x86_64"}, Arm64},
		{[]string{"Docker on Ubuntu, aarch64, cgroup v2"}, Arm64},
		{[]string{"go version go1.26.8 linux/riscv64"}, ""},
		{nil, ""},
	} {
		if got := HostArch(c.lines...); got != c.want {
			t.Errorf("%q: %q, want %q", c.lines, got, c.want)
		}
	}
}

// The cheapest machine of all may be of the other architecture; that of the one alone is another one.
func TestBillOfOneArchitecture(t *testing.T) {
	m := model(t)
	m.Machines[0].Arch, m.Machines[1].Arch = Arm64, X8664 // small, roomy; large says none
	usage, load := Usage{40, 1e7, 1e4}, Load{1000, 250}
	all, err := m.Bill(usage, load)
	if err != nil || all.Machine.Name != "small" {
		t.Errorf("of all: %s, %v", all.Machine.Name, err)
	}
	one := m.OfArch(X8664)
	b, err := one.Bill(usage, load)
	if err != nil || b.Machine.Name != "roomy" || len(one.Machines) != 1 || len(m.Machines) != 3 {
		t.Errorf("of x86-64: %s of %d machines, %v", b.Machine.Name, len(one.Machines), err)
	}
	if !m.SaysArchs() || model(t).SaysArchs() {
		t.Error("a list says its architectures where a machine has one")
	}
}

func TestArchIsChecked(t *testing.T) {
	const machine = `[assumptions]
utilisation = 0.5
replicas = 2
hours_per_month = 700
memory_headroom = 0.25
reserved_mib = 512
[[machine]]
provider = "P"
region = "r"
name = "n"
arch = "ARCH"
usd_per_hour = 0.1
vcpus = 2
memory_gib = 2
source = "a list"
url = "https://example.org/prices"
date = 2026-01-01
`
	m, err := Parse("f.toml", []byte(strings.Replace(machine, "ARCH", "arm64", 1)))
	if err != nil || m.Machines[0].Arch != Arm64 {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := Parse("f.toml", []byte(strings.Replace(machine, "ARCH", "arm", 1))); err == nil || err.Error() != `f.toml:11: machine.arch: no architecture "arm"; use one of x86-64, arm64` {
		t.Errorf("error %v", err)
	}
}
