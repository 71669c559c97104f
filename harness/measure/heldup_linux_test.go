package measure

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/trial"
)

// jobVariable holds the job that this test binary drives as a load agent, in a process of its own that can be stopped.
const jobVariable = "ASSAY_TEST_JOB"

func TestAgentProcess(t *testing.T) {
	text, ok := os.LookupEnv(jobVariable)
	if !ok {
		return // the process that stops it has the test, see below
	}
	var job load.Job
	if err := json.Unmarshal([]byte(text), &job); err != nil {
		t.Fatal(err)
	}
	lines := json.NewEncoder(os.Stdout)
	res, err := load.Run(t.Context(), job, func(p load.Progress) { _ = lines.Encode(p) })
	if err != nil {
		t.Fatal(err)
	}
	if err := lines.Encode(res); err != nil {
		t.Fatal(err)
	}
}

// A load agent that is held up from within the window until it is over has not sent its schedule: the trial is invalid, whatever
// else became of it, the server is not blamed for what timed out meanwhile, and a calibration takes the load side for unfit.
func TestAnAgentThatIsHeldUpHasNotSentItsSchedule(t *testing.T) {
	for name, timeout := range map[string]time.Duration{"answers come": 10 * time.Second, "requests time out": 100 * time.Millisecond} {
		job := load.Job{
			Engine: load.Native, Address: conforming(t), Mode: scenario.Hold, Request: "GET /item?id={id}", Connections: 10,
			RequestsPerSecond: 2000, Seed: 7, ConnectPerSecond: 2000, ConnectTimeout: 20 * time.Second, Window: time.Second,
			Drain: 5 * time.Second, RequestTimeout: timeout, SLOP99: 100 * time.Millisecond, CPUs: 1,
		}
		res := heldUp(t, job, 500*time.Millisecond, time.Second)
		if res.Failure != "" || res.Scheduled != 2000 || res.Sent > 1600 || res.Sent < 100 || res.Sent != res.Done+res.Failed+res.Pending {
			t.Errorf("%s: failure %q, scheduled %d, sent %d, done %d, failed %d, pending %d",
				name, res.Failure, res.Scheduled, res.Sent, res.Done, res.Failed, res.Pending)
		}
		p := onePlan()
		p.Engine = load.Native
		rec := recorded(t, p, Observation{Result: &res, Seen: Seen{Host: []probe.HostSample{}}})
		if rec.Status != trial.Invalid || !strings.Contains(rec.Failure, checkSent) || LoadFit(rec) {
			t.Errorf("%s: status %s, %q, fit %v", name, rec.Status, rec.Failure, LoadFit(rec))
		}
	}
}

// A closed loop has no schedule: what it did not send while it was held up is nowhere missing, and the server seems to have been
// slow. That the load side stood still is seen all the same.
func TestAClosedLoopThatIsHeldUpIsSeen(t *testing.T) {
	job := load.Job{
		Engine: load.Native, Address: conforming(t), Mode: scenario.Saturate, Request: "GET /item?id={id}", Connections: 4,
		Seed: 7, ConnectPerSecond: 2000, ConnectTimeout: 20 * time.Second, Window: time.Second,
		Drain: 5 * time.Second, RequestTimeout: 10 * time.Second, SLOP99: 100 * time.Millisecond, CPUs: 1,
	}
	res := heldUp(t, job, 300*time.Millisecond, 300*time.Millisecond)
	if res.Failure != "" || res.HaltedSeconds < 0.2 || res.Sent != res.Done+res.Failed+res.Pending {
		t.Errorf("failure %q, halted %g s, sent %d, done %d, failed %d, pending %d", res.Failure, res.HaltedSeconds, res.Sent, res.Done, res.Failed, res.Pending)
	}
	p := onePlan()
	p.Engine, p.Cells[0].Mode, p.Cells[0].Connections = load.Native, scenario.Saturate, 4
	rec := recorded(t, p, Observation{Result: &res, Seen: Seen{Host: []probe.HostSample{}}})
	const unknownCause = "others used its CPUs, or an answer was long to read"
	if rec.Status != trial.Invalid || !strings.Contains(rec.Failure, checkHalted) || !strings.Contains(rec.Failure, unknownCause) || LoadFit(rec) {
		t.Errorf("status %s, %q, fit %v", rec.Status, rec.Failure, LoadFit(rec))
	}
	for name, change := range map[string]func(){
		"the engine does not count": func() { res.HaltedSeconds = -1 },
		"a plan of before":          func() { res.HaltedSeconds, p.Limits.LoadHalts = 0.3, 0 },
	} {
		change()
		rec := recorded(t, p, Observation{Result: &res, Seen: Seen{Host: []probe.HostSample{}}})
		if strings.Contains(rec.Failure, checkHalted) {
			t.Errorf("%s: %q", name, rec.Failure)
		}
	}
}

// heldUp has an agent drive the job, stopped for so long from that time in the window on.
func heldUp(t *testing.T, job load.Job, from, lasting time.Duration) (res load.Result) {
	t.Helper()
	text, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	agent := exec.Command(os.Args[0], "-test.run=^TestAgentProcess$")
	agent.Env, agent.Stderr = append(os.Environ(), jobVariable+"="+string(text)), os.Stderr
	out, err := agent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := agent.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = agent.Wait() }() // what it has printed says how it ended
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	found := false
	for lines.Scan() {
		var p load.Progress
		line := lines.Bytes()
		if json.Unmarshal(line, &p) == nil && p.Phase == load.Measuring && from > 0 {
			time.Sleep(from)
			from = 0
			if err := agent.Process.Signal(syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
			time.Sleep(lasting)
			if err := agent.Process.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
		}
		if strings.Contains(string(line), `"scheduled"`) {
			if err := json.Unmarshal(line, &res); err != nil {
				t.Fatal(err)
			}
			found = true
		}
	}
	if !found || from > 0 {
		t.Fatalf("the agent brought no result, or had no window: %v", lines.Err())
	}
	return res
}

// conforming is the address of a server that answers what the contract demands.
func conforming(t *testing.T) string {
	t.Helper()
	var open atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch id, _ := strconv.ParseUint(r.URL.Query().Get("id"), 10, 64); r.URL.Path {
		case "/healthz":
			fmt.Fprint(w, "ok\n")
		case "/stats":
			fmt.Fprintf(w, `{"open_connections":%d,"worker_threads":1,"gc_count":null,"gc_pause_total_ns":null,"resident_bytes":null}`, open.Load())
		default:
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(model.AppendItem(nil, id))
		}
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			open.Add(1)
		case http.StateClosed:
			open.Add(-1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}
