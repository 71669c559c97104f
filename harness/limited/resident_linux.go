package limited

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
)

// groupResident is the resident memory of a process group in bytes. A limit of address space would not do instead: the
// race detector reserves terabytes of it.
func groupResident(leader int) int64 {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0
	}
	pages := int64(0)
	for _, name := range files {
		if text, err := os.ReadFile(name); err == nil {
			pages += residentOf(text, leader)
		}
	}
	return pages * int64(os.Getpagesize())
}

// residentOf reads a line of /proc/PID/stat (proc(5)): the resident pages if the process is in the group, else 0.
func residentOf(stat []byte, group int) int64 {
	const fieldGroup, fieldResident = 5, 24 // counted from 1; the name, field 2, may hold spaces and ends with the last ")"
	end := bytes.LastIndexByte(stat, ')')
	if end < 0 {
		return 0
	}
	fields := bytes.Fields(stat[end+1:])
	if len(fields) < fieldResident-2 || string(fields[fieldGroup-3]) != strconv.Itoa(group) {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[fieldResident-3]), 10, 64)
	if err != nil {
		return 0
	}
	return pages
}
