package report

import (
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
)

// Servers with too little memory are counted by what the records tell, whatever a server printed; where none tells, the row says so.
func TestServersWithoutMemoryAreCounted(t *testing.T) {
	yes, no := true, false
	for _, c := range []struct {
		runtime string
		told    []*bool
		want    string
	}{
		{"docker", []*bool{nil, nil}, "not checked"}, {"docker", []*bool{&no, nil}, "0 trials|1"}, {"docker", []*bool{&yes, &yes, &no}, "2 trials|3"},
		{"process", []*bool{&yes, &no}, "1 trial; not checked: whether the kernel killed one"}, {"process", []*bool{nil}, "not checked: no record"},
	} {
		d := newData(newSynthetic().input())
		d.Plan.Runtime, d.Records = c.runtime, nil
		for _, told := range c.told {
			d.Records = append(d.Records, trial.Record{Failure: "its last words: out of memory", OutOfMemory: told})
		}
		row := d.memoryRow()[0]
		if got := textOf(row.Cells[2]) + "|" + textOf(row.Cells[3]); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, want %q", c.runtime, got, c.want)
		}
	}
}
