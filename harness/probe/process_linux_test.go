package probe

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// childTask is the environment variable that makes the test binary a child that does one
// task and then waits for its input to end.
const childTask = "ASSAY_PROBE_TEST_CHILD"

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		if err := child(task); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child waits for a line, does its task, tells what the kernel counts for it and waits on.
func child(task string) error {
	input := bufio.NewReader(os.Stdin)
	if _, err := input.ReadString('\n'); err != nil {
		return err
	}
	var memory []byte
	verb, amount, _ := strings.Cut(task, " ")
	n, err := strconv.Atoi(amount)
	if err != nil {
		return err
	}
	switch verb {
	case "burn": // milliseconds of CPU time
		for usedBy(unix.RUSAGE_SELF) < time.Duration(n)*time.Millisecond {
			burnABit()
		}
	case "touch": // MiB
		memory = make([]byte, n<<20)
		for i := 0; i < len(memory); i += 1 << 10 { // every page, whatever its size
			memory[i] = 1
		}
	default:
		return fmt.Errorf("no task %q", task)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	_, rss, _ := strings.Cut(string(status), "VmRSS:")
	kib, _, _ := strings.Cut(strings.TrimSpace(rss), " ")
	fmt.Printf("%d %s\n", usedBy(unix.RUSAGE_SELF).Nanoseconds(), kib)
	_, err = io.Copy(io.Discard, input)
	if len(memory) > 0 && memory[0] != 1 { // also keeps it alive until here
		return errors.New("memory has changed")
	}
	return err
}

func usedBy(who int) time.Duration {
	var usage unix.Rusage
	if err := unix.Getrusage(who, &usage); err != nil {
		return time.Hour // ends the loop; the numbers then disagree
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func burnABit() {
	x := uint64(1)
	for range 100_000 {
		x = x*6364136223846793005 + 1442695040888963407
	}
	if x == 0 {
		panic("a number that cannot come out")
	}
}

// A started child. Its end is waited for when the test is over.
type started struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func start(t *testing.T, task string) *started {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childTask+"="+task, "GOMAXPROCS=1")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &started{Cmd: cmd, in: in, out: bufio.NewReader(out)}
	t.Cleanup(func() { s.end() })
	return s
}

// work lets the child do its task and returns what it says of itself.
func (s *started) work(t *testing.T) (cpu time.Duration, rssBytes int64) {
	t.Helper()
	if _, err := io.WriteString(s.in, "go\n"); err != nil {
		t.Fatal(err)
	}
	line, err := s.out.ReadString('\n')
	if err != nil {
		t.Fatalf("the child said nothing: %v", err)
	}
	var kib int64
	if _, err := fmt.Sscan(line, &cpu, &kib); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return cpu, kib << 10
}

// end lets the child go, and waits. It is a no-op the second time.
func (s *started) end() {
	if s.ProcessState == nil {
		s.in.Close() // the child's loop ends on this, whatever the error
		s.Wait()     // likewise: only its end matters
	}
}

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

func TestNetReader(t *testing.T) {
	reader, err := OpenNet(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	n, err := reader.Read()
	if err != nil || n.ListenOverflows < 0 || n.ListenDrops < 0 || n.RetransSegs < 0 || n.SynRetrans < 0 {
		t.Errorf("%+v, %v", n, err)
	}
	if _, err := OpenNet(1 << 30); !errors.Is(err, ErrGone) {
		t.Errorf("no such process: %v", err)
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
	shares := Busy(host.OnlineCPUs, boot, a) + Idle(host.OnlineCPUs, boot, a) + Steal(host.OnlineCPUs, boot, a)
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
