package rundir

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// Plan reads plan.json.
func (d *Dir) Plan() (plan.Plan, error) {
	var p plan.Plan
	if err := d.readJSON(planFile, &p); err != nil {
		return p, err
	}
	if p.Schema < 1 || p.Schema > plan.Schema {
		return p, d.damage(planFile, 1, errors.New("it does not say which schema it is of"))
	}
	if p.Blocks < 0 || p.Blocks > plan.MaxBlocks {
		return p, d.damage(planFile, d.lineWith(planFile, `"blocks": `+strconv.Itoa(p.Blocks)), fmt.Errorf("it has %d blocks, a plan has at most %d", p.Blocks, plan.MaxBlocks))
	}
	return p, nil
}

// lineWith is the first line, from 1, of a file that holds a text, 1 where none does.
func (d *Dir) lineWith(name, text string) int {
	body, err := readFile(filepath.Join(d.path, name))
	at := bytes.Index(body, []byte(text))
	if err != nil || at < 0 {
		return 1
	}
	return 1 + bytes.Count(body[:at], []byte("\n"))
}

// Environment reads env.json.
func (d *Dir) Environment() (trial.Environment, error) {
	var e trial.Environment
	return e, d.readJSON(envFile, &e)
}

func (d *Dir) readJSON(name string, v any) error {
	body, err := readFile(filepath.Join(d.path, name))
	if err != nil {
		return d.damage(name, 0, err)
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return d.damage(name, lineOf(body, dec, err), err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return d.damage(name, lineOf(body, dec, nil), errors.New("there is more behind its end"))
	}
	return nil
}

// Damage is the error of a source file that is missing or is not what was written.
type Damage struct {
	Dir  string // the run directory
	File string
	Line int // from 1; 0 of a missing file
	Err  error
}

// What says what is wrong with the file.
func (d *Damage) What() string {
	if d.Line == 0 {
		return d.Err.Error()
	}
	return fmt.Sprintf("%s:%d: %v: the file was changed or cut", d.File, d.Line, d.Err)
}

// Error says what is wrong and what the owner of the run directory can do.
func (d *Damage) Error() string {
	return fmt.Sprintf("%s; restore it from a copy or measure anew with `assay run` (`assay verify %s` says what else is intact)", d.What(), d.Dir)
}

func (d *Damage) Unwrap() error { return d.Err }

func (d *Dir) damage(name string, line int, err error) error {
	return &Damage{Dir: d.path, File: filepath.Join(d.path, name), Line: line, Err: err}
}

// lineOf is the line, from 1, at which decoding body stopped.
func lineOf(body []byte, dec *json.Decoder, err error) int {
	offset := dec.InputOffset()
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		offset = int64(len(bytes.TrimRight(body, "\n")))
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	return 1 + bytes.Count(body[:min(offset, int64(len(body)))], []byte("\n"))
}
