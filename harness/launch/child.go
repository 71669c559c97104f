package launch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// A nursery starts child processes, notes them, and can end them all.
type nursery struct {
	spawn *spawner
	notes *notebook

	mu      sync.Mutex
	closed  bool
	living  map[*running]struct{}
	waiting sync.WaitGroup // for the goroutines that wait for the living
}

func newNursery(stateDir string, me Owner) (*nursery, error) {
	notes, err := newNotebook(stateDir, me)
	if err != nil {
		return nil, err
	}
	return &nursery{spawn: newSpawner(), notes: notes, living: map[*running]struct{}{}}, nil
}

// running is a started child.
type running struct {
	pid  int
	done chan struct{} // closed when the child was waited for and its output is complete
	exit Exit          // valid when done is closed; without LogTail
}

// start starts cmd and notes it as what. Whoever starts a child waits for done.
func (n *nursery) start(cmd *exec.Cmd, what string) (*running, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return nil, errors.New("the launcher is closed")
	}
	if err := n.spawn.start(cmd); err != nil {
		return nil, err
	}
	r := &running{pid: cmd.Process.Pid, done: make(chan struct{})}
	n.living[r] = struct{}{}
	n.waiting.Go(func() { n.wait(cmd, r) })
	if err := n.notes.add(r.pid, what); err != nil {
		// A child that nobody could sweep must not live.
		return nil, errors.Join(err, killGroup(r.pid))
	}
	return r, nil
}

func (n *nursery) wait(cmd *exec.Cmd, r *running) {
	// What Wait returns says less than the state: a pipe held open by a grandchild is an
	// error there, and no concern of ours.
	_ = cmd.Wait()
	r.exit = exitOf(cmd.ProcessState)
	n.notes.remove(r.pid)
	close(r.done)
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.living, r)
}

// close kills what lives, waits for it, and removes the notes.
func (n *nursery) close() error {
	n.mu.Lock()
	n.closed = true
	var errs []error
	for r := range n.living {
		errs = append(errs, r.kill())
	}
	n.mu.Unlock()
	n.waiting.Wait()
	n.spawn.close()
	return errors.Join(append(errs, n.notes.close())...)
}

// kill ends the child and its process group at once; it doesn't wait.
func (r *running) kill() error {
	select {
	case <-r.done:
		return nil // its ID may be another's by now
	default:
		return killGroup(r.pid)
	}
}

// wait waits for the child's own end; when ctx is over first, it kills the child and
// returns ctx's cause.
func (r *running) wait(ctx context.Context) error {
	select {
	case <-r.done:
		return nil
	case <-ctx.Done():
		err := r.kill()
		<-r.done
		return errors.Join(context.Cause(ctx), err)
	}
}

// stop asks the child to end, waits up to grace or until ctx is over, and kills it then.
func (r *running) stop(ctx context.Context, grace time.Duration) error {
	select {
	case <-r.done:
		return nil
	default:
	}
	if err := syscall.Kill(r.pid, syscall.SIGTERM); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("ask process %d to end: %w", r.pid, err)
	}
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-r.done:
		return nil
	case <-ctx.Done():
	case <-timer.C:
	}
	err := r.kill()
	<-r.done
	return err
}

func exitOf(state *os.ProcessState) Exit {
	if state == nil {
		return Exit{Err: errors.New("the system does not tell how it ended")}
	}
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return Exit{Code: -1, Signal: status.Signal().String()}
	}
	return Exit{Code: state.ExitCode()}
}
