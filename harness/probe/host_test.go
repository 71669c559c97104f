package probe

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// fixture loads a host from testdata/hosts.
func fixture(t testing.TB, name string) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata/hosts", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, file := range archive.Files {
		files[file.Name] = &fstest.MapFile{Data: file.Data}
	}
	return files
}

// golden compares a text with a file, or writes the file under -update.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run with -update and look at the difference\ngot:\n%s", path, got)
	}
}

func TestHostsAndTheirFindings(t *testing.T) {
	for _, name := range []string{"cgroup-v1-hybrid", "cgroup-v2", "arm-laptop", "nothing"} {
		t.Run(name, func(t *testing.T) {
			host := ReadHostFrom(fixture(t, name))
			var text bytes.Buffer
			encoder := json.NewEncoder(&text)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(host); err != nil {
				t.Fatal(err)
			}
			for _, f := range Findings(host) {
				fmt.Fprintf(&text, "\n%-4s  %s: %s\n      %s\n", f.Level, f.Name, f.Value, f.Means)
				if f.Do != "" {
					fmt.Fprintf(&text, "      -> %s\n", f.Do)
				}
			}
			golden(t, filepath.Join("testdata/hosts", name+".golden"), text.Bytes())
		})
	}
}

// Whatever the host: each finding has an ID of its own and all its texts, and the bad ones say what to do.
func TestFindingsAreComplete(t *testing.T) {
	for _, name := range []string{"cgroup-v1-hybrid", "cgroup-v2", "arm-laptop", "nothing"} {
		checkFindings(t, Findings(ReadHostFrom(fixture(t, name))))
	}
}

func checkFindings(t *testing.T, findings []Finding) {
	t.Helper()
	seen := map[string]bool{}
	for _, f := range findings {
		if seen[f.ID] {
			t.Errorf("%s comes twice", f.ID)
		}
		seen[f.ID] = true
		if f.ID == "" || f.Name == "" || f.Value == "" || f.Means == "" {
			t.Errorf("incomplete: %+v", f)
		}
		if f.Level >= Warn && f.Do == "" {
			t.Errorf("%s is %s and says nothing to do: %+v", f.ID, f.Level, f)
		}
	}
}

