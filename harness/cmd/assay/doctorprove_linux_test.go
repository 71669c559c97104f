package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/assay-bench/assay/harness/canary"
)

// Every canary is found, and nothing of it is left behind. Not beside other tests of this package, since it measures.
// On a host too busy to measure, those that depend on time may fail, and the exit status says so; what is counted may
// not.
func TestDoctorProves(t *testing.T) {
	l := newLab(t)
	p := l.start("doctor", "--prove", "--port", strconv.Itoa(l.port))
	status, want := p.wait(), exitOK
	out := p.stdout.String()
	counted := []string{"wrong answers", "guests", "closed connections"}
	for _, c := range canary.All() {
		if strings.Contains(out, c.ID+" failed in 3 attempts: "+c.Means) {
			want = exitFailed
			if t.Logf("%s: this host is too busy", c.ID); !slices.Contains(counted, c.ID) {
				continue
			}
		}
		if !strings.Contains(out, "OK    "+c.ID+"  ") {
			t.Errorf("no line of %s says OK", c.ID)
		}
	}
	if status != want || t.Failed() {
		t.Errorf("exit status %d, want %d:\n%s\n%s", status, want, out, &p.stderr)
	}
	l.nothingLeft()
}

// What cannot be measured is not proved.
func TestDoctorCannotProve(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	taken, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", l.port))
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	p := l.start("doctor", "--prove", "--port", strconv.Itoa(l.port))
	p.fails(exitFailed, "the harness does not prove itself here (fixed delay, ")
	out := p.stdout.String()
	if strings.Count(out, "not measured") != len(canary.All()) || !strings.Contains(out, "is in use") {
		t.Errorf("%s", out)
	}
	p = l.start("doctor", "--prove", "--port", "0")
	p.fails(exitMisuse, "port")
}

// Exit status, table and meaning follow from what came back.
func TestPrintOutcomes(t *testing.T) {
	t.Parallel()
	ok := canary.Prediction{What: "p50", Predicted: "20 ms", Measured: "20.1 ms", Limit: "5 %", OK: true}
	bad := canary.Prediction{What: "closed", Predicted: "2", Measured: "0", Limit: "equal"}
	one := func(id string) canary.Canary {
		return canary.Canary{ID: id, Injected: "a fault", Means: "nothing can be trusted"}
	}
	var out bytes.Buffer
	c := &console{stdout: &out, stderr: io.Discard}
	c.printOutcomes([]canary.Outcome{
		{Canary: one("good"), Predictions: []canary.Prediction{ok}, Attempts: 1},
		{Canary: one("late"), Predictions: []canary.Prediction{ok}, Attempts: 2},
		{Canary: one("bad"), Predictions: []canary.Prediction{ok, bad}, Attempts: 3},
		{Canary: one("gone"), Attempts: 3, Err: errors.New("no server")},
	})
	want := `      CANARY  INJECTED  WHAT          PREDICTED  MEASURED  WITHIN
OK    good    a fault   p50           20 ms      20.1 ms   5 %
OK    late    a fault   p50           20 ms      20.1 ms   5 %
OK    bad     a fault   p50           20 ms      20.1 ms   5 %
BAD                     closed        2          0         equal
BAD   gone    a fault   not measured
      late passed in attempt 2; before that this host was too busy, or measured wrong.
      bad failed in 3 attempts: nothing can be trusted
      -> End other programs and try again; if it fails on an idle host, it is a fault of assay.
      gone could not be measured in 3 attempts: no server
`
	if out.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", &out, want)
	}
}

// The null server takes its port as a target does, and SIGTERM ends it with 0.
func TestNullServer(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.env = []string{"PORT=" + strconv.Itoa(l.port)}
	p := l.startCommand(exec.Command(l.binary, "null-server", "--wrong-every", "1"))
	url := fmt.Sprintf("http://127.0.0.1:%d", l.port)
	l.eventually(p, "it answers", func() bool {
		resp, err := http.Get(url + "/healthz")
		if err != nil {
			return false
		}
		resp.Body.Close()
		return resp.StatusCode == http.StatusOK
	})
	p.signal(syscall.SIGTERM)
	p.finishes()
	l.start("null-server", "--delay", "-1s").fails(exitMisuse, "below 0")
	l.env = []string{"PORT=http"}
	l.start("null-server").fails(exitMisuse, "PORT=http")
}
