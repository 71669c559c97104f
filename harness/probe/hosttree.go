package probe

import (
	"io/fs"
	"strconv"
	"strings"
)

// A tree is a Linux root directory, or a fixture of one. What can't be read is "" or -1.
type tree struct{ files fs.FS }

// text returns a file's content without the white space and NULs around it.
func (t tree) text(path string) string {
	text, err := fs.ReadFile(t.files, strings.TrimPrefix(path, "/"))
	if err != nil {
		return ""
	}
	return strings.Trim(string(text), " \t\r\n\x00")
}

func (t tree) number(path string) int64 { return number([]byte(t.text(path))) }

func (t tree) exists(path string) bool {
	_, err := fs.Stat(t.files, strings.TrimPrefix(path, "/"))
	return err == nil
}

// cpus reads a CPU list; nil when there is none or it can't be read.
func (t tree) cpus(path string) []int {
	text := t.text(path)
	cpus, err := ParseCPUList(text)
	if text == "" || err != nil {
		return nil
	}
	return cpus
}

// ReadHostFrom reads a host from the files below root: /proc, /sys and /etc of a running
// Linux, or a fixture. Everything comes from there, but Arch.
func ReadHostFrom(root fs.FS) Host {
	t, h := tree{root}, unknownHost()
	h.OS = osName(t.text("etc/os-release"))
	h.Kernel = t.text("proc/sys/kernel/osrelease")
	t.readCPUs(&h)
	t.readMachine(&h)
	t.readMemory(&h)
	t.readCgroup(&h)
	t.readNetwork(&h)

	clock := "sys/devices/system/clocksource/clocksource0/"
	h.ClockSource = t.text(clock + "current_clocksource")
	h.ClockSources = append(h.ClockSources, strings.Fields(t.text(clock+"available_clocksource"))...)
	h.OpenFilesSoft, h.OpenFilesHard = openFiles(t.text("proc/self/limits"))
	h.Load1 = loadAverage(t.text("proc/loadavg"))
	h.HugePages = chosen(t.text("sys/kernel/mm/transparent_hugepage/enabled"))
	h.ASLR = t.number("proc/sys/kernel/randomize_va_space")
	return h
}

func (t tree) readNetwork(h *Host) {
	h.PortLow, h.PortHigh = pair(t.text("proc/sys/net/ipv4/ip_local_port_range"))
	h.SomaxConn = t.number("proc/sys/net/core/somaxconn")
	h.SynBacklog = t.number("proc/sys/net/ipv4/tcp_max_syn_backlog")
	h.TWReuse = t.number("proc/sys/net/ipv4/tcp_tw_reuse")
	h.ConntrackMax = t.number("proc/sys/net/netfilter/nf_conntrack_max")
	h.ConntrackCount = t.number("proc/sys/net/netfilter/nf_conntrack_count")
}

// osName reads PRETTY_NAME of os-release(5).
func osName(text string) string {
	for line := range strings.Lines(text) {
		if value, found := strings.CutPrefix(strings.TrimSpace(line), "PRETTY_NAME="); found {
			return strings.Trim(value, `"'`)
		}
	}
	return ""
}

// openFiles reads the line "Max open files" of /proc/<pid>/limits.
func openFiles(text string) (soft, hard int64) {
	for line := range strings.Lines(text) {
		if rest, found := strings.CutPrefix(line, "Max open files"); found {
			return pair(rest)
		}
	}
	return -1, -1
}

// pair reads the first two numbers of a text.
func pair(text string) (first, second int64) {
	fields := strings.Fields(text)
	if len(fields) < 2 {
		return -1, -1
	}
	first, second = number([]byte(fields[0])), number([]byte(fields[1]))
	if first < 0 || second < 0 {
		return -1, -1
	}
	return first, second
}

func loadAverage(text string) float64 {
	one, _, _ := strings.Cut(text, " ")
	load, err := strconv.ParseFloat(one, 64)
	if err != nil || !(load >= 0 && load < 1e9) { // neither NaN nor infinite
		return -1
	}
	return load
}

// chosen finds the word in brackets: "always [madvise] never".
func chosen(text string) string {
	_, rest, found := strings.Cut(text, "[")
	word, _, closed := strings.Cut(rest, "]")
	if !found || !closed {
		return ""
	}
	return word
}
