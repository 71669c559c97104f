package cost

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/strict"
)

// Bounds of a file, so that a report stays readable and a bill finite.
const (
	maxMachineTypes = 200
	maxCases        = 50
	maxName         = 100 // characters of provider, region, name
	maxText         = 400 // characters of summary, source, url
	maxCell         = 2*strict.MaxID + 1
	maxReplicas     = 1000
	maxConnections  = 1_000_000_000
	maxRate         = 1e9 // requests/s
	maxUSDPerHour   = 1e4
	maxVCPUs        = 1e4
	maxMemoryGiB    = 1e5
	maxReservedMiB  = 1 << 20
	maxHours        = 744 // of the longest month
)

// Parse reads the cost file that data holds; file is its name in errors. The error joins every problem found, in the order
// of lines, one line each.
func Parse(file string, data []byte) (*Model, error) {
	doc, top := strict.Parse(file, data)
	if top == nil {
		return nil, doc.Err()
	}
	top.Only("assumptions", "machine", "case")
	top.Need("assumptions", "[assumptions]")
	top.Need("machine", "[[machine]]")
	m := &Model{}
	if t := top.Sub("assumptions"); t != nil {
		m.Assumptions = parseAssumptions(t)
	}
	seen := map[string]int{}
	for _, t := range top.Tables("machine", maxMachineTypes) {
		of := parseMachine(t)
		once(t, "name", strings.Join([]string{of.Provider, of.Region, of.Name}, " "), "machine", seen)
		m.Machines = append(m.Machines, of)
	}
	if top.Has("case") {
		seen = map[string]int{}
		for _, t := range top.Tables("case", maxCases) {
			c := parseCase(t)
			once(t, "id", c.ID, "case", seen)
			m.Cases = append(m.Cases, c)
		}
	}
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return m, nil
}

// once reports the second of two entries of one name.
func once(t *strict.Table, key, name, kind string, seen map[string]int) {
	if first, ok := seen[name]; ok && strings.TrimSpace(name) != "" {
		t.Bad(key, fmt.Sprintf("%s is taken by the %s on line %d", strict.Quote(name), kind, first), "choose another, or remove one")
	}
	seen[name] = t.Line(key)
}

func parseAssumptions(t *strict.Table) Assumptions {
	t.Only("utilisation", "replicas", "hours_per_month", "memory_headroom", "reserved_mib")
	t.Need("utilisation", "utilisation = 0.5")
	t.Need("replicas", "replicas = 2")
	t.Need("hours_per_month", "hours_per_month = 730")
	t.Need("memory_headroom", "memory_headroom = 0.2")
	t.Need("reserved_mib", "reserved_mib = 512")
	a := Assumptions{
		Utilisation:   t.Positive("utilisation", 1),
		Replicas:      t.Integer("replicas", 1, maxReplicas),
		HoursPerMonth: t.Positive("hours_per_month", maxHours),
		ReservedMiB:   t.Integer("reserved_mib", 0, maxReservedMiB),
	}
	share, ok := t.Float("memory_headroom", "0.2")
	if ok && !(share >= 0 && share < 1) { // also refuses nan
		t.Bad("memory_headroom", fmt.Sprintf("is %v", share), "give a share from 0.0 up to but excluding 1")
		share = 0
	}
	a.MemoryHeadroom = share
	return a
}

func parseMachine(t *strict.Table) Machine {
	t.Only("provider", "region", "name", "arch", "usd_per_hour", "vcpus", "memory_gib", "source", "url", "date")
	t.Need("provider", `provider = "..."`)
	t.Need("region", `region = "..."`)
	t.Need("name", `name = "...", the provider's for this type`)
	t.Need("usd_per_hour", "usd_per_hour = 0.1")
	t.Need("vcpus", "vcpus = 2")
	t.Need("memory_gib", "memory_gib = 4")
	t.Need("source", `source = "...", where the price stands`)
	t.Need("url", `url = "https://..."`)
	t.Need("date", "date = 2026-07-20, that of the price")
	arch := t.Text("arch", maxName)
	if arch != "" && !slices.Contains(Archs(), arch) {
		t.Bad("arch", "no architecture "+strict.Quote(arch), strict.Suggest(arch, Archs(), "use one of "+strings.Join(Archs(), ", ")))
	}
	return Machine{
		Provider: t.Text("provider", maxName), Region: t.Text("region", maxName), Name: t.Text("name", maxName),
		USDPerHour: t.Positive("usd_per_hour", maxUSDPerHour), VCPUs: t.Positive("vcpus", maxVCPUs),
		MemoryGiB: t.Positive("memory_gib", maxMemoryGiB), Source: t.Text("source", maxText), URL: t.URL("url", maxText), Date: t.Date("date"), Arch: arch,
	}
}

func parseCase(t *strict.Table) Case {
	t.Only("id", "summary", "connections", "requests_per_second", "cpu_cell", "memory_scenario", "why")
	t.Need("id", `id = "..."`)
	t.Need("summary", `summary = "..."`)
	t.Need("connections", "connections = 1000")
	t.Need("requests_per_second", "requests_per_second = 250")
	t.Need("cpu_cell", `cpu_cell = "rate/6000", whose trials measure CPU time a request`)
	t.Need("memory_scenario", `memory_scenario = "hold", whose ladder measures memory`)
	c := Case{
		ID: t.ID("id"), Summary: t.Text("summary", maxText), Connections: t.Integer("connections", 1, maxConnections),
		RequestsPerSecond: t.Positive("requests_per_second", maxRate), CPUCell: t.Text("cpu_cell", maxCell),
		MemoryScenario: t.ID("memory_scenario"), table: t,
	}
	if t.Has("why") {
		c.Why = t.Text("why", maxText)
	}
	if scenario, point, found := strings.Cut(c.CPUCell, "/"); c.CPUCell != "" && (!found || !strict.IsID(scenario) || !strict.IsID(point)) {
		t.Bad("cpu_cell", strict.Quote(c.CPUCell)+" is not a cell", `write it as "rate/6000"`)
	}
	return c
}
