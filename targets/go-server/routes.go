package main

import "net/http"

// routes returns the handler of all requests.
//
// It is not an http.ServeMux, because that redirects paths such as //item, which the
// contract wants answered 404.
func (s *server) routes() http.Handler {
	paths := map[string]http.Handler{
		"/healthz": get(healthz),
		"/item":    get(getItem),
		"/orders":  post(postOrder),
		"/hold":    get(hold),
		"/hash":    get(s.hash),
		"/stats":   get(s.stats),
	}
	for prefix, d := range map[string]*database{"/db": s.equalised, "/db/stock": s.stock} {
		paths[prefix+"/item"] = get(d.configured(d.getItem))
		paths[prefix+"/items"] = get(d.configured(d.getItems))
		paths[prefix+"/orders"] = post(d.configured(d.postOrder))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// EscapedPath is the path as it was sent; URL.Path is decoded.
		handler, ok := paths[r.URL.EscapedPath()]
		if !ok {
			reject(w, http.StatusNotFound, "no such path")
			return
		}
		handler.ServeHTTP(w, r)
	})
}

// get lets GET and HEAD through to next. For HEAD, net/http drops the body.
func get(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			rejectMethod(w, "GET, HEAD")
			return
		}
		next(w, r)
	})
}

// post lets POST through to next.
func post(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			rejectMethod(w, "POST")
			return
		}
		next(w, r)
	})
}

func rejectMethod(w http.ResponseWriter, allow string) {
	w.Header().Set("Allow", allow)
	reject(w, http.StatusMethodNotAllowed, "method not allowed")
}

func healthz(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
}
