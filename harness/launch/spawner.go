package launch

import (
	"os/exec"
	"runtime"
	"sync"
)

// A spawner starts commands from one OS thread that lives until close. Linux ties
// PR_SET_PDEATHSIG to the thread that made the child, not to its process: started from
// any thread, a target would die when the Go runtime retires that thread.
type spawner struct {
	requests chan spawnRequest
	done     chan struct{}
	closing  sync.Once
}

type spawnRequest struct {
	cmd    *exec.Cmd
	result chan error
}

func newSpawner() *spawner {
	s := &spawner{requests: make(chan spawnRequest), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		// Never unlocked: the thread ends with this goroutine.
		runtime.LockOSThread()
		for r := range s.requests {
			r.result <- r.cmd.Start()
		}
	}()
	return s
}

// start starts cmd in a process group of its own, so that a terminal's Ctrl-C does not
// reach it, and tied to the life of this process where the system can do that. The caller
// waits for it.
func (s *spawner) start(cmd *exec.Cmd) error {
	cmd.SysProcAttr = ownGroup()
	cmd.WaitDelay = pipeGrace
	r := spawnRequest{cmd: cmd, result: make(chan error, 1)}
	s.requests <- r
	return <-r.result
}

// close ends the thread, and with it, on Linux, every child that still runs.
func (s *spawner) close() {
	s.closing.Do(func() { close(s.requests) })
	<-s.done
}
