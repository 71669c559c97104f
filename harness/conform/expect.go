package conform

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/model"
)

// expect returns the contract's answer to a request. The values of GET /stats cannot be
// foretold: its Body is empty.
func expect(req request) model.Answer {
	path, query, _ := strings.Cut(req.target, "?")
	methods, known := methodsOf(path)
	switch {
	case !known:
		return model.Problem(404, model.DetailPath)
	case !slices.Contains(methodList(methods), req.method):
		answer := model.Problem(405, model.DetailMethod)
		answer.Allow = methods
		return answer
	}
	switch path {
	case "/healthz":
		return model.Answer{Status: 200, ContentType: model.TypeText, Body: []byte("ok\n")}
	case "/item":
		return expectNumber(query, "id", 0, model.MaxInteger, model.DetailItem, model.AppendItem)
	case "/hold":
		return expectNumber(query, "ms", 0, model.MaxHoldMillis, model.DetailHold, model.AppendHold)
	case "/hash":
		return expectNumber(query, "rounds", model.MinRounds, model.MaxRounds, model.DetailHash, model.AppendHash)
	case "/orders":
		return model.AnswerOrder(req.headers["Content-Type"], req.body)
	}
	return model.Answer{Status: 200, ContentType: model.TypeJSON} // /stats
}

// methodsOf returns the methods that a path takes, as in the Allow field.
func methodsOf(path string) (methods string, known bool) {
	switch path {
	case "/healthz", "/item", "/hold", "/hash", "/stats":
		return "GET, HEAD", true
	case "/orders":
		return "POST", true
	}
	return "", false
}

// expectNumber answers a request whose one parameter is an integer from low to high.
func expectNumber(query, name string, low, high uint64, detail string, appendBody func([]byte, uint64) []byte) model.Answer {
	n, ok := parameter(query, name)
	if !ok || n < low || n > high {
		return model.Problem(400, detail)
	}
	return model.Answer{Status: 200, ContentType: model.TypeJSON, Body: appendBody(nil, n)}
}

// maxDigits is how long an integer parameter may be.
const maxDigits = 16

// parameter reads an integer parameter of a query, which is form data: 1 to 16 digits
// after decoding, the first of that name. What a value with a semicolon or a broken
// escape means for a second one is left open by the contract; here it counts as the first.
func parameter(query, name string) (uint64, bool) {
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if key, err := url.QueryUnescape(key); err != nil || key != name {
			continue
		}
		digits, err := url.QueryUnescape(value)
		if err != nil || len(digits) > maxDigits {
			return 0, false
		}
		n, err := strconv.ParseUint(digits, 10, 64) // takes neither sign nor space
		return n, err == nil
	}
	return 0, false
}
