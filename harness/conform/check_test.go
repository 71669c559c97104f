package conform

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCorrectServerHasNoDifferences(t *testing.T) {
	t.Parallel()
	job := thorough(t, rig{}.start(t))
	report, err := Check(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Differences) > 0 || len(report.Skipped) > 0 {
		t.Errorf("a correct server differs:\n%s", report)
	}
	if want := len(job.Golden) + job.Random + keptRequests; report.Checked < want {
		t.Errorf("%d requests checked, want at least %d", report.Checked, want)
	}
	// net/http's head: status line, Content-Length, Content-Type, Date.
	if report.HeaderBytes != 109 || report.BodyBytes != len(`{"id":7,"sku":"63cbe1e459320dd7","name":"fjord slate","price_cents":9035,"stock":898,"warehouse":"paris","tags":["yacht","larch","xenon"],"weight_grams":10652,"description":"ocean inlet ridge zephyr elm ember north cedar yacht xenon","revision":"2bf6f81349ecc50e"}`) {
		t.Errorf("head of %d bytes, body of %d", report.HeaderBytes, report.BodyBytes)
	}
}

// TestUnknownCPUs: what cannot be checked is said, and is no difference.
func TestUnknownCPUs(t *testing.T) {
	t.Parallel()
	job := Job{Address: rig{}.start(t)}
	report, err := Check(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Differences) > 0 || len(report.NotChecked) != 1 || !strings.Contains(report.String(), "not checked: worker_threads of GET /stats: ") {
		t.Errorf("a server of unknown CPUs:\n%s", report)
	}
}

// TestWrongServers: each wrong server is caught by the kinds of checks that are there to
// catch it, and by no others.
func TestWrongServers(t *testing.T) {
	t.Parallel()
	for _, tt := range wrongServers() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			lim := defaultLimits()
			if tt.limits != nil {
				tt.limits(&lim)
			}
			report, err := check(t.Context(), thorough(t, tt.rig.start(t)), lim)
			if err != nil {
				t.Fatal(err)
			}
			var kinds []string
			for _, d := range report.Differences {
				if !slices.Contains(kinds, d.Check) {
					kinds = append(kinds, d.Check)
				}
			}
			if !slices.Equal(kinds, tt.kinds) {
				t.Errorf("caught by %q, want %q\n%s", kinds, tt.kinds, report)
			}
			if tt.says != "" && !strings.Contains(report.String(), tt.says) {
				t.Errorf("the report does not say %q\n%s", tt.says, report)
			}
			if tt.ends != (len(report.Skipped) > 0) {
				t.Errorf("skipped %q; did the server end: %t", report.Skipped, tt.ends)
			}
		})
	}
}

// TestEveryKindHasAWrongServer: a check that no server fails is no check.
func TestEveryKindHasAWrongServer(t *testing.T) {
	var alone []string
	for _, tt := range wrongServers() {
		if len(tt.kinds) == 1 {
			alone = append(alone, tt.kinds[0])
		}
	}
	names := []string{"rules"}
	for _, k := range kinds(Job{Thorough: true}) {
		names = append(names, k.name)
	}
	for _, name := range names {
		if !slices.Contains(alone, name) {
			t.Errorf("no wrong server is caught by %q alone", name)
		}
	}
}

func TestCheckNeedsAServer(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	_, err = Check(t.Context(), Job{Address: address})
	if err == nil || !strings.Contains(err.Error(), address) {
		t.Errorf("error %v, want one that names %s", err, address)
	}
}

func TestCheckEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	job := thorough(t, rig{answer: cancelAfter(cancel, 3)}.start(t))
	_, err := Check(ctx, job)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// TestSilentServer: one that accepts and says nothing becomes a difference, and the rest is
// not tried.
func TestSilentServer(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp4", "127.0.0.1:0") // the kernel accepts for it
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	lim := defaultLimits()
	lim.exchange, lim.unanswered = 50*time.Millisecond, 2
	report, err := check(t.Context(), thorough(t, listener.Addr().String()), lim)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Differences) != 2 || report.Differences[0].What != "connection" {
		t.Errorf("differences of a silent server:\n%s", report)
	}
	if len(report.Skipped) != len(kinds(Job{Thorough: true}))-1 {
		t.Errorf("skipped %q, want all but the first", report.Skipped)
	}
}

func TestCappedKeepsTheCount(t *testing.T) {
	got := capped("random", make([]Difference, 30), 25)
	if len(got) != 26 || got[25].Got != "5 more" || got[25].Check != "random" {
		t.Errorf("%d differences, the last %+v", len(got), got[len(got)-1])
	}
}
