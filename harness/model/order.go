package model

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of an order.
const (
	MaxOrderBytes = 65_536
	MaxCustomer   = 64 // Unicode scalar values
	MaxLines      = 50
	MaxQuantity   = 100
)

// An Order is the request of POST /orders.
type Order struct {
	Customer string
	Lines    []Line
}

// A Line is one of the order's items.
type Line struct {
	ID       uint64
	Quantity uint64
}

// AnswerOrder returns the answer to POST /orders, with the checks in the contract's order.
func AnswerOrder(contentType string, body []byte) Answer {
	if !isJSON(contentType) {
		return Problem(415, DetailType)
	}
	if len(body) > MaxOrderBytes {
		return Problem(413, DetailTooLarge)
	}
	order, err := ParseOrder(body)
	if err != nil {
		return Problem(400, DetailOrder)
	}
	if detail := order.Fault(); detail != "" {
		return Problem(422, detail)
	}
	return Answer{Status: 201, ContentType: TypeJSON, Body: AppendOrder(nil, order)}
}

// isJSON says whether a media type is application/json, with or without parameters. Its
// name has no case: RFC 9110, section 8.3.1.
func isJSON(contentType string) bool {
	name, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.Trim(name, " \t"), TypeJSON)
}

// Fault is the detail of the first rule of meaning that the order breaks; empty if none.
func (o Order) Fault() string {
	if n := utf8.RuneCountInString(o.Customer); n < 1 || n > MaxCustomer {
		return DetailCustomer
	}
	if n := len(o.Lines); n < 1 || n > MaxLines {
		return DetailItems
	}
	for _, line := range o.Lines {
		if line.Quantity < 1 || line.Quantity > MaxQuantity {
			return DetailQuantity
		}
	}
	return ""
}

// AppendOrder appends the answer to an order without fault.
func AppendOrder(dst []byte, o Order) []byte {
	dst = append(dst, `{"customer":`...)
	dst = AppendString(dst, o.Customer)
	dst = append(dst, `,"lines":[`...)
	var total uint64
	for i, line := range o.Lines {
		if i > 0 {
			dst = append(dst, ',')
		}
		price := PriceCents(line.ID)
		cents := price * line.Quantity
		total += cents
		dst = appendMember(dst, `{"id":`, line.ID)
		dst = appendMember(dst, `,"quantity":`, line.Quantity)
		dst = appendMember(dst, `,"price_cents":`, price)
		dst = appendMember(dst, `,"line_cents":`, cents)
		dst = append(dst, '}')
	}
	dst = appendMember(dst, `],"total_cents":`, total)
	return append(dst, '}')
}

func appendMember(dst []byte, key string, value uint64) []byte {
	return strconv.AppendUint(append(dst, key...), value, 10)
}

// AppendString appends s as a JSON string, with just the escapes that the contract asks for.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c >= 0x20:
			dst = append(dst, c)
		case c == '\b':
			dst = append(dst, `\b`...)
		case c == '\f':
			dst = append(dst, `\f`...)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return append(dst, '"')
}
