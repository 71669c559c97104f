package rundir

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/assay-bench/assay/harness/trial"
)

// A Line is one line of trials.jsonl, readable or not.
type Line struct {
	Number int // from 1
	Record trial.Record
	Err    error // why it is no record; Record means nothing then
	// Changed says why the line is not as it was written, "" if it is; of a line of an
	// older version, which carries no hash, nobody knows.
	Changed string

	text []byte
}

// Lines reads trials.jsonl for those who go on past a damaged line. cutOff is the number
// of bytes of a last line without an end, which a crash leaves behind.
func (d *Dir) Lines() (lines []Line, cutOff int, err error) {
	whole, rest, err := d.readTrials()
	return parse(whole), len(rest), err
}

// readTrials reads trials.jsonl, which a run before its first trial does not have.
func (d *Dir) readTrials() (whole, rest []byte, err error) {
	body, err := readFile(filepath.Join(d.path, trialsFile))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, nil, err
	}
	whole, rest = split(body)
	return whole, rest, nil
}

func parse(whole []byte) []Line {
	var lines []Line
	for text := range bytes.Lines(whole) {
		l := Line{Number: len(lines) + 1, text: bytes.TrimSuffix(text, []byte("\n"))}
		l.Record, l.Err = parseRecord(l.text)
		l.Changed = l.changed()
		lines = append(lines, l)
	}
	return lines
}

func (l Line) changed() string {
	if l.Err != nil {
		return l.Err.Error()
	}
	if !l.Record.Chained() {
		return ""
	}
	body, says, ok := unseal(l.text)
	if !ok {
		return "it does not end with its SHA-256: the line was changed"
	}
	if got := sum(body); got != says {
		is, said := apart(got, says)
		return fmt.Sprintf("its SHA-256 is %s, it says %s: the line was changed", is, said)
	}
	return ""
}

func parseRecord(text []byte) (trial.Record, error) {
	var r trial.Record
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return r, fmt.Errorf("not a trial record: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return r, errors.New("not a trial record: there is more on the line")
	}
	if r.Schema < 1 || r.Schema > trial.Schema {
		return r, fmt.Errorf("schema %d, this version reads 1 to %d", r.Schema, trial.Schema)
	}
	return r, nil
}
