package priority

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// besideLoad lets a shard that wakes run at once, and still leaves a tenth of a busy CPU (sched(7)).
const besideLoad = 10

// GiveWay has this goroutine, and nothing else, run on a thread that gives way to those of the load. The thread ends with
// the goroutine, which must not start processes: they would inherit it. Where the priority can't be lowered, the load is
// disturbed a little more, which its lateness shows.
func GiveWay() {
	runtime.LockOSThread()
	_ = unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), besideLoad)
}
