package launch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/assay-bench/assay/harness/target"
)

// A Launcher builds targets and starts them. Its methods may be called from several
// goroutines.
type Launcher interface {
	// Name is "docker" or "process".
	Name() string
	// Describe says in one line what runs the targets, or what cannot be done here.
	Describe() string
	// Sweep removes what earlier owners, now gone, left behind, and names it.
	Sweep(ctx context.Context) ([]string, error)
	// Prepare builds a target. The compiler's output goes to log; when the build fails,
	// its last lines are in the error too.
	Prepare(ctx context.Context, t target.Target, log io.Writer) (Build, error)
	// Launch starts a fresh instance. A target that ends while it starts is an
	// *ExitError with its output.
	Launch(ctx context.Context, b Build, t target.Target, p target.Placement) (Instance, error)
	// FindDatabase says in an error why StartDatabase has no PostgreSQL to start, and what to do.
	FindDatabase(ctx context.Context, image string) error
	// StartDatabase starts PostgreSQL, for targets and agents to meet on loopback. Whoever asks it has to try for a while:
	// it listens before it answers.
	StartDatabase(ctx context.Context, spec DatabaseSpec) (Instance, error)
	// Close ends everything that this launcher started and that still lives.
	Close() error
}

// An Instance is one running target.
type Instance interface {
	// Address is where the agent finds the target: "127.0.0.1:8080".
	Address() string
	// PID is the target's process on this host; 0 where it is out of reach (an engine on
	// another machine or in a virtual machine).
	PID() int
	// ContainerID is "" for processes.
	ContainerID() string
	// Agent runs the load agent beside the target, on the load CPUs, and returns its
	// result. It fails with *ExitError when the agent failed or was killed.
	Agent(ctx context.Context, run AgentRun) ([]byte, error)
	// Exited delivers one Exit if the target ends without Stop; it is closed afterwards,
	// and by Stop.
	Exited() <-chan Exit
	// Stop sends SIGTERM, waits up to StopGrace, then kills; it kills at once when ctx is
	// over. Further calls return the same. For a target that had ended, it tells how.
	Stop(ctx context.Context) (Exit, error)
}

// An AgentRun is one job for the load agent.
type AgentRun struct {
	Job []byte // what the agent reads; opaque here
	// Progress gets each line of the agent's stdout, without its line feed, in order and
	// from one goroutine at a time; the slice is its own to keep. May be nil.
	Progress func(line []byte)
	// Started is told the agent's process ID on this host (0: out of reach, or ended
	// already) and its container ("" for processes), before any progress. May be nil.
	Started func(pid int, containerID string)
}

// Options are what both launchers need to know.
type Options struct {
	Root        string // the checkout, which target.Target.Dir is relative to; "" is the working directory
	AgentBinary string // path of the assay binary; "" is the running one
	RunID       string // label of containers, for a person who looks
	StateDir    string // where processes are noted; "" is assay-<uid> in the directory for temporary files
}

// ErrEngine is in the chain of every error that means: the Docker engine no longer
// answers. No further trial can succeed until it does.
var ErrEngine = errors.New("the Docker engine does not answer")

// An ExitError says that the target or the agent ended and should not have.
type ExitError struct {
	Who  string // "go-server", "load agent"
	When string // "while starting", "before it wrote a result"; may be ""
	Exit Exit
}

// Error names how it ended and quotes the last lines of its output.
func (e *ExitError) Error() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s ended", e.Who)
	if e.When != "" {
		fmt.Fprintf(&s, " %s", e.When)
	}
	switch {
	case e.Exit.Err != nil:
		fmt.Fprintf(&s, ": %v", e.Exit.Err)
	case e.Exit.Signal != "":
		fmt.Fprintf(&s, ": signal %s", e.Exit.Signal)
	default:
		fmt.Fprintf(&s, ": exit status %d", e.Exit.Code)
	}
	if e.Exit.OOMKilled {
		s.WriteString(" (out of memory)")
	}
	if e.Exit.LogTail != "" {
		fmt.Fprintf(&s, "; its last output:\n%s", e.Exit.LogTail)
	} else {
		s.WriteString("; it printed nothing")
	}
	return s.String()
}

// Unwrap gives the reason why the end was not seen, if that is so.
func (e *ExitError) Unwrap() error { return e.Exit.Err }
