package digits

import (
	"strconv"
	"strings"
)

// Level writes a level of confidence, or a share of trials: "95 %", "68.8 %". From 90 % on, where levels lie, it has two decimals: one interval
// that is of 99.86 % here and of 99.9 % there looks like two. A level below one is never written as 100 %.
func Level(p float64) string {
	least := 1
	if p >= 0.9 {
		least = 2
	}
	for decimals := least; decimals <= 6; decimals++ {
		s := strconv.FormatFloat(p*100, 'f', decimals, 64)
		if p < 1 && strings.HasPrefix(s, "100") {
			continue
		}
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		return s + " %"
	}
	return "over 99.999999 %"
}
