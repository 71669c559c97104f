package main

import (
	"net/http"
	"strconv"
)

// reply answers with body. Content-Length is set because net/http would chunk a body
// that is larger than its buffer.
func reply(w http.ResponseWriter, status int, contentType string, body []byte) {
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	// An error means that the client has gone, or that it asked for the head alone.
	_, _ = w.Write(body)
}

func replyJSON(w http.ResponseWriter, status int, body []byte) {
	reply(w, status, "application/json", body)
}

// reject answers with a problem (RFC 9457). detail needs no escaping.
func reject(w http.ResponseWriter, status int, detail string) {
	body := append([]byte(nil), `{"type":"about:blank","title":"`...)
	body = append(body, title(status)...)
	body = append(body, `","status":`...)
	body = strconv.AppendInt(body, int64(status), 10)
	body = append(body, `,"detail":"`...)
	body = append(body, detail...)
	body = append(body, `"}`...)
	reply(w, status, "application/problem+json", body)
}

// title returns the reason phrase of RFC 9110, which renamed two that net/http still
// gives their old names.
func title(status int) string {
	switch status {
	case http.StatusRequestEntityTooLarge:
		return "Content Too Large"
	case http.StatusUnprocessableEntity:
		return "Unprocessable Content"
	}
	return http.StatusText(status)
}
