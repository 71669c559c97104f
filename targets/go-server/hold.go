package main

import (
	"net/http"
	"strconv"
	"time"
)

const maxHoldMillis = 60_000

// hold answers GET /hold?ms=N after N milliseconds. The goroutine is parked meanwhile and
// holds no thread.
func hold(w http.ResponseWriter, r *http.Request) {
	ms, ok := integer(r, "ms", 0, maxHoldMillis)
	if !ok {
		reject(w, http.StatusBadRequest, "ms must be an integer from 0 to 60000")
		return
	}
	timer := time.NewTimer(time.Duration(ms) * time.Millisecond)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
		return // the client has gone
	}
	body := append([]byte(nil), `{"held_ms":`...)
	body = strconv.AppendUint(body, ms, 10)
	replyJSON(w, http.StatusOK, append(body, '}'))
}
