package probe

import (
	"slices"
	"testing"
)

func FuzzText(f *testing.F) {
	f.Add([]byte("42 (a b) S 1 2 2 0 -1 4194560 100 0 0 0 250 31 0 0"))
	f.Add([]byte("some avg10=0.00 total=1500\nusage_usec 5\n"))
	f.Add([]byte(hostStat))
	f.Add([]byte("Tcp: RetransSegs\nTcp: 12\n"))
	f.Add([]byte("3000 1234 800"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if p, err := parseProcStat(text); err == nil && (p.user < 0 || p.system < 0) {
			t.Errorf("negative CPU time: %+v", p)
		}
		if pages, err := parseStatm(text); err == nil && pages < 0 {
			t.Errorf("negative pages: %d", pages)
		}
		if n := keyed(text, "usage_usec"); n < -1 {
			t.Errorf("keyed: %d", n)
		}
		if d := pressure(text); d < -1 {
			t.Errorf("pressure: %d", d)
		}
		if cpus, err := parseHostStat(text); err == nil {
			sample := HostSample{CPUs: cpus}
			for cpu := range cpus {
				if s := Steal([]int{cpu}, HostSample{CPUs: map[int]CPUTimes{cpu: {}}}, sample); s > 1 || s < -1 {
					t.Errorf("steal %v", s)
				}
			}
		}
	})
}

func FuzzCPUList(f *testing.F) {
	f.Add("0-3,5")
	f.Fuzz(func(t *testing.T, text string) {
		cpus, err := ParseCPUList(text)
		if err != nil {
			return
		}
		again, err := ParseCPUList(FormatCPUList(cpus))
		if err != nil || !slices.Equal(cpus, again) {
			t.Errorf("%q: %v, written and read again: %v, %v", text, cpus, again, err)
		}
	})
}

func FuzzCgroupPlaces(f *testing.F) {
	f.Add("35 31 0:32 /docker/ab /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory", "4:memory:/docker/ab")
	f.Add("30 23 0:26 / /a\\040b rw - cgroup2 cgroup2 rw", "0::/x")
	f.Fuzz(func(t *testing.T, mounts, member string) {
		m, err := parseMembership(member)
		if err != nil {
			return
		}
		dirs := locate(parseMounts(mounts), m)
		for _, dir := range []cgroupDir{dirs.cpu, dirs.memory, dirs.unified} {
			if len(dir.ancestors()) > len(dir.path)+1 {
				t.Errorf("%+v has ancestors %q", dir, dir.ancestors())
			}
		}
	})
}
