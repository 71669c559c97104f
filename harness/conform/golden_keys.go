package conform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// exchangeKeys and answerKeys are the keys of a golden file.
func exchangeKeys() []string {
	return []string{"name", "method", "path", "headers", "body", "body_repeat", "want"}
}

func answerKeys() []string { return []string{"status", "content_type", "body", "allow", "keys"} }

// checkKeys walks an array of exchanges and sees that every key is known, in its exact
// case and once. encoding/json, which reads the values afterwards, is lenient about the last
// two and does not say where a key is. The offset is that of the fault, bytes.
func checkKeys(text []byte) (offset int64, err error) {
	w := walker{json.NewDecoder(bytes.NewReader(text))}
	err = w.array(func() error {
		return w.object(exchangeKeys(), func(key string) error {
			switch key {
			case "want":
				return w.object(answerKeys(), func(string) error { return w.skip() })
			case "headers":
				return w.object(nil, func(string) error { return w.skip() })
			}
			return w.skip()
		})
	})
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Offset, err
	}
	return w.decoder.InputOffset(), err
}

// A walker reads JSON token by token.
type walker struct{ decoder *json.Decoder }

func (w walker) array(element func() error) error {
	if err := w.take(json.Delim('[')); err != nil {
		return err
	}
	for w.decoder.More() {
		if err := element(); err != nil {
			return err
		}
	}
	return w.take(json.Delim(']'))
}

// object reads an object of which each key is one of the keys, any if they are nil.
func (w walker) object(keys []string, value func(key string) error) error {
	if err := w.take(json.Delim('{')); err != nil {
		return err
	}
	var seen []string
	for w.decoder.More() {
		token, err := w.decoder.Token()
		if err != nil {
			return noEOF(err)
		}
		key, ok := token.(string)
		switch {
		case !ok:
			return fmt.Errorf("%v is no key", token)
		case keys != nil && !slices.Contains(keys, key):
			return fmt.Errorf("unknown key %q; known are %q", key, keys)
		case slices.Contains(seen, key):
			return fmt.Errorf("key %q is there twice", key)
		}
		seen = append(seen, key)
		if err := value(key); err != nil {
			return err
		}
	}
	return w.take(json.Delim('}'))
}

func (w walker) skip() error {
	var value json.RawMessage
	return noEOF(w.decoder.Decode(&value))
}

func (w walker) take(want json.Delim) error {
	got, err := w.decoder.Token()
	if err != nil {
		return noEOF(err)
	}
	if got != want {
		return fmt.Errorf("want %q, got %v", want.String(), got)
	}
	return nil
}

// noEOF makes an end of the text in the middle of a value an error that says so.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
