package coldstart

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// gateName is of this test process alone.
func gateName(t *testing.T) string { return fmt.Sprintf("assay test %d %s", os.Getpid(), t.Name()) }

// afterGate listens on a free port and serves there once the gate was passed, as a server behind the shim does.
func afterGate(t *testing.T, gate string, handler http.HandlerFunc) (address string) {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: handler}
	served := make(chan error, 1)
	go func() {
		if err := Pass(gate); err != nil {
			served <- err
			return
		}
		if handler == nil {
			served <- http.ErrServerClosed
			return
		}
		l, err := net.Listen("tcp4", address)
		if err != nil {
			served <- err
			return
		}
		served <- server.Serve(l)
	}()
	t.Cleanup(func() {
		server.Close()
		if err := <-served; err != http.ErrServerClosed {
			t.Error(err)
		}
	})
	return address
}

func job(gate, address string) Job {
	return Job{Gate: gate, Address: address, Interval: 200 * time.Microsecond, Timeout: 10 * time.Second}
}

// The first answers of a server that is not ready are not what is timed.
func TestTheFirstAnswerWith200Counts(t *testing.T) {
	var asked atomic.Int32
	gate := gateName(t)
	address := afterGate(t, gate, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) < 4 || r.URL.Path != "/healthz" {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		fmt.Fprint(w, "ok")
	})
	s, err := Probe(context.Background(), job(gate, address))
	if err != nil || s.Failure != "" {
		t.Fatalf("%+v, %v", s, err)
	}
	if s.Took() <= 0 || s.Questions < 4 || s.ExecNano == 0 {
		t.Errorf("%+v", s)
	}
	now, err := Monotonic()
	if err != nil || s.AnswerNano > now || s.AnswerNano < s.ExecNano {
		t.Errorf("answer at %d, exec at %d, now %d, %v", s.AnswerNano, s.ExecNano, now, err)
	}
}

func TestAServerThatNeverAnswersIsNoError(t *testing.T) {
	gate := gateName(t)
	j := job(gate, afterGate(t, gate, nil))
	j.Timeout = 50 * time.Millisecond
	s, err := Probe(context.Background(), j)
	if err != nil || s.AnswerNano != 0 || s.GapNano == 0 || !strings.Contains(s.Failure, "refused") {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestJobsThatCannotBeDone(t *testing.T) {
	for _, j := range []Job{{Address: "[::1]:80", Interval: 1, Timeout: 1}, {Address: "127.0.0.1:80", Timeout: 1}} {
		if _, err := Probe(context.Background(), j); err == nil {
			t.Errorf("%+v was done", j)
		}
	}
}
