package load

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// niceBesideLoad lets a shard that wakes run at once, and still leaves a tenth of a busy CPU (sched(7)).
const niceBesideLoad = 10

// giveWay has this goroutine, and nothing else, run on a thread that gives way to those of the load. The thread ends with
// the goroutine. Where the priority can't be lowered, the load is disturbed a little more, which its lateness shows.
func giveWay() {
	runtime.LockOSThread()
	_ = unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), niceBesideLoad)
}
