package cost

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/strict"
)

// A Model is what turns measured CPU time and memory into USD a month: scenarios/cost.toml.
type Model struct {
	Assumptions Assumptions `json:"assumptions"`
	Machines    []Machine   `json:"machines"` // the price list
	Cases       []Case      `json:"cases"`
}

// Assumptions are what somebody chose, each with the same value for every server.
type Assumptions struct {
	Utilisation    float64 `json:"utilisation"`     // share of a machine's CPU time that the load uses, above 0 and up to 1
	Replicas       int     `json:"replicas"`        // machines at least
	HoursPerMonth  float64 `json:"hours_per_month"` // that a machine is paid for
	MemoryHeadroom float64 `json:"memory_headroom"` // share of a machine's memory that stays free, 0 up to but excluding 1
	ReservedMiB    int     `json:"reserved_mib"`    // memory that the system of each machine takes
}

// A Machine is one line of the price list: on demand, without a contract.
type Machine struct {
	Provider   string    `json:"provider"`
	Region     string    `json:"region"`
	Name       string    `json:"name"`
	USDPerHour float64   `json:"usd_per_hour"`
	VCPUs      float64   `json:"vcpus"`
	MemoryGiB  float64   `json:"memory_gib"` // 2^30 bytes each
	Source     string    `json:"source"`
	URL        string    `json:"url"`
	Date       time.Time `json:"date"`           // of the price
	Arch       string    `json:"arch,omitempty"` // of Archs; "" where the list does not say
}

// A Case is a load that claims are about, and where what it takes is measured.
type Case struct {
	ID                string  `json:"id"`
	Summary           string  `json:"summary"`
	Connections       int     `json:"connections"`         // at a time, in all
	RequestsPerSecond float64 `json:"requests_per_second"` // in all
	CPUCell           string  `json:"cpu_cell"`            // "rate/6000": CPU time a request
	MemoryScenario    string  `json:"memory_scenario"`     // "hold": base and bytes a connection, over its ladder
	Why               string  `json:"why,omitempty"`       // why this load and no other; "" where nothing says so, as in plans of before it was kept

	table *strict.Table // where it stands in the file; nil when read from elsewhere
}

// Load is what the case asks machines to carry.
func (c Case) Load() Load { return Load{c.Connections, c.RequestsPerSecond} }

// Case finds a case by its ID. A nil model has none.
func (m *Model) Case(id string) (Case, bool) {
	if m == nil {
		return Case{}, false
	}
	i := slices.IndexFunc(m.Cases, func(c Case) bool { return c.ID == id })
	if i < 0 {
		return Case{}, false
	}
	return m.Cases[i], true
}

// CaseIDs are in the order of the file; a nil model has none.
func (m *Model) CaseIDs() []string {
	if m == nil {
		return nil
	}
	var ids []string
	for _, c := range m.Cases {
		ids = append(ids, c.ID)
	}
	return ids
}

// Providers are in the order in which the price list names them first.
func (m *Model) Providers() []string {
	var names []string
	for _, of := range m.Machines {
		if !slices.Contains(names, of.Provider) {
			names = append(names, of.Provider)
		}
	}
	return names
}

// Oldest is the date of the oldest price and Newest that of the newest; zero times without prices.
func (m *Model) Oldest() time.Time {
	return m.date(func(d, than time.Time) bool { return d.Before(than) })
}

// Newest is described at Oldest.
func (m *Model) Newest() time.Time {
	return m.date(func(d, than time.Time) bool { return d.After(than) })
}

func (m *Model) date(better func(d, than time.Time) bool) time.Time {
	var found time.Time
	for i, of := range m.Machines {
		if i == 0 || better(of.Date, found) {
			found = of.Date
		}
	}
	return found
}

// Stale reports whether the price is more than so many years older than a date; no price is for 0 years.
func (of Machine) Stale(years int, beside time.Time) bool {
	return years > 0 && of.Date.AddDate(years, 0, 0).Before(beside)
}

// usableBytes is the memory of a machine that a server may fill.
func (a Assumptions) usableBytes(of Machine) float64 {
	return of.MemoryGiB*(1<<30)*(1-a.MemoryHeadroom) - float64(a.ReservedMiB)*(1<<20)
}

// Check finds assumptions that no bill can be made under. What Parse returns passes.
func (a Assumptions) Check() error {
	switch {
	case !(a.Utilisation > 0 && a.Utilisation <= 1):
		return fmt.Errorf("a utilisation of %v: give a share above 0 and up to 1, such as 0.5", a.Utilisation)
	case a.Replicas < 1 || a.Replicas > maxReplicas:
		return fmt.Errorf("%d replicas: give 1 to %d", a.Replicas, maxReplicas)
	case !(a.MemoryHeadroom >= 0 && a.MemoryHeadroom < 1):
		return fmt.Errorf("a memory headroom of %v: give a share from 0 up to but excluding 1", a.MemoryHeadroom)
	case !(a.HoursPerMonth > 0) || math.IsInf(a.HoursPerMonth, 0):
		return fmt.Errorf("%v hours a month: give a number above 0, such as 730", a.HoursPerMonth)
	}
	return nil
}
