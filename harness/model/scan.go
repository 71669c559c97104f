package model

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// ParseOrder reads the body of POST /orders. The error says at which byte it stops
// being an order; the contract has one answer to all of them.
//
// It is written by hand because encoding/json takes what the contract refuses: a second
// key of the same name, a name in another case, bytes that are not UTF-8, half of
// a surrogate pair, a missing key, null.
func ParseOrder(body []byte) (Order, error) {
	s := scanner{text: body}
	var o Order
	err := s.order(&o)
	if err != nil {
		return Order{}, fmt.Errorf("byte %d: %w", s.at, err)
	}
	return o, nil
}

// A scanner reads JSON (RFC 8259) from the byte at which it stands.
type scanner struct {
	text []byte
	at   int
}

func (s *scanner) order(o *Order) error {
	if !utf8.Valid(s.text) {
		return errors.New("not UTF-8")
	}
	err := s.object([]string{"customer", "items"}, func(key string) (err error) {
		if key == "customer" {
			o.Customer, err = s.str()
			return err
		}
		return s.array(func() error {
			line, err := s.line()
			o.Lines = append(o.Lines, line)
			return err
		})
	})
	if err != nil {
		return err
	}
	if s.peek(); s.at < len(s.text) {
		return errors.New("text after the object")
	}
	return nil
}

func (s *scanner) line() (Line, error) {
	var l Line
	err := s.object([]string{"id", "quantity"}, func(key string) (err error) {
		if key == "id" {
			l.ID, err = s.integer()
		} else {
			l.Quantity, err = s.integer()
		}
		return err
	})
	return l, err
}

// object reads an object that has each of the keys once and no other; keys is not
// empty. The function reads the value of a key.
func (s *scanner) object(keys []string, value func(key string) error) error {
	if err := s.take('{'); err != nil {
		return err
	}
	var seen []string
	for {
		key, err := s.str()
		if err != nil {
			return err
		}
		if !slices.Contains(keys, key) || slices.Contains(seen, key) {
			return fmt.Errorf("key %q is unknown or repeated", key)
		}
		seen = append(seen, key)
		if err := s.take(':'); err != nil {
			return err
		}
		if err := value(key); err != nil {
			return err
		}
		if s.peek() != ',' {
			break
		}
		s.at++
	}
	if len(seen) < len(keys) {
		return errors.New("a key is missing")
	}
	return s.take('}')
}

func (s *scanner) array(element func() error) error {
	if err := s.take('['); err != nil {
		return err
	}
	if s.peek() == ']' {
		s.at++
		return nil
	}
	for {
		if err := element(); err != nil {
			return err
		}
		if s.peek() != ',' {
			return s.take(']')
		}
		s.at++
	}
}

// integer reads digits without a sign and without a leading zero. A fraction or an
// exponent is left standing, where the caller finds it in place of a comma or bracket.
func (s *scanner) integer() (uint64, error) {
	s.peek()
	end := s.at
	for end < len(s.text) && '0' <= s.text[end] && s.text[end] <= '9' {
		end++
	}
	digits := string(s.text[s.at:end])
	if len(digits) > 1 && digits[0] == '0' {
		return 0, errors.New("leading zero")
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || n > MaxInteger {
		return 0, fmt.Errorf("want an integer from 0 to %d", uint64(MaxInteger))
	}
	s.at = end
	return n, nil
}

func (s *scanner) str() (string, error) {
	if err := s.take('"'); err != nil {
		return "", err
	}
	var text []byte
	for s.at < len(s.text) {
		c := s.text[s.at]
		s.at++
		switch {
		case c == '"':
			return string(text), nil
		case c < 0x20:
			return "", errors.New("control character in a string")
		case c == '\\':
			r, err := s.escape()
			if err != nil {
				return "", err
			}
			text = utf8.AppendRune(text, r)
		default:
			text = append(text, c)
		}
	}
	return "", errors.New("string without end")
}

// escape reads what follows a backslash. Half of a surrogate pair names no character
// (RFC 8259, section 8.2), so no string has it.
func (s *scanner) escape() (rune, error) {
	c := s.byte()
	switch c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'u':
		r, err := s.hex4()
		if err != nil || !utf16.IsSurrogate(r) {
			return r, err
		}
		if s.byte() != '\\' || s.byte() != 'u' {
			return 0, errors.New("half of a surrogate pair")
		}
		low, err := s.hex4()
		if err != nil {
			return 0, err
		}
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			return 0, errors.New("half of a surrogate pair")
		}
		return r, nil
	}
	return 0, errors.New("unknown escape")
}

func (s *scanner) hex4() (rune, error) {
	end := min(s.at+4, len(s.text))
	n, err := strconv.ParseUint(string(s.text[s.at:end]), 16, 16)
	if err != nil || end-s.at < 4 {
		return 0, errors.New("want four hexadecimal digits")
	}
	s.at = end
	return rune(n), nil
}

// byte takes the next byte; 0, which is never allowed, at the end.
func (s *scanner) byte() byte {
	if s.at == len(s.text) {
		return 0
	}
	s.at++
	return s.text[s.at-1]
}

// peek skips white space and returns the byte that follows; 0 at the end.
func (s *scanner) peek() byte {
	for ; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case ' ', '\t', '\n', '\r':
		default:
			return s.text[s.at]
		}
	}
	return 0
}

func (s *scanner) take(want byte) error {
	if got := s.peek(); got != want {
		return fmt.Errorf("want %q", want)
	}
	s.at++
	return nil
}
