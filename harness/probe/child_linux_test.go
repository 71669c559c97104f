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
