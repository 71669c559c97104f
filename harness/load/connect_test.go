package load

import (
	"testing"
	"time"
)

// A connection that our side closed again while connecting is opened once more, and only that one.
func TestConnectReopensWhatTheTransportClosed(t *testing.T) {
	target := newFakeTarget(t, nil)
	job := jobFor(target)
	checked, err := check(job)
	if err != nil {
		t.Fatal(err)
	}
	var warn warnings
	e := newVegetaEngine(checked, NewRecorder(NewSchedule(job), Part{}), warn.add)
	defer e.close()
	count := func() Sample { return Sample{Client: int(e.pool.open.Load()), Kernel: -1, Server: -1} }
	deadline := time.Now().Add(job.ConnectTimeout)
	if failed := e.connectAll(t.Context(), deadline, count); failed != nil {
		t.Fatal(failed.text)
	}
	if missing := e.pool.missing(); len(missing) != 0 {
		t.Fatalf("missing after connecting: %v", missing)
	}
	e.pool.mu.Lock()
	var victim *trackedConn
	for c := range e.pool.conns {
		if c.slot == 7 {
			victim = c
		}
	}
	e.pool.mu.Unlock()
	if err := victim.Close(); err != nil {
		t.Fatal(err)
	}
	if missing := e.pool.missing(); len(missing) != 1 || missing[0] != 7 {
		t.Fatalf("missing %v, want the one that was closed", missing)
	}
	before := e.pool.opened.Load()
	eventually(t, "the lost connection is opened again", func() bool {
		failed := e.connectAll(t.Context(), deadline, count)
		return failed == nil && len(e.pool.missing()) == 0
	})
	if got := e.pool.opened.Load() - before; got != 1 {
		t.Errorf("%d connections were opened to replace one", got)
	}
	if got := int(e.pool.open.Load()); got != job.Connections {
		t.Errorf("%d connections are open, want %d", got, job.Connections)
	}
}
