package compare

import (
	"encoding/json"
	"fmt"
	"io"
)

// JSON writes a comparison with all its numbers, those that did not move and those that
// could not be compared included. The keys are those of [Comparison]; one that is absent
// means "there is no such number".
func JSON(w io.Writer, c Comparison) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(c); err != nil {
		return fmt.Errorf("write the comparison: %w", err)
	}
	return nil
}
