package main

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// orderText is an order as encoding/json reads it. Pointers tell what was there.
type orderText struct {
	Customer *string    `json:"customer"`
	Items    []lineText `json:"items"`
}

type lineText struct {
	ID       *uint64 `json:"id"`
	Quantity *uint64 `json:"quantity"`
}

// decodeOrder reads an order as strictly as the contract asks.
//
// json.Unmarshal checks syntax and types, but it takes a name in any case of letters,
// takes a name twice or a name that it does not know, reads null as nothing, and puts
// U+FFFD for what is not a character. All of this is refused here. Names need just one
// look at the text: when every value is there and there are as many names as values, all
// of them spelled right, then none is missing, doubled or unknown.
func decodeOrder(body []byte) (order, bool) {
	if !utf8.Valid(body) {
		return order{}, false
	}
	var text orderText
	if err := json.Unmarshal(body, &text); err != nil {
		return order{}, false
	}
	if text.Customer == nil || text.Items == nil {
		return order{}, false
	}
	if names, ok := countNames(body); !ok || names != 2+2*len(text.Items) {
		return order{}, false
	}
	lines := make([]line, len(text.Items))
	for i, l := range text.Items {
		if l.ID == nil || l.Quantity == nil || *l.ID > maxInteger || *l.Quantity > maxInteger {
			return order{}, false
		}
		lines[i] = line{*l.ID, *l.Quantity}
	}
	return order{*text.Customer, lines}, true
}

// countNames counts the member names of a valid JSON text. It fails at a name that an
// order does not have, and at a string with half a surrogate pair.
func countNames(text []byte) (names int, ok bool) {
	for {
		start := bytes.IndexByte(text, '"')
		if start < 0 {
			return names, true
		}
		text = text[start:]
		end := literalEnd(text)
		literal := text[:end]
		text = text[end:]
		if !surrogatesPaired(literal) {
			return 0, false
		}
		if !bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte(":")) {
			continue // a value
		}
		if !isOrderName(literal) {
			return 0, false
		}
		names++
	}
}

// isOrderName tells whether a string literal is, once unescaped, a name that orders have.
func isOrderName(literal []byte) bool {
	name := string(literal[1 : len(literal)-1])
	if bytes.IndexByte(literal, '\\') >= 0 && json.Unmarshal(literal, &name) != nil {
		return false
	}
	switch name {
	case "customer", "items", "id", "quantity":
		return true
	}
	return false
}
