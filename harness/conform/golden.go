package conform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// LoadGolden reads the golden exchanges of a folder: each *.json is an array of
// Exchange. They come in the order of the files' names and, within one, of the file. An
// error names the file and the line. A folder without any is an error.
func LoadGolden(dir string) ([]Exchange, error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		return nil, fmt.Errorf("golden exchanges: %w", err)
	}
	var all []Exchange
	for _, entry := range entries {
		if entry.IsDir() || filepath.Ext(entry.Name()) != ".json" {
			continue
		}
		path := filepath.Join(dir, entry.Name())
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("golden exchanges: %w", err)
		}
		exchanges, err := parseGolden(path, text)
		if err != nil {
			return nil, err
		}
		all = append(all, exchanges...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("golden exchanges: no *.json in %s holds one", dir)
	}
	return all, nil
}

// parseGolden reads one file; path is for the errors.
func parseGolden(path string, text []byte) ([]Exchange, error) {
	fail := func(offset int64, err error) ([]Exchange, error) {
		return nil, fmt.Errorf("%s:%d: %w", path, lineAt(text, offset), err)
	}
	if offset, err := checkKeys(text); err != nil {
		return fail(offset, err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	if _, err := decoder.Token(); err != nil {
		return fail(decoder.InputOffset(), err)
	}
	var exchanges []Exchange
	for decoder.More() {
		var e Exchange
		err := decoder.Decode(&e)
		if err == nil {
			err = e.fault()
		}
		if err != nil {
			return fail(decoder.InputOffset(), fmt.Errorf("the exchange that ends here: %w", err))
		}
		exchanges = append(exchanges, e)
	}
	if _, err := decoder.Token(); err != nil {
		return fail(decoder.InputOffset(), err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fail(decoder.InputOffset(), errors.New("text after the array"))
	}
	return exchanges, nil
}

// maxGoldenBody bounds what a golden request sends, bytes.
const maxGoldenBody = 16 << 20

// fault says why an exchange cannot be made or judged.
func (e Exchange) fault() error {
	switch {
	case e.Name == "":
		return errors.New("name is missing")
	case e.Method == "" || strings.ContainsAny(e.Method, " \r\n"):
		return fmt.Errorf("%q: method %q is none", e.Name, e.Method)
	case !strings.HasPrefix(e.Path, "/") || strings.ContainsAny(e.Path, " \r\n"):
		return fmt.Errorf("%q: path %q is none; it begins with / and has no spaces", e.Name, e.Path)
	case e.BodyRepeat < 0 || (e.BodyRepeat > 0 && len(e.Body) > maxGoldenBody/e.BodyRepeat):
		return fmt.Errorf("%q: body_repeat %d is not between 0 and a body of %d bytes", e.Name, e.BodyRepeat, maxGoldenBody)
	case e.Want.Status < 200 || e.Want.Status > 599:
		return fmt.Errorf("%q: want.status %d is not from 200 to 599", e.Name, e.Want.Status)
	case len(e.Want.Keys) > 0 && e.Want.Body != "":
		return fmt.Errorf("%q: want has both body and keys", e.Name)
	}
	for name, value := range e.Headers {
		if name == "" || strings.ContainsAny(name, ": \r\n") || strings.ContainsAny(value, "\r\n") {
			return fmt.Errorf("%q: header %q: %q cannot be sent", e.Name, name, value)
		}
	}
	return nil
}

// lineAt returns the line of a byte, from 1.
func lineAt(text []byte, offset int64) int {
	return 1 + bytes.Count(text[:min(offset, int64(len(text)))], []byte("\n"))
}