func TestFindingLevels(t *testing.T) {
	cpus := func(n int) Host {
		h := unknownHost()
		for cpu := range n {
			h.OnlineCPUs = append(h.OnlineCPUs, cpu)
		}
		h.UsableCPUs = h.OnlineCPUs
		return h
	}
	with := func(change func(*Host)) Host {
		h := cpus(4)
		change(&h)
		return h
	}
	for _, test := range []struct {
		what, id string
		host     Host
		want     Level
	}{
		{"one CPU", "cpus", cpus(1), Bad},
		{"two CPUs", "cpus", cpus(2), Note},
		{"three CPUs", "cpus", cpus(3), Note},
		{"four CPUs", "cpus", cpus(4), OK},
		{"no SMT", "cores", with(func(h *Host) { h.Cores = [][]int{{0}, {1}, {2}, {3}} }), OK},
		{"SMT", "cores", with(func(h *Host) { h.Cores = [][]int{{0, 1}, {2, 3}} }), Note},
		{"one core", "cores", with(func(h *Host) { h.Cores = [][]int{{0, 1, 2, 3}} }), Warn},
		{"no quota", "cpu-quota", with(func(h *Host) { h.CPUQuota = 0 }), OK},
		{"quota of 1.5", "cpu-quota", with(func(h *Host) { h.CPUQuota = 1.5 }), Bad},
		{"quota of 2", "cpu-quota", with(func(h *Host) { h.CPUQuota = 2 }), Warn},
		{"large quota", "cpu-quota", with(func(h *Host) { h.CPUQuota = 4 }), Note},
		{"performance", "governor", with(func(h *Host) { h.Governors = []string{"performance"} }), OK},
		{"mixed governors", "governor", with(func(h *Host) { h.Governors = []string{"performance", "powersave"} }), Note},
		{"quiet", "load", with(func(h *Host) { h.Load1 = 0.39 }), OK},
		{"some load", "load", with(func(h *Host) { h.Load1 = 0.4 }), Note},
		{"busy", "load", with(func(h *Host) { h.Load1 = 2 }), Warn},
		{"kvm-clock", "clock", with(func(h *Host) { h.ClockSource = "kvm-clock" }), OK},
		{"acpi_pm", "clock", with(func(h *Host) { h.ClockSource = "acpi_pm" }), Warn},
		{"10,500 files", "open-files", with(func(h *Host) { h.OpenFilesHard = 10_500 }), OK},
		{"10,499 files", "open-files", with(func(h *Host) { h.OpenFilesHard = 10_499 }), Warn},
		{"100 files", "open-files", with(func(h *Host) { h.OpenFilesHard = 100 }), Bad},
		{"few ports", "ports", with(func(h *Host) { h.PortLow, h.PortHigh = 60000, 60999 }), Warn},
		{"no cgroup", "cgroup", with(func(h *Host) { h.Cgroup = "none" }), Warn},
		{"bare metal", "virtualisation", with(func(h *Host) { h.Virtualisation = "none" }), OK},
		{"guest", "virtualisation", with(func(h *Host) { h.Virtualisation = "KVM" }), Note},
		{"a gigabyte", "memory", with(func(h *Host) { h.MemoryBytes = 1 << 30 }), Warn},
		{"limited", "memory", with(func(h *Host) { h.MemoryBytes, h.MemoryLimitBytes = 8<<30, 1<<30 }), Warn},
		{"limit above", "memory", with(func(h *Host) { h.MemoryBytes, h.MemoryLimitBytes = 8<<30, 9<<30 }), OK},
		{"little swapped", "swap", with(func(h *Host) { h.MemoryBytes, h.SwapTotalBytes, h.SwapUsedBytes = 8<<30, 8<<30, 1 }), Note},
		{"small tracking table", "conntrack", with(func(h *Host) { h.ConntrackMax, h.ConntrackCount = 30_000, 15_000 }), Warn},
	} {
		findings := Findings(test.host)
		checkFindings(t, findings)
		found := false
		for _, f := range findings {
			if f.ID == test.id {
				found = true
				if f.Level != test.want {
					t.Errorf("%s: %s is %s, want %s: %+v", test.what, test.id, f.Level, test.want, f)
				}
			}
		}
		if !found {
			t.Errorf("%s: no finding %q", test.what, test.id)
		}
	}
}

func TestVirtualisation(t *testing.T) {
	const x86, guest = "flags : fpu tsc\n", "flags : fpu hypervisor\n"
	const vendor, product = "sys/class/dmi/id/sys_vendor", "sys/class/dmi/id/product_name"
	const clocks = "sys/devices/system/clocksource/clocksource0/available_clocksource"
	for _, test := range []struct {
		want  string
		files map[string]string
	}{
		{"none", map[string]string{"proc/cpuinfo": x86, vendor: "Amazon EC2", product: "m5.metal"}},
		{"unnamed hypervisor", map[string]string{"proc/cpuinfo": guest}},
		{"KVM", map[string]string{"proc/cpuinfo": guest, vendor: "QEMU", clocks: "kvm-clock tsc"}},
		{"QEMU", map[string]string{"proc/cpuinfo": guest, vendor: "QEMU", clocks: "tsc hpet"}},
		{"Amazon Nitro", map[string]string{"proc/cpuinfo": guest, vendor: "Amazon EC2", product: "m7i.large", clocks: "kvm-clock"}},
		{"Amazon Nitro", map[string]string{"proc/cpuinfo": "CPU implementer : 0x41", vendor: "Amazon EC2", product: "m7g.large"}},
		{"", map[string]string{"proc/cpuinfo": "CPU implementer : 0x41", vendor: "Amazon EC2", product: "m7g.metal"}},
		{"Hyper-V", map[string]string{"proc/cpuinfo": guest, vendor: "Microsoft Corporation", product: "Virtual Machine"}},
		{"WSL", map[string]string{"proc/cpuinfo": guest, "proc/sys/kernel/osrelease": "5.15.1-microsoft-standard-WSL2"}},
		{"VirtualBox", map[string]string{"proc/cpuinfo": guest, vendor: "innotek GmbH", product: "VirtualBox", clocks: "kvm-clock"}},
		{"Xen", map[string]string{"proc/cpuinfo": guest, "sys/hypervisor/type": "xen\n"}},
		{"KVM", map[string]string{"sys/firmware/devicetree/base/hypervisor/compatible": "linux,kvm\x00"}},
		{"", map[string]string{}},
	} {
		files := fstest.MapFS{}
		for path, text := range test.files {
			files[path] = &fstest.MapFile{Data: []byte(text)}
		}
		if got := ReadHostFrom(files).Virtualisation; got != test.want {
			t.Errorf("%v: got %q, want %q", test.files, got, test.want)
		}
	}
}

