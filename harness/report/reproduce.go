package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/trial"
)

// reproduce tells how to make these numbers again, from the records or from servers.
func (d *data) reproduce() Section {
	s := section("How to reproduce",
		paragraph(join(raw("The verdicts and this report again from the recorded trials, byte for byte. For "), code("RUN"),
			raw(" put the directory that this report lies in; its name may have changed since the run:"))),
		Block{Code: "bin/assay verify RUN\nbin/assay judge RUN\nbin/assay report RUN"})
	if strings.TrimSpace(d.Command) != "" {
		same := "plan"
		if d.Env.Flags == nil { // with which other flags the run was made is not known
			same = "profile and seed"
		}
		numbers := ", which will give other numbers"
		if d.untried() {
			numbers = ""
		}
		s.Blocks = append(s.Blocks, paragraph(raw("A new run with the same "+same+numbers+":")),
			Block{Code: listing(d.Command)})
	}
	s.Blocks = append(s.Blocks, paragraph(rawf("Run %s, seed %d, profile %s, assay %s.", orMissing(oneLine(d.RunID)), d.Plan.Seed,
		orMissing(oneLine(d.Plan.Profile)), d.version())))
	return s
}

// listing cleans a text line by line.
func listing(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(clean(l), " ")
	}
	return strings.Join(lines, "\n")
}

// hashes lets a reader tell whether the files are those that the report was made from.
func (d *data) hashes() Section {
	files := slices.Clone(d.Hashes)
	slices.SortFunc(files, func(a, b trial.Artifact) int { return strings.Compare(a.Path, b.Path) })
	t := Table{Columns: left("What", "SHA-256")}
	t.Rows = append(t.Rows, cells(plain("plan"), code(d.PlanHash)))
	var rawFiles []trial.Artifact
	var size int64
	for _, f := range files {
		if strings.HasPrefix(f.Path, "raw/") {
			rawFiles = append(rawFiles, f)
			size += f.Bytes
			continue
		}
		t.Rows = append(t.Rows, cells(code(f.Path), code(f.SHA256)))
	}
	s := section("Hashes", table(t))
	if len(rawFiles) == 0 {
		s.Blocks = append(s.Blocks, paragraph(raw("The run left no raw file.")))
		return s
	}
	lines := checksumLines(rawFiles)
	sum := sha256.Sum256([]byte(lines))
	t.Rows = append(t.Rows, cells(
		plain(fmt.Sprintf("%s under raw/ (%s), combined", plural(len(rawFiles), "file"), bytesIn(float64(size)))),
		code(hex.EncodeToString(sum[:]))))
	s.Blocks = []Block{
		table(t),
		paragraph(join(raw("The combined hash is that of the list of all raw files, as this command prints it in the run directory: "),
			code("find raw -type f | LC_ALL=C sort | xargs sha256sum | sha256sum"), raw("."))),
		{Details: &Details{
			Summary: "All " + plural(len(rawFiles), "raw file"),
			Code:    lines,
			Instead: raw("The whole list stands in report.html and, trial by trial, in trials.jsonl."),
		}},
	}
	return s
}

// checksumLines is what sha256sum prints.
func checksumLines(files []trial.Artifact) string {
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%s  %s\n", clean(f.SHA256), clean(f.Path))
	}
	return b.String()
}
