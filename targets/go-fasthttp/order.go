package main

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxBody     = 65536 // bytes of an order
	maxCustomer = 64    // characters
	maxLines    = 50
	maxQuantity = 100
)

// isJSON tells whether a Content-Type is application/json, whatever its parameters.
func isJSON(contentType string) bool {
	mediaType, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.Trim(mediaType, " \t"), "application/json")
}

// An order is what a customer asks for.
type order struct {
	customer string
	lines    []line
}

// A line is a quantity of one item.
type line struct {
	id, quantity uint64
}

// fault says what is wrong with an order that could be read, or nothing.
func (o order) fault() string {
	if n := utf8.RuneCountInString(o.customer); n < 1 || n > maxCustomer {
		return "customer must have 1 to 64 characters"
	}
	if n := len(o.lines); n < 1 || n > maxLines {
		return "items must have 1 to 50 entries"
	}
	for _, l := range o.lines {
		if l.quantity < 1 || l.quantity > maxQuantity {
			return "quantity must be from 1 to 100"
		}
	}
	return ""
}

// appendOrder appends the order as a JSON object, with the price of each line's item.
func appendOrder(b []byte, o order, prices []int64) []byte {
	b = append(b, `{"customer":`...)
	b = appendString(b, o.customer)
	b = append(b, `,"lines":[`...)
	var total int64
	for i, l := range o.lines {
		if i > 0 {
			b = append(b, ',')
		}
		lineCents := prices[i] * int64(l.quantity)
		total += lineCents
		b = append(b, `{"id":`...)
		b = strconv.AppendUint(b, l.id, 10)
		b = append(b, `,"quantity":`...)
		b = strconv.AppendUint(b, l.quantity, 10)
		b = append(b, `,"price_cents":`...)
		b = strconv.AppendInt(b, prices[i], 10)
		b = append(b, `,"line_cents":`...)
		b = strconv.AppendInt(b, lineCents, 10)
		b = append(b, '}')
	}
	b = append(b, `],"total_cents":`...)
	b = strconv.AppendInt(b, total, 10)
	return append(b, '}')
}
