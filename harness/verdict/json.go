package verdict

import (
	"encoding/json"
	"fmt"
	"io"
)

// WriteJSON writes verdicts.json: indented, keys in the order of the types, maps sorted,
// one line feed at the end. The same Judgement gives the same bytes.
func (j Judgement) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(j); err != nil {
		return fmt.Errorf("write verdicts.json: %w", err)
	}
	return nil
}

// ReadJSON reads what WriteJSON wrote. Unknown keys and other schema versions are errors:
// verdicts.json is derived, so the way out is always to judge the run again.
func ReadJSON(r io.Reader) (Judgement, error) {
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	var j Judgement
	if err := d.Decode(&j); err != nil {
		return Judgement{}, fmt.Errorf("read verdicts.json: %w (make it again with `assay judge`)", err)
	}
	if j.Schema != Schema {
		return Judgement{}, fmt.Errorf("read verdicts.json: schema %d, this version reads %d (make it again with `assay judge`)", j.Schema, Schema)
	}
	return j, nil
}
