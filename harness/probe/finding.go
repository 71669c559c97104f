package probe

import (
	"fmt"
	"strconv"
)

// Level says how much a finding matters to a run.
type Level int

// The levels, from good to bad.
const (
	OK   Level = iota // nothing to do
	Note              // worth knowing when the report is read
	Warn              // some trials may be rejected, or some readings not be reached
	Bad               // no sound verdict on this host until it is changed
)

// String is "ok", "note", "warn" or "bad".
func (l Level) String() string {
	switch l {
	case OK:
		return "ok"
	case Note:
		return "note"
	case Warn:
		return "warn"
	case Bad:
		return "bad"
	}
	return "level " + strconv.Itoa(int(l))
}

// MarshalText writes the level as its name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// A Finding is one fact about the host, for a person: what it is, what it means for a
// run, and what to do about it ("" when there is nothing to do).
type Finding struct {
	ID    string `json:"id"`   // "cpus"
	Name  string `json:"name"` // "CPUs"
	Value string `json:"value"`
	Means string `json:"means"`
	Do    string `json:"do"`
	Level Level  `json:"level"`
}

// Findings says for each fact what it means, always all of them and in the same order.
// A fact that is not known is a note.
func Findings(h Host) []Finding {
	findings := []Finding{
		systemFinding(h), cpusFinding(h), coresFinding(h), coreKindsFinding(h), quotaFinding(h), governorFinding(h),
		turboFinding(h), loadFinding(h), virtualisationFinding(h), containerFinding(h), clockFinding(h),
		memoryFinding(h), swapFinding(h), hugePagesFinding(h), aslrFinding(h), cgroupFinding(h), filesFinding(h),
		portsFinding(h), reuseFinding(h), backlogFinding(h), conntrackFinding(h),
	}
	for i := range findings {
		if findings[i].Value == "" {
			findings[i].Value = "not known"
		}
	}
	return findings
}

// unknown is the finding for a fact that could not be read.
func unknown(id, name, means string) Finding {
	return Finding{ID: id, Name: name, Means: means, Level: Note}
}

// size writes bytes for a person, in binary units.
func size(bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
	}
	return fmt.Sprintf("%d bytes", bytes)
}
