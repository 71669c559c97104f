package probe

import (
	"bytes"
	"errors"
	"strconv"
	"time"
)

// tick is the unit of the CPU times in /proc: 1/USER_HZ. USER_HZ is 100 on every Linux
// architecture that Go supports (include/asm-generic/param.h); it is not the kernel's HZ.
const tick = 10 * time.Millisecond

// processTimes is what /proc/<pid>/stat tells that we need.
type processTimes struct {
	state        byte // 'R', 'S', ..., 'Z' for a zombie
	user, system time.Duration
}

// ended reports whether the process has exited and only waits to be collected.
func (p processTimes) ended() bool { return p.state == 'Z' || p.state == 'X' }

// parseProcStat reads /proc/<pid>/stat. The second field is the program's name in
// parentheses, which may itself hold spaces and parentheses: the last ")" ends it.
// Source: proc_pid_stat(5), fields 3, 14 and 15.
func parseProcStat(text []byte) (processTimes, error) {
	end := bytes.LastIndexByte(text, ')')
	if end < 0 {
		return processTimes{}, errors.New("process stat: no name in parentheses")
	}
	fields := bytes.Fields(text[end+1:])
	if len(fields) < 13 || len(fields[0]) != 1 {
		return processTimes{}, errors.New("process stat: too few fields")
	}
	user, system := duration(number(fields[11]), tick), duration(number(fields[12]), tick)
	if user < 0 || system < 0 {
		return processTimes{}, errors.New("process stat: CPU times are not numbers")
	}
	return processTimes{state: fields[0][0], user: user, system: system}, nil
}

// parseStatm reads the resident pages from /proc/<pid>/statm, its second field.
func parseStatm(text []byte) (pages int64, err error) {
	fields := bytes.Fields(text)
	if len(fields) < 2 {
		return 0, errors.New("process statm: too few fields")
	}
	pages, err = strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil || pages < 0 || pages > 1<<48 {
		return 0, errors.New("process statm: resident pages are not a number")
	}
	return pages, nil
}
