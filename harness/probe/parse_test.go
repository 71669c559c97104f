package probe

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestParseProcStat(t *testing.T) {
	const rest = " S 1 2 2 0 -1 4194560 100 0 0 0 250 31 0 0 20 0 9 0 1000 1 1"
	want := processTimes{state: 'S', user: 2500 * time.Millisecond, system: 310 * time.Millisecond}
	for _, name := range []string{"server", "a b", "odd) R 1 (name", ""} {
		got, err := parseProcStat([]byte("42 (" + name + ")" + rest))
		if err != nil || got != want {
			t.Errorf("name %q: %+v, %v", name, got, err)
		}
	}
	for _, bad := range []string{"", "42 server S 1", "42 (s) S 1 2", "42 (s) S 1 2 2 0 -1 4194560 100 0 0 0 x 31 0", "42 (s) S 1 2 2 0 -1 4194560 100 0 0 0 -5 31 0"} {
		if got, err := parseProcStat([]byte(bad)); err == nil {
			t.Errorf("%q: %+v without an error", bad, got)
		}
	}
	if zombie := (processTimes{state: 'Z'}); !zombie.ended() {
		t.Error("a zombie has not ended")
	}
}

func TestParseStatm(t *testing.T) {
	if pages, err := parseStatm([]byte("3000 1234 800 2 0 900 0\n")); err != nil || pages != 1234 {
		t.Errorf("%d, %v", pages, err)
	}
	for _, bad := range []string{"", "1", "1 x", "1 -2", "1 99999999999999999999"} {
		if pages, err := parseStatm([]byte(bad)); err == nil {
			t.Errorf("%q: %d without an error", bad, pages)
		}
	}
}

func TestKeyed(t *testing.T) {
	text := []byte("nr_periods 5\nthrottled_time 77\nthrottled_usec\nbad x\nlow -3\nlast 9")
	for key, want := range map[string]int64{
		"nr_periods": 5, "throttled_time": 77, "throttled": -1, "throttled_usec": -1, "bad": -1, "low": -1, "last": 9, "none": -1,
	} {
		if got := keyed(text, key); got != want {
			t.Errorf("%s: %d, want %d", key, got, want)
		}
	}
}

func TestDurationKeepsMissingAndOverflowMissing(t *testing.T) {
	if duration(-1, tick) != -1 || duration(1<<62, tick) != -1 || duration(7, tick) != 70*time.Millisecond {
		t.Errorf("%d %d %d", duration(-1, tick), duration(1<<62, tick), duration(7, tick))
	}
}

func TestPressure(t *testing.T) {
	text := "some avg10=0.00 avg60=0.12 avg300=0.00 total=1500\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=900\n"
	if got := pressure([]byte(text)); got != 1500*time.Microsecond {
		t.Errorf("%v", got)
	}
	for _, bad := range []string{"", "full total=3", "some avg10=0.00", "some total=x"} {
		if got := pressure([]byte(bad)); got != -1 {
			t.Errorf("%q: %v, want missing", bad, got)
		}
	}
}