// The host that the test runs on has at least what every Unix tells.
func TestReadHost(t *testing.T) {
	h := ReadHost()
	if len(h.UsableCPUs) < 1 || len(h.OnlineCPUs) < len(h.UsableCPUs) {
		t.Errorf("usable CPUs %v of %v", h.UsableCPUs, h.OnlineCPUs)
	}
	if h.Arch == "" || h.OpenFilesHard < 3 || h.OpenFilesSoft > h.OpenFilesHard {
		t.Errorf("arch %q, open files %d of %d", h.Arch, h.OpenFilesSoft, h.OpenFilesHard)
	}
	checkFindings(t, Findings(h))
}

func TestHybridIntelCores(t *testing.T) {
	files := fstest.MapFS{
		"sys/devices/system/cpu/online": {Data: []byte("0-5\n")},
		"proc/self/status":              {Data: []byte("Cpus_allowed_list:\t0-3,5,900\n")},
		"sys/devices/cpu_core/cpus":     {Data: []byte("0-1\n")},
		"sys/devices/cpu_atom/cpus":     {Data: []byte("2-5\n")},
	}
	h := ReadHostFrom(files)
	if got := FormatCPUList(h.UsableCPUs); got != "0-3,5" {
		t.Errorf("usable CPUs %s, want 0-3,5", got)
	}
	if got := fmt.Sprint(h.CoreKinds); got != "[{core [0 1]} {atom [2 3 5]}]" {
		t.Errorf("kinds %s", got)
	}
}

// fuzzedFiles are the files whose parsers FuzzHost tries.
var fuzzedFiles = []string{
	"proc/cpuinfo", "proc/self/mountinfo", "proc/self/cgroup", "proc/self/limits", "proc/meminfo", "proc/loadavg",
	"sys/devices/system/cpu/online", "etc/os-release",
}

func FuzzHost(f *testing.F) {
	for _, name := range []string{"cgroup-v1-hybrid", "cgroup-v2", "arm-laptop"} {
		var seed []string
		for _, path := range fuzzedFiles {
			seed = append(seed, string(fixture(f, name)[path].Data))
		}
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4], seed[5], seed[6], seed[7])
	}
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g, h, i string) {
		files := fixture(t, "cgroup-v2")
		for k, text := range []string{a, b, c, d, e, g, h, i} {
			files[fuzzedFiles[k]] = &fstest.MapFile{Data: []byte(text)}
		}
		host := ReadHostFrom(files)
		if host.Load1 < -1 || host.CPUQuota < -1 || host.OpenFilesHard < -1 || host.MemoryBytes < -1 {
			t.Errorf("negative figures: %+v", host)
		}
		if _, err := json.Marshal(host); err != nil {
			t.Errorf("a host that cannot be stored: %v", err)
		}
		checkFindings(t, Findings(host))
	})
}
