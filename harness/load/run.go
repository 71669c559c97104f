package load

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
)

const (
	// readyInterval is how often a target that does not answer yet is asked again.
	readyInterval = 20 * time.Millisecond
	// leadTime lies between the barrier and the first request, for everything to be in place.
	leadTime = 20 * time.Millisecond
	// weighed is how many answers are weighed at most, and weighTime the time after which no further one is.
	weighed   = 8
	weighTime = time.Second
	// unusedIDs is the first request of which the load never gets to the id.
	unusedIDs = 1 << 40
)

// Run drives one job to its end. An error means that the job itself is unusable. What a server, the load side or the
// host fails at is in Result.Failure, beside everything measured until then. progress, if not nil, is called from one
// goroutine, and not after Run has returned.
//
// Run changes settings of the Go runtime for its duration (GOMAXPROCS, garbage collection): one job at a time in a
// process.
func Run(ctx context.Context, job Job, progress func(Progress)) (Result, error) {
	checked, err := check(job)
	if err != nil {
		return Result{}, err
	}
	undo := tune(procs(job))
	defer undo()
	r, err := newRun(checked, progress)
	if err != nil {
		return Result{}, err
	}
	failed := r.drive(ctx)
	return r.finish(ctx, failed), nil
}

// A run is one call of Run.
type run struct {
	job      checkedJob
	began    time.Time
	warn     warnings
	rec      *Recorder
	engine   driver
	census   *census
	team     *team // of the agents of this job
	reporter *reporter
	counters netCounters
	counted  bool // counters holds the values at the beginning
	complete bool // the window was watched to its end
	res      Result
}

// A driver is an engine with its connecting phase and what it tells while it runs. All but connectAll and Drive may be
// called from any goroutine.
type driver interface {
	Engine
	// connectAll opens every connection; count is asked at the moment one fails, before anything is closed.
	connectAll(ctx context.Context, deadline time.Time, count func() Sample) *setback
	open() int      // connections that are open now
	answers() int64 // right answers so far
	arm()           // from here ...
	disarm()        // ... to here ends of connections count
	lost() int64    // connections that ended meanwhile through no doing of ours
	reopened() int64
	idled() time.Duration // CPU time in the window, awake with nothing to do
	close()
}

func (r *run) newEngine(job checkedJob) (driver, error) {
	if job.Engine == Native {
		return newNativeEngine(job, r.rec)
	}
	return newVegetaEngine(job, r.rec, r.warn.add), nil
}

func newRun(job checkedJob, progress func(Progress)) (*run, error) {
	r := &run{job: job, team: &team{leads: true}, began: time.Now(), rec: NewRecorder(NewSchedule(job.Job), job.Part)}
	r.res = Result{HeaderBytes: -1, BytesPerAnswer: -1, ListenOverflows: -1, ListenDrops: -1, RetransmitSegments: -1}
	var err error
	if r.engine, err = r.newEngine(job); err != nil {
		return nil, err
	}
	r.census = &census{
		address: job.address, agents: job.Part.of(), warn: r.warn.add, stats: &rawConn{address: job.Address},
		client: r.engine.open,
	}
	r.reporter = newReporter(progress, r.snapshot)
	return r, nil
}

// snapshot is the progress of this moment.
func (r *run) snapshot(p Phase) Progress {
	opening := conns.AtRate(int64(r.job.Connections), r.job.ConnectPerSecond)
	fraction := min(1, time.Since(r.began).Seconds()/(opening+r.job.WarmUp+r.job.Window).Seconds())
	if p == Finished {
		fraction = 1
	}
	return Progress{
		Phase: p, UnixNano: time.Now().UnixNano(), Open: r.engine.open(),
		Done: r.engine.answers(), Fraction: fraction,
	}
}

// drive goes through the phases until one fails.
func (r *run) drive(ctx context.Context) *setback {
	var err error
	if r.counters, err = readNetCounters(); err != nil {
		r.warn.add("listen overflows and drops are not known: %v", err)
	}
	r.counted = err == nil
	r.reporter.enter(Connecting)
	if failed := r.connect(ctx); failed != nil {
		return failed
	}
	r.engine.arm()
	r.reporter.enter(Verified)
	if r.job.Engine == Vegeta { // the native engine counts bytes as they come, and leaves no garbage
		r.weigh(ctx)
		putOffCollection(garbageBudget(r.rec.Schedule().Total(), availableMemory()))
	}
	return r.measure(ctx)
}

