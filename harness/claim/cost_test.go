package claim

import "testing"

// Mistakes in readings about a bill: one edit of testdata/shapes.toml each.
func TestCostErrors(t *testing.T) {
	const amount, per = "the shape range takes target, metric, case, from, to", "the shape range takes x, y, metric, case, from, to"
	for _, c := range []struct{ name, from, to, want string }{
		{"no case", "case = \"use-case\"\n", "", "f.toml:90: claim.reading.case: is missing; add case = ...; " + amount},
		{"a cell for a case", "case = \"use-case\"", "cell = \"rate/6000\"", "f.toml:90: claim.reading.case: is missing; add case = ...; " + amount +
			"\nf.toml:96: claim.reading.cell: does not go with the metric cost_usd_per_month; remove it; the shape takes target, metric, case, from, to"},
		{"one target and two", "case = \"use-case\"", "case = \"use-case\"\nx = \"go-server\"", "f.toml:90: claim.reading.y: is missing; add y = ...; " + per +
			"\nf.toml:94: claim.reading.target: does not belong to the shape \"range\"; remove it; the shape takes x, y, metric, case, from, to"},
		{"another metric of one target", "metric = \"cost_usd_per_month\"\ncase = \"use-case\"", "metric = \"memory_bytes\"\ncell = \"hold/1000\"",
			"f.toml:95: claim.reading.metric: a range of one target is judged for a bill alone, not for resident memory; write metric = \"cost_usd_per_month\", or name x and y"},
		{"turned round", "from = 10000", "from = 30000", "f.toml:98: claim.reading.to: is 20000, not above from = 30000; give the range from its lower to its upper end"},
		{"a hundred per cent less", "from = 20\nto = 30\n", "from = 20\nto = 100\n", "f.toml:116: claim.reading.to: is 100, but nothing has that much less cost of machines; give less than 100"},
		{"a case of a cell's metric", "cell = \"rate/6000\"\nfrom", "case = \"roi\"\nfrom", "f.toml:32: claim.reading.cell: is missing; add cell = ...; the shape range takes x, y, metric, cell, from, to" +
			"\nf.toml:39: claim.reading.case: does not go with the metric cpu_us_per_request; remove it; the shape takes x, y, metric, cell, from, to"},
		{"a bill among cells", "metric = \"p50_ms\"", "metric = \"cost_usd_per_month\"", "f.toml:21: claim.reading.metric: cost_usd_per_month belongs to a case, not to one of several cells; name a metric of a cell"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse("f.toml", replaced(t, "shapes.toml", c.from, c.to))
			if got := message(err); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestCasesAreChecked(t *testing.T) {
	l, err := Parse("f.toml", []byte(file(t, "shapes.toml")))
	if err != nil {
		t.Fatal(err)
	}
	refs := References{Targets: []string{"go-server", "rust-server"}, Cells: map[string]int{"rate/2000": 64, "rate/6000": 64}, Ladders: []string{"hold"}, Cases: []string{"use-case"}}
	want := "f.toml:114: claim.reading.case: no case of scenarios/cost.toml called \"roi\"; use one of use-case"
	if got := message(l.CheckReferences(refs)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
