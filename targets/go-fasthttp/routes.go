package main

import (
	"bytes"

	"github.com/valyala/fasthttp"
)

// routes returns the handler of all requests. fasthttp has no router of its own, and exact
// paths need none.
func (s *server) routes() fasthttp.RequestHandler {
	paths := map[string]fasthttp.RequestHandler{
		"/healthz": get(healthz),
		"/item":    get(getItem),
		"/orders":  post(postOrder),
		"/hold":    get(hold),
		"/hash":    get(s.hash),
		"/stats":   get(s.stats),
	}
	return func(ctx *fasthttp.RequestCtx) {
		// The path as it was sent; ctx.Path() is decoded and cleaned.
		path, _, _ := bytes.Cut(ctx.RequestURI(), []byte("?"))
		handler, ok := paths[string(path)]
		if !ok {
			reject(ctx, fasthttp.StatusNotFound, "no such path")
			return
		}
		handler(ctx)
	}
}

// get lets GET and HEAD through to next. For HEAD, fasthttp drops the body.
func get(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if !ctx.IsGet() && !ctx.IsHead() {
			rejectMethod(ctx, "GET, HEAD")
			return
		}
		next(ctx)
	}
}

// post lets POST through to next.
func post(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if !ctx.IsPost() {
			rejectMethod(ctx, "POST")
			return
		}
		next(ctx)
	}
}

func rejectMethod(ctx *fasthttp.RequestCtx, allow string) {
	ctx.Response.Header.Set(fasthttp.HeaderAllow, allow)
	reject(ctx, fasthttp.StatusMethodNotAllowed, "method not allowed")
}
