package conns

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"github.com/assay-bench/assay/harness/load/histogram"
)

// A Tally is what became of the requests of the window, and only of those: a request belongs to the window when its
// intended send does. Sent = Done + Failed + Pending; what is Scheduled and not Sent the load side did not come to before the
// window was over (LastCall). Connect and FirstByte are of connections, whenever they were opened.
type Tally struct {
	Scheduled int64            // meant to be sent in the window; in a closed loop what was sent
	Sent      int64            // taken up by their connection
	Done      int64            // right answers
	Failed    int64            // by class in Errors
	Pending   int64            // still without an answer when the drain ended
	Errors    map[string]int64 // classes of package load

	// Microseconds, as package histogram makes them.
	Intended  *hdrhistogram.Histogram // intended send to done; Pending at their age
	Service   *hdrhistogram.Histogram // written to done
	Lateness  *hdrhistogram.Histogram // intended send to taken up; empty in a closed loop, which has none
	Connect   *hdrhistogram.Histogram // connect(2) to established, of every connection
	FirstByte *hdrhistogram.Histogram // connect(2) to the first byte of the first answer, of those opened before the barrier

	HeadBytes int64 // of the answers Done, as they came
	BodyBytes int64

	// InFlight is the mean number of requests under way over the window, summed over time as they come and go. By
	// Little's law it is the rate of the answers times their mean service time, which are counted request by request, and
	// Edges: what requests meant before or after the window were under way in it, less what its own were after its end.
	InFlight float64
	Edges    float64

	// Halted is how much of the window the thread that drives a shard did not look for events although it was due to, since it did not
	// run or took long over one, in stretches of more than 11 ms, of which 10 may have been a wait and do not count; of several shards the longest. A closed
	// loop has no schedule from which this could be seen.
	Halted time.Duration
}

// NewTally is an empty tally.
func NewTally() *Tally {
	return &Tally{
		Errors: map[string]int64{}, Intended: histogram.New(), Service: histogram.New(), Lateness: histogram.New(),
		Connect: histogram.New(), FirstByte: histogram.New(),
	}
}

// Merge adds another part of the same window: of another shard, or of another agent.
func (t *Tally) Merge(o *Tally) {
	t.Scheduled += o.Scheduled
	t.Sent += o.Sent
	t.Done += o.Done
	t.Failed += o.Failed
	t.Pending += o.Pending
	for class, n := range o.Errors {
		t.Errors[class] += n
	}
	t.Intended.Merge(o.Intended)
	t.Service.Merge(o.Service)
	t.Lateness.Merge(o.Lateness)
	t.Connect.Merge(o.Connect)
	t.FirstByte.Merge(o.FirstByte)
	t.HeadBytes += o.HeadBytes
	t.BodyBytes += o.BodyBytes
	t.InFlight += o.InFlight
	t.Edges += o.Edges
	t.Halted = max(t.Halted, o.Halted)
}
