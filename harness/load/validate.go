package load

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/scenario"

	"github.com/assay-bench/assay/harness/load/conns"
)

// A checkedJob is a job that can be driven, with what was read from its text fields.
type checkedJob struct {
	Job
	address  netip.AddrPort
	template model.Request
}

// maxRequests bounds what one job may schedule: the ledger of the window takes four bytes a request.
const maxRequests = 50_000_000

// check says what is wrong with a job, all of it at once.
func check(job Job) (checkedJob, error) {
	c := checkedJob{Job: job}
	var problems []error
	bad := func(wrong bool, format string, args ...any) {
		if wrong {
			problems = append(problems, fmt.Errorf(format, args...))
		}
	}
	var err error
	if c.address, err = netip.ParseAddrPort(job.Address); err != nil {
		problems = append(problems, fmt.Errorf("address: %w", err))
	} else {
		bad(!c.address.Addr().Is4() || !c.address.Addr().IsLoopback() || c.address.Port() == 0,
			"address %s: load goes to a port in 127.0.0.0/8 only", job.Address)
	}
	if c.template, err = model.ParseRequest(job.Request); err != nil {
		problems = append(problems, err)
	}
	bad(job.Engine != Native && job.Engine != Vegeta, "engine %q: only %q and %q are there", job.Engine, Native, Vegeta)
	bad(!slices.Contains(scenario.Modes(), job.Mode) || job.Mode.Lifecycle(), "mode %q: no load belongs to it", job.Mode)
	bad(job.Mode.Closed() && job.Engine != Native, "mode %q: only the engine %q drives it", job.Mode, Native)
	bad(job.Connections < 1, "connections: %d; at least 1", job.Connections)
	bad(!job.Mode.Closed() && !(job.RequestsPerSecond > 0 && job.RequestsPerSecond <= 1e6),
		"requests per second: %v; above 0, up to 1e6", job.RequestsPerSecond)
	bad(job.Mode.Closed() && job.RequestsPerSecond != 0, "requests per second: %v; a closed loop has no rate", job.RequestsPerSecond)
	bad(job.Spread < 0 || job.Spread > job.WarmUp, "spread: %v; from 0 to the warm-up", job.Spread)
	bad(!(job.ConnectPerSecond > 0 && job.ConnectPerSecond <= 1e6), "connections opened per second: %v; above 0, up to 1e6",
		job.ConnectPerSecond)
	bad(job.ConnectTimeout <= 0 || job.WarmUp < 0 || job.Window <= 0 || job.Drain < 0 || job.RequestTimeout <= 0,
		"durations: connect timeout, window and request timeout must be above 0, warm-up and drain not below")
	bad(job.Part.Index < 0 || job.Part.Index >= job.Part.of(), "part %d of %d", job.Part.Index, job.Part.Of)
	bad(job.Part.of() > 1 && (job.Engine != Native || job.Part.of() > job.Connections),
		"%d parts: only the engine %q drives parts, of a connection at least", job.Part.Of, Native)
	bad(job.CPUs < 1, "cpus: %d; at least 1", job.CPUs)
	if len(problems) == 0 {
		bad(conns.AtRate(int64(job.Connections), job.ConnectPerSecond) >= job.ConnectTimeout,
			"opening %d connections at %v/s takes longer than the connect timeout of %v",
			job.Connections, job.ConnectPerSecond, job.ConnectTimeout)
		requests := job.RequestsPerSecond * (job.WarmUp + job.Window).Seconds()
		bad(requests > maxRequests, "%.0f requests; at most %d in one job", requests, maxRequests)
		bad(!job.Mode.Closed() && job.RequestsPerSecond*job.Window.Seconds() < 1, "no request falls into a window of %v at %v/s",
			job.Window.Round(time.Millisecond), job.RequestsPerSecond)
	}
	if len(problems) > 0 {
		return checkedJob{}, fmt.Errorf("load: invalid job: %w", errors.Join(problems...))
	}
	return c, nil
}
