package model

import "strconv"

// Content types of the contract.
const (
	TypeText    = "text/plain; charset=utf-8"
	TypeJSON    = "application/json"
	TypeProblem = "application/problem+json"
)

// Details of the error answers.
const (
	DetailItem     = "id must be an integer from 0 to 9007199254740991"
	DetailHold     = "ms must be an integer from 0 to 60000"
	DetailHash     = "rounds must be an integer from 1 to 1000000"
	DetailOrder    = "body is not a valid order"
	DetailPath     = "no such path"
	DetailMethod   = "method not allowed"
	DetailTooLarge = "body exceeds 65536 bytes"
	DetailType     = "content type must be application/json"
	DetailCustomer = "customer must have 1 to 64 characters"
	DetailItems    = "items must have 1 to 50 entries"
	DetailQuantity = "quantity must be from 1 to 100"

	DetailUnavailable = "database unavailable"
)

// An Answer is what the contract asks for: everything of an answer that the request
// determines.
type Answer struct {
	Status      int
	ContentType string
	Body        []byte
	Allow       string // with status 405: a method that the path does take
}

// Problem returns an error answer. It knows the statuses of the contract's table; the title
// of another one is empty.
func Problem(status int, detail string) Answer {
	body := []byte(`{"type":"about:blank","title":"`)
	body = append(body, title(status)...)
	body = append(body, `","status":`...)
	body = strconv.AppendInt(body, int64(status), 10)
	body = append(body, `,"detail":"`...)
	body = append(body, detail...)
	body = append(body, `"}`...)
	return Answer{Status: status, ContentType: TypeProblem, Body: body}
}

// title is the reason phrase of RFC 9110, section 15. Go's http.StatusText still has the
// older names of 413 and 422.
func title(status int) string {
	switch status {
	case 400:
		return "Bad Request"
	case 404:
		return "Not Found"
	case 405:
		return "Method Not Allowed"
	case 413:
		return "Content Too Large"
	case 415:
		return "Unsupported Media Type"
	case 422:
		return "Unprocessable Content"
	case 503:
		return "Service Unavailable"
	}
	return ""
}
