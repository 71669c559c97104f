package null

import (
	"net/http"
	"strconv"
	"time"

	"github.com/assay-bench/assay/harness/model"
)

// Bodies and their types.
const (
	jsonType     = "application/json"
	textType     = "text/plain; charset=utf-8"
	problemType  = "application/problem+json"
	healthzBody  = "ok\n"
	notFoundBody = `{"type":"about:blank","title":"Not Found","status":404,"detail":"no such path"}`
)

// A page is one answer with all of its bytes in place; the date is written over once a second.
type page struct {
	bytes []byte
	date  int // where the date stands
}

// pages are the prebuilt answers of one thread.
type pages struct {
	kept, last [kinds]page // last: with "Connection: close"
	second     int64       // of the date that they bear, Unix time
	date       [len(http.TimeFormat)]byte
}

// newPages builds all answers but that to /stats. wrongAt is the place of the wrong byte in the wrong body.
func newPages(wrongAt int) *pages {
	p := &pages{second: -1}
	for k, a := range [kinds]struct {
		status      int
		contentType string
		body        string
	}{
		null:        {http.StatusOK, jsonType, model.NullAnswer},
		wrong:       {http.StatusOK, jsonType, wrongBody(wrongAt)},
		failing:     {http.StatusInternalServerError, jsonType, model.NullAnswer},
		healthz:     {http.StatusOK, textType, healthzBody},
		stats:       {http.StatusOK, jsonType, ""}, // stands for the head alone
		notFound:    {http.StatusNotFound, problemType, notFoundBody},
		badRequest:  {http.StatusBadRequest, textType, ""},
		needsLength: {http.StatusLengthRequired, textType, ""},
		tooLong:     {http.StatusRequestHeaderFieldsTooLarge, textType, ""},
	} {
		p.kept[k] = newPage(a.status, a.contentType, a.body, false)
		p.last[k] = newPage(a.status, a.contentType, a.body, true)
	}
	return p
}

func newPage(status int, contentType, body string, last bool) page {
	var p page
	p.bytes = append(p.bytes, "HTTP/1.1 "+strconv.Itoa(status)+" "+http.StatusText(status)+"\r\nContent-Type: "+contentType+
		"\r\nContent-Length: "+strconv.Itoa(len(body))+"\r\nDate: "...)
	p.date = len(p.bytes)
	p.bytes = append(p.bytes, http.TimeFormat...)
	if last {
		p.bytes = append(p.bytes, "\r\nConnection: close"...)
	}
	p.bytes = append(p.bytes, "\r\n\r\n"+body...)
	return p
}

// wrongBody is the constant with another byte at one place.
func wrongBody(at int) string {
	b := []byte(model.NullAnswer)
	b[at%len(b)] ^= 1
	return string(b)
}

// stamp writes the date into every page, once a second.
func (p *pages) stamp(now time.Time) {
	if now.Unix() == p.second {
		return
	}
	p.second = now.Unix()
	now.UTC().AppendFormat(p.date[:0], http.TimeFormat)
	for k := range kinds {
		p.putDate(p.kept[k])
		p.putDate(p.last[k])
	}
}

// putDate writes the latest date into one page.
func (p *pages) putDate(one page) { copy(one.bytes[one.date:], p.date[:]) }

// of is the answer to a request that is not for /stats.
func (p *pages) of(r request) []byte {
	if r.last {
		return p.last[r.kind].bytes
	}
	return p.kept[r.kind].bytes
}
