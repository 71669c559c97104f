package probe

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A cgroupMount is one mounted hierarchy, from /proc/<pid>/mountinfo.
type cgroupMount struct {
	root        string   // the part of the hierarchy that is mounted, "/" for all of it
	point       string   // where
	unified     bool     // cgroup v2
	controllers []string // v1: "cpu", "cpuacct", "memory", "name=systemd", ...
}

// parseMounts picks the cgroup mounts from the text of mountinfo and passes over lines
// that it cannot read. Source: proc_pid_mountinfo(5).
func parseMounts(text string) []cgroupMount {
	var mounts []cgroupMount
	for line := range strings.Lines(text) {
		head, tail, found := strings.Cut(line, " - ")
		before, after := strings.Fields(head), strings.Fields(tail)
		if !found || len(before) < 5 || len(after) < 3 {
			continue
		}
		mount := cgroupMount{root: unescape(before[3]), point: unescape(before[4])}
		switch after[0] {
		case "cgroup2":
			mount.unified = true
		case "cgroup":
			mount.controllers = strings.Split(after[2], ",")
		default:
			continue
		}
		mounts = append(mounts, mount)
	}
	return mounts
}

// unescape undoes the octal escapes of mountinfo: \040 is a space.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if code, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				b.WriteByte(byte(code))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// A membership is where a process belongs, from /proc/<pid>/cgroup: the path by v1
// controller, and by "" for v2.
type membership map[string]string

// parseMembership reads lines of the form "4:cpu,cpuacct:/docker/ab12" and "0::/path".
// Source: cgroups(7).
func parseMembership(text string) (membership, error) {
	m := membership{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		parts := strings.SplitN(strings.TrimRight(line, "\n"), ":", 3)
		if len(parts) != 3 || !strings.HasPrefix(parts[2], "/") {
			return nil, fmt.Errorf("cgroup membership, line %d: want number:controllers:path, got %q", number, line)
		}
		for _, controller := range strings.Split(parts[1], ",") {
			m[controller] = parts[2]
		}
	}
	return m, nil
}

// A cgroupDir is a directory with a process's files, and the mount point above it. The
// zero value is one that is not mounted or out of reach.
type cgroupDir struct{ path, point string }

// ancestors lists the directory and those above it up to the mount point.
func (d cgroupDir) ancestors() []string {
	var dirs []string
	for path := d.path; d.path != ""; path = path[:strings.LastIndexByte(path, '/')] {
		dirs = append(dirs, path)
		if path == d.point || !strings.HasPrefix(path, d.point+"/") {
			break
		}
	}
	return dirs
}

// cgroupDirs are the directories that matter here. On a hybrid host v1 has the
// controllers, and the unified (v2) hierarchy still has the pressure file.
type cgroupDirs struct{ cpu, account, memory, unified cgroupDir }

// locate finds the directories of a process from its membership and the mounts.
func locate(mounts []cgroupMount, m membership) cgroupDirs {
	return cgroupDirs{
		cpu: directory(mounts, m, "cpu"), account: directory(mounts, m, "cpuacct"),
		memory: directory(mounts, m, "memory"), unified: directory(mounts, m, ""),
	}
}

// version is "v1" when a v1 controller counts for the process, else "v2", or "" without
// either.
func (d cgroupDirs) version() string {
	var none cgroupDir
	switch {
	case d.cpu != none || d.account != none || d.memory != none:
		return "v1"
	case d.unified != none:
		return "v2"
	}
	return ""
}

// directory returns the directory of a controller ("" for v2). A path that starts with
// "/.." lies outside our cgroup namespace.
func directory(mounts []cgroupMount, m membership, controller string) cgroupDir {
	path, member := m[controller]
	if !member || strings.HasPrefix(path, "/..") {
		return cgroupDir{}
	}
	for _, mount := range mounts {
		if mount.unified != (controller == "") || !mount.unified && !slices.Contains(mount.controllers, controller) {
			continue
		}
		rest, covered := strings.CutPrefix(path, strings.TrimSuffix(mount.root, "/"))
		if covered && (rest == "" || rest[0] == '/') {
			return cgroupDir{path: strings.TrimSuffix(mount.point+rest, "/"), point: mount.point}
		}
	}
	return cgroupDir{}
}

// cgroupVersion names the version in use on a host: "v1", "v2", "hybrid" (v1 controllers
// beside a v2 hierarchy without any) or "none". A v1 hierarchy that only groups
// processes (name=systemd) does not count.
func cgroupVersion(mounts []cgroupMount) string {
	v1, v2 := false, false
	for _, mount := range mounts {
		v2 = v2 || mount.unified
		for _, controller := range mount.controllers {
			v1 = v1 || controller == "cpu" || controller == "memory"
		}
	}
	switch {
	case v1 && v2:
		return "hybrid"
	case v1:
		return "v1"
	case v2:
		return "v2"
	}
	return "none"
}
