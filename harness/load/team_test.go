package load

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// All agents of a team begin at the moment that the leader names, and after the last of them is there.
func TestTeamMeets(t *testing.T) {
	t.Parallel()
	const members = 4
	name := "@" + t.Name()
	deadline := time.Now().Add(20 * time.Second)
	var starts [members]time.Time
	var errs [members]error
	var last time.Time
	var together sync.WaitGroup
	for i := range members {
		together.Go(func() {
			team, err := gather(t.Context(), Part{Index: i, Of: members}, name, deadline)
			if err != nil {
				errs[i] = err
				return
			}
			defer team.disband()
			if i == 2 {
				time.Sleep(50 * time.Millisecond)
				last = time.Now()
			}
			starts[i], err = team.meet(t.Context(), time.Second)
			_, again := team.meet(t.Context(), 0)
			errs[i] = errors.Join(err, again)
		})
	}
	together.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	for i, s := range starts {
		if s.UnixNano() != starts[0].UnixNano() || s.Sub(last) < time.Second {
			t.Errorf("agent %d begins at %v, the first at %v; the last one came at %v", i, s, starts[0], last)
		}
	}
}

// Who waits for somebody that does not come, or that goes away, is told so.
func TestTeamFails(t *testing.T) {
	t.Parallel()
	soon := func() time.Time { return time.Now().Add(30 * time.Millisecond) }
	for _, p := range []Part{{0, 2}, {1, 2}} {
		if _, err := gather(t.Context(), p, "@"+t.Name(), soon()); err == nil || !strings.Contains(err.Error(), "did not come") {
			t.Errorf("part %d alone: %v", p.Index, err)
		}
	}
	alone, err := gather(t.Context(), Part{}, "", soon())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := alone.meet(t.Context(), 0); err != nil {
		t.Errorf("a team of one: %v", err)
	}
	gone := make(chan error)
	go func() {
		team, err := gather(t.Context(), Part{1, 2}, "@"+t.Name(), time.Now().Add(20*time.Second))
		if err == nil {
			_, err = team.meet(t.Context(), 0)
		}
		gone <- err
	}()
	leader, err := gather(t.Context(), Part{0, 2}, "@"+t.Name(), time.Now().Add(20*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	leader.disband()
	if err := <-gone; err == nil || !strings.Contains(err.Error(), "is gone") {
		t.Errorf("left by the leader: %v", err)
	}
}

// A part whose partners never come says so; it has no team to disband.
func TestATeamThatNeverGathers(t *testing.T) {
	team, err := gather(t.Context(), Part{0, 2}, "@"+t.Name(), time.Now().Add(50*time.Millisecond))
	if err == nil || team != nil {
		t.Errorf("%v, %v", team, err)
	}
	team.disband()
}
