package report

// limits says what this run cannot show.
func (d *data) limits() Section {
	items := []Text{
		rawf("One host, one run. Another processor, kernel or version of a stack may turn any of these verdicts around."),
		rawf("Load and server share one host and talk over its loopback interface: no network card, no wire, no distance."),
	}
	if d.Env.CPUs > 0 {
		items = append(items, rawf("The host has %s; target on CPU %s, load on CPU %s.", plural(d.Env.CPUs, "CPU"),
			orMissing(intList(d.Plan.Placement.TargetCPUs)), orMissing(intList(d.Plan.Placement.LoadCPUs))))
	}
	items = append(items, rawf("The load comes from %s. This version has no null server: saturation throughput, headroom, drift and Little's law are not checked.",
		orMissing(d.Plan.Engine)))
	if d.Plan.HostLimitReason != "" {
		items = append(items, join(raw("What ends the ladder of connections on this host: "), plain(sentence(d.Plan.HostLimitReason))))
	}
	if d.Plan.Runtime == "process" {
		items = append(items, raw("The targets ran as plain processes: their memory limit was watched, not enforced."))
	}
	s := section("Limits of this run", list(items...))
	if len(d.Plan.LeftOut) == 0 {
		return s
	}
	t := Table{Columns: left("Claim", "Reading", "Why")}
	for _, l := range d.Plan.LeftOut {
		t.Rows = append(t.Rows, cells(code(l.Claim), code(l.Reading), plain(sentence(l.Why))))
	}
	s.Sections = append(s.Sections, section("Readings that the plan leaves out", table(t)))
	return s
}
