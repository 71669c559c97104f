package probe

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func openForTest(t *testing.T, pid int) Source {
	t.Helper()
	source, err := Open(pid, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := Close(source); err != nil {
			t.Error(err)
		}
	})
	return source
}

// The process clock agrees with what the kernel tells the process itself.
func TestProcessCPU(t *testing.T) {
	burner := start(t, "burn 300")
	source := openForTest(t, burner.Process.Pid)
	before, err := source.Sample()
	if err != nil {
		t.Fatal(err)
	}
	told, _ := burner.work(t)
	after, err := source.Sample()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(source.Name(), "process") {
		t.Errorf("name %q", source.Name())
	}
	if before.CPU >= after.CPU || before.At.After(after.At) {
		t.Errorf("from %+v\nto %+v", before, after)
	}
	// Between its own reading and ours the child has only printed a line.
	if off := after.CPU - told; off < -5*time.Millisecond || off > 30*time.Millisecond {
		t.Errorf("%v by the process clock, %v by its own getrusage", after.CPU, told)
	}
	if sum := after.User + after.System; sum < after.CPU-3*tick || sum > after.CPU+3*tick {
		t.Errorf("user %v and system %v do not make %v", after.User, after.System, after.CPU)
	}
}

func TestProcessResident(t *testing.T) {
	const mib = 1 << 20
	toucher := start(t, "touch 48")
	source := openForTest(t, toucher.Process.Pid)
	_, told := toucher.work(t)
	s, err := source.Sample()
	if err != nil {
		t.Fatal(err)
	}
	if s.ResidentBytes < 48*mib {
		t.Errorf("%d bytes resident after 48 MiB were written", s.ResidentBytes)
	}
	if off := s.ResidentBytes - told; off < -4*mib || off > 4*mib {
		t.Errorf("%d bytes resident, %d by its own VmRSS", s.ResidentBytes, told)
	}
}

// A zombie's CPU time is still told, a collected process is gone, and neither is 0.
func TestProcessEnds(t *testing.T) {
	ender := start(t, "burn 20")
	process, err := openProcess(ender.Process.Pid, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer process.Close()
	ender.work(t)
	ender.in.Close()
	if err := unix.Waitid(unix.P_PID, ender.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil); err != nil {
		t.Fatal(err)
	}
	s, err := process.Sample()
	if !errors.Is(err, ErrGone) || s.CPU < 20*time.Millisecond || s.ResidentBytes != -1 {
		t.Errorf("zombie: %+v, %v", s, err)
	}
	ender.end()
	s, err = process.Sample()
	if !errors.Is(err, ErrGone) || !s.At.IsZero() {
		t.Errorf("collected: %+v, %v", s, err)
	}
	if _, err := Open(ender.Process.Pid, ""); !errors.Is(err, ErrGone) {
		t.Errorf("opened after its end: %v", err)
	}
}

func TestOpenProcessRefusesNonsense(t *testing.T) {
	for _, pid := range []int{0, -1} {
		if _, err := OpenProcess(pid); err == nil {
			t.Errorf("process %d was opened", pid)
		}
	}
}

func TestReadHostSample(t *testing.T) {
	a, err := ReadHostSample()
	if err != nil {
		t.Fatal(err)
	}
	host := ReadHost()
	for _, cpu := range host.OnlineCPUs {
		if a.CPUs[cpu].all() <= 0 {
			t.Errorf("CPU %d has no time: %+v", cpu, a.CPUs[cpu])
		}
	}
	boot := HostSample{CPUs: map[int]CPUTimes{}}
	for _, cpu := range host.OnlineCPUs {
		boot.CPUs[cpu] = CPUTimes{}
	}
	shares := share(host.OnlineCPUs, boot, a, CPUTimes.busy) + share(host.OnlineCPUs, boot, a, idle) + Steal(host.OnlineCPUs, boot, a)
	if shares < 0.999 || shares > 1.001 {
		t.Errorf("shares add up to %v", shares)
	}
}

func TestCostOfARealSource(t *testing.T) {
	cost, err := MeasureCost(openForTest(t, os.Getpid()), 50)
	if err != nil || cost <= 0 {
		t.Errorf("%v, %v", cost, err)
	}
}

func BenchmarkSample(b *testing.B) {
	source, err := Open(os.Getpid(), "")
	if err != nil {
		b.Fatal(err)
	}
	defer Close(source)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := source.Sample(); err != nil {
			b.Fatal(err)
		}
	}
}
