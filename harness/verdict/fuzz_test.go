package verdict

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// FuzzJudge: arbitrary records, as a damaged trials.jsonl might hold them, never panic.
func FuzzJudge(f *testing.F) {
	few, err := json.Marshal(goldenRun().records[:2])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(few, int64(8), 1.05)
	f.Add([]byte(`[]`), int64(0), 0.0)
	f.Add([]byte(`[{"slot":0,"block":1,"cell":"hold/1000","target":"rust-server","replica":1,"status":"ok","metrics":{"p99_ms":-1,"memory_bytes":1e308}}]`), int64(1), 1e308)
	p := goldenRun().plan
	f.Fuzz(func(t *testing.T, data []byte, minBlocks int64, margin float64) {
		var records []trial.Record
		if json.Unmarshal(data, &records) != nil {
			return
		}
		p := p
		p.Limits.MinBlocks = int(minBlocks % 10)
		p.Ledger.Article.Margin = margin
		judgeTwice(t, p, records)
	})
}

// FuzzJudgeEdits reaches deeper: a whole run of which the input edits single fields, five
// bytes an edit: record (two bytes), field, kind of value, and the value.
func FuzzJudgeEdits(f *testing.F) {
	f.Add([]byte{0, 17, 0, 1, 2, 0, 18, 1, 2, 3}, 0.95)
	f.Add([]byte{}, math.NaN())
	base := goldenRun()
	f.Fuzz(func(t *testing.T, edits []byte, confidence float64) {
		s := synthetic{plan: base.plan, records: copied(base.records)}
		s.plan.Limits.Confidence = confidence
		for ; len(edits) >= 5; edits = edits[5:] {
			at := (int(edits[0])<<8 | int(edits[1])) % len(s.records)
			edit(&s.records[at], edits[2], extreme(edits[3], edits[4]))
		}
		judgeTwice(t, s.plan, s.records)
	})
}

func copied(records []trial.Record) []trial.Record {
	out := make([]trial.Record, len(records))
	for i, r := range records {
		metrics := map[string]float64{}
		for id, v := range r.Metrics {
			metrics[id] = v
		}
		r.Metrics = metrics
		out[i] = r
	}
	return out
}

// extreme picks a number that arithmetic tends to stumble over, or an ordinary one.
func extreme(kind, value byte) float64 {
	odd := []float64{0, -1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, math.SmallestNonzeroFloat64, 1e300, 1e-300}
	if int(kind) < len(odd) {
		return odd[kind]
	}
	return float64(value)
}

func edit(r *trial.Record, field byte, v float64) {
	metrics := []string{cpuMetric, "p50_ms", p99, memoryBytes}
	whole := 0
	if !math.IsNaN(v) { // a NaN has no integer
		whole = int(math.Max(-1e6, math.Min(1e6, v)))
	}
	pick := max(whole, -whole)
	switch field % 11 {
	case 0, 1, 2, 3:
		r.Metrics[metrics[field%4]] = v
	case 4:
		delete(r.Metrics, metrics[pick%4])
	case 5:
		r.Status = []trial.Status{trial.OK, trial.ServerFailed, trial.Invalid, trial.Broken, "?"}[pick%5]
	case 6:
		r.Connections.Held, r.Connections.Asked = whole%2 == 0, whole
	case 7:
		r.Counts.Failed, r.Counts.Pending = int64(whole), -int64(whole)
	case 8:
		r.Slot = whole
	case 9:
		r.Attempt = whole
	case 10:
		r.Metrics = map[string]float64{}
	}
}

// judgeTwice demands the same bytes twice, and that they can be read back.
func judgeTwice(t *testing.T, p plan.Plan, records []trial.Record) {
	t.Helper()
	first := encode(t, Judge(p, records))
	if second := encode(t, Judge(p, records)); !bytes.Equal(first, second) {
		t.Error("judged twice, two results")
	}
	if _, err := ReadJSON(bytes.NewReader(first)); err != nil {
		t.Error(err)
	}
}
