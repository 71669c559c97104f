package main

import (
	"strconv"

	"github.com/valyala/fasthttp"
)

// reply answers with body, which must not be changed later.
func reply(ctx *fasthttp.RequestCtx, status int, contentType string, body []byte) {
	ctx.SetStatusCode(status)
	ctx.SetContentType(contentType)
	ctx.Response.SetBodyRaw(body)
}

func replyJSON(ctx *fasthttp.RequestCtx, status int, body []byte) {
	reply(ctx, status, "application/json", body)
}

// reject answers with a problem (RFC 9457). detail needs no escaping.
func reject(ctx *fasthttp.RequestCtx, status int, detail string) {
	body := append([]byte(nil), `{"type":"about:blank","title":"`...)
	body = append(body, title(status)...)
	body = append(body, `","status":`...)
	body = strconv.AppendInt(body, int64(status), 10)
	body = append(body, `,"detail":"`...)
	body = append(body, detail...)
	body = append(body, `"}`...)
	reply(ctx, status, "application/problem+json", body)
}

// title returns the reason phrase of RFC 9110, which renamed two that fasthttp still
// gives their old names.
func title(status int) string {
	switch status {
	case fasthttp.StatusRequestEntityTooLarge:
		return "Content Too Large"
	case fasthttp.StatusUnprocessableEntity:
		return "Unprocessable Content"
	}
	return fasthttp.StatusMessage(status)
}