func TestCPUList(t *testing.T) {
	for text, want := range map[string][]int{
		"": {}, "0": {0}, "0-3,5": {0, 1, 2, 3, 5}, "5,0-1\n": {0, 1, 5}, "2,2,1-3": {1, 2, 3}, "65535": {65535},
	} {
		if got, err := ParseCPUList(text); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
	for _, bad := range []string{",", "1,", "3-1", "-1", "a", "1-", "65536", "0-99999999", "1 2", "0-6:2/4"} {
		if got, err := ParseCPUList(bad); err == nil {
			t.Errorf("%q: %v without an error", bad, got)
		}
	}
	for want, cpus := range map[string][]int{"": {}, "0-3,5": {0, 1, 2, 3, 5}, "1,3": {1, 3}} {
		if got := FormatCPUList(cpus); got != want {
			t.Errorf("%v: %q, want %q", cpus, got, want)
		}
	}
}

const hostStat = `cpu  10 0 10 100 0 0 0 0 0 0
cpu0 100 1 50 800 9 2 3 35 0 0
cpu1 10 0 10 980 0 0 0 0 0 0
intr 1 2 3
`

func idle(t CPUTimes) time.Duration { return t.Idle + t.IOWait }

func TestHostShares(t *testing.T) {
	read := func(text string) HostSample {
		t.Helper()
		cpus, err := parseHostStat([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return HostSample{CPUs: cpus}
	}
	a := read(hostStat)
	// cpu0: +20 user, +10 system, +50 idle (one of them waiting), +20 steal; cpu1: +100 idle, and a counter that went back.
	b := read("cpu0 120 1 60 849 10 2 3 55 0 0\ncpu1 10 0 9 1080 0 0 0 0 0 0\n")
	for _, test := range []struct {
		what      string
		got, want float64
	}{
		{"steal of cpu0", Steal([]int{0}, a, b), 0.20},
		{"busy share of cpu0", share([]int{0}, a, b, CPUTimes.busy), 0.30},
		{"idle share of cpu0", share([]int{0}, a, b, idle), 0.50},
		{"steal of both", Steal([]int{0, 1}, a, b), 0.10},
		{"busy share of cpu1", share([]int{1}, a, b, CPUTimes.busy), 0},
		{"an unknown CPU", Steal([]int{0, 7}, a, b), -1},
		{"no CPU", Steal(nil, a, b), -1},
		{"no time", Steal([]int{0}, a, a), -1},
	} {
		if test.got != test.want {
			t.Errorf("%s: %v, want %v", test.what, test.got, test.want)
		}
	}
	for _, bad := range []string{"", "cpu 1 2 3\n", "cpux 1 2 3 4 5 6 7 8\n", "cpu\v", "cpu0 1 2 3 4\n", "cpu0 1 2 3 4 5 6 7 -8\n"} {
		if cpus, err := parseHostStat([]byte(bad)); err == nil {
			t.Errorf("%q: %v without an error", bad, cpus)
		}
	}
}

func TestCgroupPlaces(t *testing.T) {
	const hybrid = `31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 master:1 - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd
41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
`
	const inContainer = `35 31 0:32 /docker/ab /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory
`
	const v2 = "30 23 0:26 / /sys/fs/cgro\\040up rw - cgroup2 cgroup2 rw\n"
	for _, test := range []struct {
		what, mounts, member, version string
		want                          cgroupDirs
	}{
		{"v1 beside an empty v2", hybrid, "4:memory:/docker/ab\n2:cpu,cpuacct:/docker/ab\n1:name=systemd:/x\n0::/docker/ab\n", "v1", cgroupDirs{
			cpu:     cgroupDir{"/sys/fs/cgroup/cpu,cpuacct/docker/ab", "/sys/fs/cgroup/cpu,cpuacct"},
			account: cgroupDir{"/sys/fs/cgroup/cpu,cpuacct/docker/ab", "/sys/fs/cgroup/cpu,cpuacct"},
			memory:  cgroupDir{"/sys/fs/cgroup/memory/docker/ab", "/sys/fs/cgroup/memory"},
			unified: cgroupDir{"/sys/fs/cgroup/unified/docker/ab", "/sys/fs/cgroup/unified"},
		}},
		{"a part is mounted", inContainer, "4:memory:/docker/ab/inner\n", "v1", cgroupDirs{
			memory: cgroupDir{"/sys/fs/cgroup/memory/inner", "/sys/fs/cgroup/memory"},
		}},
		{"another part is mounted", inContainer, "4:memory:/docker/abc\n", "", cgroupDirs{}},
		{"v2, escaped", v2, "0::/user.slice/a:b\n", "v2", cgroupDirs{
			unified: cgroupDir{"/sys/fs/cgro up/user.slice/a:b", "/sys/fs/cgro up"},
		}},
		{"v2 root", v2, "0::/\n", "v2", cgroupDirs{unified: cgroupDir{"/sys/fs/cgro up", "/sys/fs/cgro up"}}},
		{"outside our namespace", v2, "0::/../other\n", "", cgroupDirs{}},
	} {
		member, err := parseMembership(test.member)
		if err != nil {
			t.Fatalf("%s: %v", test.what, err)
		}
		got := locate(parseMounts(test.mounts), member)
		if !reflect.DeepEqual(got, test.want) || got.version() != test.version {
			t.Errorf("%s: %q %+v\nwant %q %+v", test.what, got.version(), got, test.version, test.want)
		}
	}
	if v := cgroupVersion(parseMounts(hybrid)); v != "hybrid" {
		t.Errorf("version %q, want hybrid", v)
	}
	if v := cgroupVersion(nil); v != "none" {
		t.Errorf("version %q, want none", v)
	}
	if m, err := parseMembership("4:memory\n"); err == nil {
		t.Errorf("%v without an error", slices.Collect(maps.Keys(m)))
	}
}

func TestAncestors(t *testing.T) {
	got := cgroupDir{"/sys/fs/cgroup/a/b", "/sys/fs/cgroup"}.ancestors()
	if want := []string{"/sys/fs/cgroup/a/b", "/sys/fs/cgroup/a", "/sys/fs/cgroup"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, odd := range []cgroupDir{{}, {"a", "b"}, {"/a", ""}, {"/", "/"}, {"", "/"}} {
		if len(odd.ancestors()) > 2 {
			t.Errorf("%+v: %q", odd, odd.ancestors())
		}
	}
}
