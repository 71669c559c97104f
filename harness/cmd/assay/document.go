package main

import (
	"fmt"
	"os"

	"github.com/assay-bench/assay/harness/marks"
)

// A document is a file of --write: a command puts what it made between two marks of it.
type document struct{ file, mark string }

// with is the whole document with the text between its marks.
func (d document) with(text string) (string, error) {
	body, err := os.ReadFile(d.file)
	if err != nil {
		return "", fmt.Errorf("--write: %w", err)
	}
	whole, err := marks.Insert(string(body), d.mark, text)
	if err != nil {
		return "", fmt.Errorf("--write %s: %w", d.file, err)
	}
	return whole, nil
}

// check finds out that the document can be written, before minutes are spent on what goes into it.
func (d document) check() error {
	_, err := d.with("")
	return err
}

// write puts the text in. It reads the document again: somebody may have edited it meanwhile.
func (d document) write(text string) error {
	whole, err := d.with(text)
	if err != nil {
		return err
	}
	return os.WriteFile(d.file, []byte(whole), 0o644)
}
