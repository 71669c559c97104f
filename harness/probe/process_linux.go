package probe

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// processSource reads one process: all its threads, none of its children.
//
// CPU is the process CPU clock, in nanoseconds; a thread that is on a CPU is accounted up
// to its last scheduler tick (1 to 10 ms, kernel option HZ). User and System come from
// /proc/<pid>/stat in steps of 10 ms, so their sum is a little less than CPU.
//
// ResidentBytes is field 2 of /proc/<pid>/statm: pages of the process in memory,
// anonymous ones, mapped files (the program itself included) and shared memory. Not in
// it: what the kernel holds on its behalf (socket buffers, page tables). Kernels before
// 6.16 batch the counter and can be off by some hundred kilobytes (proc_pid_statm(5)).
type processSource struct {
	pid         int
	clock       int32
	stat, statm *keptFile
	pageBytes   int64
	now         func() time.Time
}

// OpenProcess returns a source for one process by its number. Its files stay open until
// [Close]. The error is ErrGone when there is no such process.
func OpenProcess(pid int) (Source, error) { return openProcess(pid, time.Now) }

func openProcess(pid int, now func() time.Time) (*processSource, error) {
	if pid < 1 {
		return nil, fmt.Errorf("probe process %d: not a process number", pid)
	}
	dir := filepath.Join("/proc", strconv.Itoa(pid))
	stat, err := keep(filepath.Join(dir, "stat"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("probe process %d: %w", pid, ErrGone)
	}
	if err != nil {
		return nil, fmt.Errorf("probe process %d: %w", pid, err)
	}
	statm, err := keep(filepath.Join(dir, "statm"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("probe process %d: %w", pid, err), stat.close())
	}
	return &processSource{
		pid: pid, clock: processClock(pid), stat: stat, statm: statm,
		pageBytes: int64(os.Getpagesize()), now: now,
	}, nil
}

// processClock is the clock that counts a process's CPU time, as clock_getcpuclockid(3)
// makes it: the complement of the number, and CPUCLOCK_SCHED (2) in the low three bits.
func processClock(pid int) int32 { return int32(^pid<<3 | 2) }

func (p *processSource) Name() string { return "process" }

// Sample reads the clock first and the kept files after it: when those still answer, the
// number had not been given to another process while the clock was read. Of a zombie the
// final CPU times are returned beside ErrGone.
func (p *processSource) Sample() (Sample, error) {
	at := p.now()
	var spec unix.Timespec
	if err := unix.ClockGettime(p.clock, &spec); err != nil {
		if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ESRCH) {
			err = ErrGone
		}
		return Sample{}, fmt.Errorf("CPU clock of process %d: %w", p.pid, err)
	}
	text, err := p.stat.read()
	if err != nil {
		return Sample{}, err
	}
	times, err := parseProcStat(text)
	if err != nil {
		return Sample{}, fmt.Errorf("process %d: %w", p.pid, err)
	}
	s := unread(at)
	s.CPU, s.User, s.System = time.Duration(spec.Nano()), times.user, times.system
	if times.ended() {
		return s, fmt.Errorf("process %d has ended: %w", p.pid, ErrGone)
	}
	text, err = p.statm.read()
	if err != nil {
		return s, err
	}
	pages, err := parseStatm(text)
	if err != nil {
		return s, fmt.Errorf("process %d: %w", p.pid, err)
	}
	s.ResidentBytes = pages * p.pageBytes
	return s, nil
}

func (p *processSource) Close() error { return errors.Join(p.stat.close(), p.statm.close()) }
