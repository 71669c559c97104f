package defect

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/assay-bench/assay/harness/mistake"
)

// sources is the SHA-256 of what a defect's outcomes follow from, in hexadecimal: its programs, those after the cheapest
// edit where there are any, and what a program without the mistake prints.
func (c Corpus) sources(d Defect) (string, error) {
	h := sha256.New()
	for _, language := range []string{mistake.Go, mistake.Rust} {
		for _, file := range []string{c.program(d.ID, language), c.editedProgram(d.ID, language)} {
			text, err := os.ReadFile(file)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return "", err
			}
			fmt.Fprintf(h, "%q\n", text) // quoted, so that no byte moves from one to the next unseen
		}
	}
	fmt.Fprintf(h, "%q\n", d.Want)
	return hex.EncodeToString(h.Sum(nil)), nil
}
