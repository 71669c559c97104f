package main

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary stand in for the program.
func TestMain(m *testing.M) {
	if os.Getenv("RUN_GO_FASTHTTP") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func program(t *testing.T, port string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = []string{"RUN_GO_FASTHTTP=1", "PORT=" + port}
	cmd.WaitDelay = patience
	return cmd
}

func TestProgramListensAndEndsBySIGTERM(t *testing.T) {
	cmd := program(t, "0")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stopper := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer stopper.Stop()
	log := bufio.NewReader(stderr)
	line, err := log.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(strings.TrimSpace(strings.TrimPrefix(line, "go-fasthttp: listening on ")))
	if err != nil || host != "0.0.0.0" {
		t.Fatalf("got %q: %v", line, err)
	}
	c := dial(t, "127.0.0.1:"+port)
	if _, body := c.get(t, "/healthz"); body != "ok\n" {
		t.Errorf("got %q", body)
	}
	if conn, err := net.Dial("tcp6", "[::1]:"+port); err == nil {
		conn.Close()
		t.Error("it listens on IPv6")
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(log); err != nil || len(rest) > 0 {
		t.Errorf("it wrote %q, %v", rest, err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

func TestProgramSaysWhatIsWrongWithPORT(t *testing.T) {
	out, err := program(t, "many").CombinedOutput()
	if _, failed := err.(*exec.ExitError); !failed {
		t.Errorf("got %v, want a failure", err)
	}
	if want := "go-fasthttp: PORT=\"many\": want a number from 0 to 65535\n"; string(out) != want {
		t.Errorf("got %q, want %q", out, want)
	}
}