// connect waits for the target, opens the connections and verifies them.
func (r *run) connect(ctx context.Context) *setback {
	deadline := time.Now().Add(r.job.ConnectTimeout)
	if failed := r.ready(ctx, deadline); failed != nil {
		return failed
	}
	team, err := gather(ctx, r.job.Part, fmt.Sprintf("@assay %s %d", r.job.Address, r.job.Seed), deadline)
	if err != nil {
		return r.left(err)
	}
	r.team = team
	opening := time.Now()
	deadline = opening.Add(r.job.ConnectTimeout)
	count := func() Sample { s, _ := r.census.take(ctx, 0); return s }
	if failed := r.engine.connectAll(ctx, deadline, count); failed != nil {
		return r.overflowed(failed)
	}
	if _, err := r.team.meet(ctx, 0); err != nil { // else the barrier would wait for connections that nobody opens, and blame the server
		return r.left(err)
	}
	if failed := barrier(ctx, r.census, r.job.Part.share(r.job.Connections), r.job.Connections, deadline, r.job.ConnectTimeout); failed != nil {
		return r.overflowed(failed)
	}
	r.res.ConnectSeconds = time.Since(opening).Seconds()
	return nil
}

// left is the setback of an agent whose team did not gather or has broken: another agent has a reason of its own, which
// Merge prefers.
func (r *run) left(err error) *setback {
	r.res.FailureFollows = true
	return &setback{text: err.Error(), side: sideLoad}
}

// overflowed takes a failure to connect from the server where the kernel dropped connections before the server could accept
// them: the load side opened them faster than the accept queue was emptied.
func (r *run) overflowed(failed *setback) *setback {
	r.countOverflows()
	dropped := max(r.res.ListenOverflows, r.res.ListenDrops)
	if !failed.missing || failed.side != sideServer || dropped <= 0 {
		return failed
	}
	text := fmt.Sprintf("%s; meanwhile the kernel dropped %d connections before they were accepted (listen overflows %d): they were opened "+
		"faster than the accept queue was emptied, which is no result of the server; it needs a longer listen backlog, or the load a lower rate of connecting",
		failed.text, dropped, r.res.ListenOverflows)
	return &setback{text: text, side: sideLoad}
}

// ready waits until the target answers GET /stats for the first time.
func (r *run) ready(ctx context.Context, deadline time.Time) *setback {
	for {
		_, err := r.census.stats.stats(ctx, time.Until(deadline))
		if err == nil {
			return nil
		}
		if !sleepUntil(ctx, time.Now().Add(readyInterval)) || time.Now().After(deadline) {
			text := fmt.Sprintf("the target did not answer within %v: %v", r.job.ConnectTimeout, err)
			return &setback{text: text, side: sideOf(classify(err))}
		}
	}
}

// weigh counts the bytes of some answers to the job's request, on the agent's own connection.
func (r *run) weigh(ctx context.Context) {
	schedule := r.rec.Schedule()
	var n, head, body int
	for began := time.Now(); n < weighed && (n == 0 || time.Since(began) < weighTime); n++ {
		t, id := r.job.template, schedule.ID(unusedIDs+int64(n))
		var sent []byte
		if t.Body != nil {
			sent = t.Body(nil, id)
		}
		a, err := r.census.stats.ask(ctx, t.Method, t.URI(id), sent, r.job.RequestTimeout)
		if err == nil && a.status != t.Status {
			err = fmt.Errorf("%s %s: status %d", t.Method, t.URI(id), a.status)
		}
		if err != nil {
			r.warn.add("answers could not be weighed: %v", err)
			return
		}
		head += a.head
		body += len(a.body)
	}
	r.res.HeaderBytes = float64(head) / float64(n)
	r.res.BytesPerAnswer = float64(head+body) / float64(n)
}

// measure drives warm-up and window, and drains.
func (r *run) measure(ctx context.Context) *setback {
	start, err := r.team.meet(ctx, leadTime)
	if err != nil {
		return r.left(err)
	}
	r.rec.Begin(start)
	schedule := r.rec.Schedule()
	w := window{start: start.Add(schedule.WarmUp()), end: start.Add(schedule.End())}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	watched := make(chan struct{})
	if v, ok := r.engine.(*vegetaEngine); ok {
		v.counted = watched
	}
	go func() {
		defer close(watched)
		w.watch(watching, r.census, func() { r.reporter.enter(Measuring) }, r.endWindow)
	}()
	err = r.engine.Drive(ctx, r.rec)
	r.rec.Close(time.Now())
	if err != nil {
		stop()
	}
	<-watched
	r.keep(w)
	r.countRetransmits()
	if err != nil {
		return &setback{text: err.Error(), side: sideLoad}
	}
	if _, err := r.team.meet(ctx, 0); err != nil { // the others still count these connections
		return r.left(err)
	}
	return r.hostFailure()
}

