package probe

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// mostCPUs bounds the numbers of a CPU list.
const mostCPUs = 1 << 16

// ParseCPUList reads a list of logical CPUs as Linux writes it, "0-3,5", into sorted
// distinct numbers. An empty text is an empty list.
func ParseCPUList(text string) ([]int, error) {
	cpus := []int{}
	text = strings.TrimSpace(text)
	if text == "" {
		return cpus, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		low, high, ranged := strings.Cut(part, "-")
		first, err := strconv.ParseUint(low, 10, 32)
		last := first
		if err == nil && ranged {
			last, err = strconv.ParseUint(high, 10, 32)
		}
		if err != nil || last < first || last >= mostCPUs {
			return nil, fmt.Errorf("CPU list %q: %q is not a number or a range such as 0-3", text, part)
		}
		for cpu := first; cpu <= last; cpu++ {
			cpus = append(cpus, int(cpu))
		}
		if len(cpus) > 2*mostCPUs {
			return nil, fmt.Errorf("CPU list: names more than %d CPUs", mostCPUs)
		}
	}
	slices.Sort(cpus)
	return slices.Compact(cpus), nil
}

// FormatCPUList writes sorted distinct numbers as "0-3,5".
func FormatCPUList(cpus []int) string {
	var b strings.Builder
	for i := 0; i < len(cpus); {
		last := i
		for last+1 < len(cpus) && cpus[last+1] == cpus[last]+1 {
			last++
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(cpus[i]))
		if last > i {
			b.WriteString("-" + strconv.Itoa(cpus[last]))
		}
		i = last + 1
	}
	return b.String()
}
