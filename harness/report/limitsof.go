package report

import "strings"

// loadLimits says what the load side leaves open.
func (d *data) loadLimits() Text {
	if d.Plan.Null == nil {
		return rawf("The load comes from %s. This run has no null server: headroom, the ceiling of the rate and whether more connections can be held are not checked.",
			orMissing(d.Plan.Engine))
	}
	for _, n := range d.Judgement.Null {
		for _, h := range n.Headroom {
			if !h.OK {
				return rawf("The load comes from %s. Its headroom over %s is %s, less than the %s that calling a rate the server's own takes: "+
					"with %s for the load, compare CPU time per request instead, which does not need it.", orMissing(d.Plan.Engine), h.Target,
					ratio(h.Ratio), setting(d.Plan.Limits.Headroom), plural(len(d.Plan.Placement.LoadCPUs), "CPU"))
			}
		}
	}
	return rawf("The load comes from %s.", orMissing(d.Plan.Engine))
}

// wakingLimits says what of waking the load side is in the servers' figures.
func (d *data) wakingLimits() Text {
	if awake := d.sleepless(); len(awake) > 0 {
		return rawf(" Where the load side sleeps when an answer comes, waking it is part of the server's CPU time; in %s it never sleeps.", strings.Join(awake, ", "))
	}
	return raw(" What a server does to wake a load side that sleeps is in its figures, and a load generator that sleeps less sees somewhat higher rates at saturation, of every server.")
}

// limits says what this run cannot show.
func (d *data) limits() Section {
	items := []Text{
		rawf("One host, one run. Another processor, kernel or version of a stack may turn any of these verdicts around."),
		join(raw("Load and server share one host and talk over its loopback interface: no network card, no wire, no distance."), d.wakingLimits()),
	}
	if d.Env.CPUs > 0 {
		items = append(items, rawf("The host has %s; target on CPU %s, load on CPU %s.", plural(d.Env.CPUs, "CPU"),
			orMissing(intList(d.Plan.Placement.TargetCPUs)), orMissing(intList(d.Plan.Placement.LoadCPUs))))
	}
	items = append(items, d.loadLimits())
	if d.Plan.HostLimitReason != "" {
		items = append(items, join(raw("What ends the ladder of connections on this host: "), plain(sentence(d.Plan.HostLimitReason))))
	}
	if d.Plan.Runtime == "process" {
		items = append(items, raw("The targets ran as plain processes: their memory limit was watched, not enforced."))
	}
	for i, c := range d.Plan.CellsLeftOut {
		if i > 0 && c.Why == d.Plan.CellsLeftOut[i-1].Why { // of one scenario
			continue
		}
		items = append(items, join(raw("Not measured: "), plain(sentence(c.Why))))
	}
	s := section("Limits of this run", list(items...))
	if left := d.readingsLeftOut(); left != nil {
		s.Sections = append(s.Sections, *left)
	}
	return s
}

// readingsLeftOut lists what the plan does not measure; nil for nothing.
func (d *data) readingsLeftOut() *Section {
	if len(d.Plan.LeftOut) == 0 {
		return nil
	}
	t := Table{Columns: left("Claim", "Reading", "Why")}
	for _, l := range d.Plan.LeftOut {
		t.Rows = append(t.Rows, cells(code(l.Claim), code(l.Reading), plain(sentence(l.Why))))
	}
	s := section("Readings that the plan leaves out", table(t))
	return &s
}