// endWindow is called on time at the end of the window.
func (r *run) endWindow() {
	r.engine.disarm()
	r.reporter.enter(Draining)
	r.countOverflows()
}

// countOverflows keeps what the network namespace has counted since before the first connection.
func (r *run) countOverflows() {
	if !r.counted {
		return
	}
	now, err := readNetCounters()
	if err != nil {
		r.warn.add("listen overflows and drops are not known: %v", err)
		return
	}
	r.res.ListenOverflows = now.listenOverflows - r.counters.listenOverflows
	r.res.ListenDrops = now.listenDrops - r.counters.listenDrops
}

// countRetransmits asks for those of our own connections, while they are still open. Where the kernel doesn't tell, the
// counter of the whole network namespace stands in, and a warning says so.
func (r *run) countRetransmits() {
	if !r.complete {
		return
	}
	n, err := retransmits(r.job.address)
	if err == nil {
		r.res.RetransmitSegments = n
		return
	}
	now, countErr := readNetCounters()
	if countErr != nil || !r.counted {
		r.warn.add("retransmits are not known: %v", err)
		return
	}
	r.res.RetransmitSegments = now.retransmits - r.counters.retransmits
	r.warn.add("retransmits are those of the whole network namespace: %v", err)
}

// keep takes over what was watched.
func (r *run) keep(w window) {
	r.complete = w.complete
	r.res.StartUnixNano, r.res.EndUnixNano = w.start.UnixNano(), w.end.UnixNano()
	r.res.Samples = w.samples
	r.res.ServerStatsStart, r.res.ServerStatsEnd = w.first, w.last
	r.res.AgentUserSeconds, r.res.AgentCPUSeconds = -1, -1
	if w.err != nil {
		r.warn.add("own CPU time is not known: %v", w.err)
	} else if w.complete {
		user, system := w.after.user-w.before.user, w.after.system-w.before.system
		r.res.AgentUserSeconds, r.res.AgentCPUSeconds = user.Seconds(), (user + system).Seconds()
		if idle := r.engine.idled(); idle > 0 {
			r.work(user+system, idle)
		}
	}
}

// work takes from the agent's CPU time what it was idle and awake for. Which part of that was the kernel's is not known.
func (r *run) work(used, idle time.Duration) {
	r.res.AgentAwakeSeconds, r.res.AgentUserSeconds, r.res.AgentCPUSeconds = idle.Seconds(), -1, (used - idle).Seconds()
	if idle > used {
		r.res.AgentCPUSeconds = -1
		r.warn.add("own CPU time is not known: %v used, of which %v awake with nothing to do", used, idle)
	}
}

// hostFailure tells when requests failed for a reason that lies with this host and not with the server.
func (r *run) hostFailure() *setback {
	for _, class := range []string{classNoFile, classNoPort, classNoMemory} {
		if n := r.rec.failures(class); n > 0 {
			return &setback{text: fmt.Sprintf("%d requests: %s", n, explain(class)), side: sideHost}
		}
	}
	return nil
}

// finish closes everything and completes the result.
func (r *run) finish(ctx context.Context, failed *setback) Result {
	r.engine.disarm()
	r.rec.Close(time.Now())
	r.res.Closed = r.engine.lost()
	r.res.Reopened = r.engine.reopened()
	r.team.disband()
	r.engine.close()
	r.census.stats.close()
	r.reporter.enter(Finished)
	r.reporter.close()
	if failed != nil && !r.complete {
		r.countOverflows()
	}
	if ctx.Err() != nil && !r.complete {
		failed = &setback{text: fmt.Sprintf("stopped: %v", context.Cause(ctx)), side: sideHost}
	}
	rss, rssErr := maxRSS()
	if r.res.AgentMaxRSSBytes = rss; rssErr != nil {
		r.res.AgentMaxRSSBytes = -1
		r.warn.add("own memory is not known: %v", rssErr)
	}
	if err := r.rec.fill(&r.res); err != nil && failed == nil {
		failed = &setback{text: err.Error(), side: sideLoad}
	}
	if failed != nil {
		r.res.Failure, r.res.FailureSide = failed.text, failed.side
	}
	r.res.Warnings = r.warn.all()
	return r.res
}
