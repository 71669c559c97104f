package rundir

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"github.com/assay-bench/assay/harness/trial"
)

// Append adds one record, chained to what is there, and syncs it to disk. If the write fails half-way, what was
// written of it is taken back, so that the file always ends with a whole record.
func (d *Dir) Append(r trial.Record) error {
	chain, err := d.nextChain()
	if err != nil {
		return fmt.Errorf("trial %s: %w", r.ID, err)
	}
	line, err := seal(r, chain)
	if err != nil {
		return fmt.Errorf("trial %s: %w", r.ID, err)
	}
	file := filepath.Join(d.path, trialsFile)
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	if err = errors.Join(err, f.Sync()); err != nil {
		return fmt.Errorf("trial %s was measured but could not be recorded: %w; the %d bytes recorded before it are intact",
			r.ID, errors.Join(err, f.Truncate(end)), end)
	}
	return nil
}

// Records reads trials.jsonl in order. A last line without an end, which a crash leaves
// behind, is not a record; a damaged line elsewhere is an error that names it.
func (d *Dir) Records() ([]trial.Record, error) {
	whole, _, err := d.readTrials()
	if err != nil {
		return nil, err
	}
	return d.decode(whole)
}

func (d *Dir) decode(whole []byte) ([]trial.Record, error) {
	var all []trial.Record
	for _, l := range parse(whole) {
		if len(l.text) == 0 {
			continue
		}
		if l.Err != nil {
			return nil, d.damage(trialsFile, l.Number, l.Err)
		}
		all = append(all, l.Record)
	}
	return all, nil
}

// split parts the whole lines from a last one that was cut short.
func split(body []byte) (whole, rest []byte) {
	end := bytes.LastIndexByte(body, '\n') + 1
	return body[:end], body[end:]
}

// Repair removes a last line that a crash cut short and says how many bytes went.
func (d *Dir) Repair() (int, error) {
	file := filepath.Join(d.path, trialsFile)
	whole, rest, err := d.readTrials()
	if err != nil || len(rest) == 0 {
		return 0, err
	}
	return len(rest), os.Truncate(file, int64(len(whole)))
}

// WriteRaw stores one raw file of a trial and returns its hash for the record.
func (d *Dir) WriteRaw(trialID, name string, body []byte) (trial.Artifact, error) {
	rel := path.Join(rawDir, trialID, name)
	file := filepath.Join(d.path, filepath.FromSlash(rel))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return trial.Artifact{}, err
	}
	if err := os.WriteFile(file, body, 0o644); err != nil {
		return trial.Artifact{}, fmt.Errorf("raw data of trial %s: %w", trialID, err)
	}
	return artifact(rel, body), nil
}

// ReadRaw returns a raw file of a record, checked against the record's hash.
func (d *Dir) ReadRaw(r trial.Record, name string) ([]byte, error) {
	rel := path.Join(rawDir, r.ID, name)
	for _, a := range r.Raw {
		if a.Path != rel {
			continue
		}
		body, err := readFile(filepath.Join(d.path, filepath.FromSlash(rel)))
		if err != nil {
			return nil, err
		}
		if got := artifact(rel, body); got.SHA256 != a.SHA256 {
			is, said := apart(got.SHA256, a.SHA256)
			return nil, fmt.Errorf("%s: its SHA-256 is %s, the record says %s; the file was changed after the trial", rel, is, said)
		}
		return body, nil
	}
	return nil, fmt.Errorf("trial %s has no raw file %s", r.ID, name)
}
