package main

import (
	"strconv"
	"time"

	"github.com/valyala/fasthttp"
)

const maxHoldMillis = 60_000

func healthz(ctx *fasthttp.RequestCtx) {
	reply(ctx, fasthttp.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
}

// getItem answers GET /item?id=N.
func getItem(ctx *fasthttp.RequestCtx) {
	id, ok := integer(ctx, "id", 0, maxInteger)
	if !ok {
		reject(ctx, fasthttp.StatusBadRequest, "id must be an integer from 0 to 9007199254740991")
		return
	}
	replyJSON(ctx, fasthttp.StatusOK, appendItem(make([]byte, 0, 512), id))
}

// postOrder answers POST /orders. fasthttp has read the body.
func postOrder(ctx *fasthttp.RequestCtx) {
	if !isJSON(string(ctx.Request.Header.ContentType())) {
		reject(ctx, fasthttp.StatusUnsupportedMediaType, "content type must be application/json")
		return
	}
	body := ctx.PostBody()
	if len(body) > maxBody {
		reject(ctx, fasthttp.StatusRequestEntityTooLarge, tooLarge)
		return
	}
	o, ok := decodeOrder(body)
	if !ok {
		reject(ctx, fasthttp.StatusBadRequest, "body is not a valid order")
		return
	}
	if fault := o.fault(); fault != "" {
		reject(ctx, fasthttp.StatusUnprocessableEntity, fault)
		return
	}
	prices := make([]int64, len(o.lines))
	for i, l := range o.lines {
		prices[i] = int64(priceCents(l.id))
	}
	replyJSON(ctx, fasthttp.StatusCreated, appendOrder(make([]byte, 0, 512), o, prices))
}

// hold answers GET /hold?ms=N after N milliseconds. The goroutine is parked meanwhile and
// holds no thread; fasthttp does not tell it when the client has gone.
func hold(ctx *fasthttp.RequestCtx) {
	ms, ok := integer(ctx, "ms", 0, maxHoldMillis)
	if !ok {
		reject(ctx, fasthttp.StatusBadRequest, "ms must be an integer from 0 to 60000")
		return
	}
	time.Sleep(time.Duration(ms) * time.Millisecond)
	body := append([]byte(nil), `{"held_ms":`...)
	body = strconv.AppendUint(body, ms, 10)
	replyJSON(ctx, fasthttp.StatusOK, append(body, '}'))
}
