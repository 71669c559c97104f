package conform

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/model"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// wrongReport has differences as the checks make them.
func wrongReport() Report {
	long := order(`{"customer":"c-17","items":[` + strings.Repeat(`{"id":3,"quantity":2},`, 20) + `{"id":3,"quantity":2}]}`)
	long.note = "random 12: 21 items"
	right := expect(long)
	wrongBody := []byte(strings.Replace(string(right.Body), `"total_cents":`, `"total_cents":1`, 1))
	differences := compare(long, right, answer{status: 200, body: wrongBody})
	differences = append(differences, compare(get("/nope"), model.Answer{Status: 405, ContentType: "text/plain", Allow: "GET, HEAD"},
		answer{status: 405, fields: []field{{"content-type", "text/plain"}, {"allow", "GET"}}, body: []byte("a\nb`c")})...)
	differences = append(differences, compareKeys(get("/stats"), []string{"a", "b"}, []byte(`{"a":1,"c":{"b":2}}`))...)
	return Report{
		Checked:     41,
		Differences: capped("random", differences, 25),
		Skipped:     []string{"hold", "stats"},
		NotChecked:  []string{"worker_threads of GET /stats: nobody knows the CPUs"},
		HeaderBytes: 109,
		BodyBytes:   264,
	}
}

func TestReportText(t *testing.T) {
	got := wrongReport().String()
	const path = "testdata/report.txt"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReportWithoutDifferences(t *testing.T) {
	lines := Report{Checked: 3}.Lines()
	if len(lines) != 1 || !strings.Contains(lines[0], "no differences") {
		t.Errorf("lines %q", lines)
	}
	one := Report{Differences: []Difference{{Check: "hold"}}}.Lines()
	if len(one) != 2 || !strings.Contains(one[0], "1 difference;") {
		t.Errorf("lines %q", one)
	}
}

// TestReportTravels: the agent sends it as JSON.
func TestReportTravels(t *testing.T) {
	want := wrongReport()
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Report
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestShortened(t *testing.T) {
	tests := []struct {
		text string
		at   int
		want string
	}{
		{"0123456789", 9, "0123456789"},
		{"0123456789ab", 0, "0123456789..."},
		{"0123456789ab", 4, "...123456789a..."},
		{"0123456789ab", 12, "...23456789ab"},
	}
	for _, tt := range tests {
		if got := shortened([]byte(tt.text), tt.at, 10); got != tt.want {
			t.Errorf("%s at %d: %s, want %s", tt.text, tt.at, got, tt.want)
		}
	}
}
