package load

import (
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/assay-bench/assay/harness/model"
)

// orderTarget is a fakeTarget that takes orders as the contract says. spoil may change the answer to order number n, from 1.
func orderTarget(t *testing.T, spoil func(n int64, a *model.Answer)) *fakeTarget {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var n atomic.Int64
	f := &fakeTarget{address: l.Addr().String(), listener: l, orders: func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPost {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		a := model.AnswerOrder(r.Header.Get("Content-Type"), body)
		if spoil != nil {
			spoil(n.Add(1), &a)
		}
		w.Header().Set("Content-Type", a.ContentType)
		w.WriteHeader(a.Status)
		_, _ = w.Write(a.Body)
	}}
	f.serve(t, l)
	return f
}

// Orders are posted by either engine, each answered with 201 and the body that follows from what was sent.
func TestOrdersAreDriven(t *testing.T) {
	t.Parallel()
	perEngine(t, func(t *testing.T, engine string) {
		job := engineJob(orderTarget(t, nil), engine)
		job.Request = "POST /db/orders"
		res := drive(t, job)
		if res.Failure != "" || res.Done != res.Scheduled || res.Failed != 0 || res.BytesPerAnswer <= res.HeaderBytes {
			t.Errorf("failure %q, done %d of %d, errors %v, %v bytes an answer", res.Failure, res.Done, res.Scheduled, res.Errors, res.BytesPerAnswer)
		}
	})
}

// A right body with status 200 is wrong, and so is a total that is off by a cent.
func TestWrongAnswersToOrders(t *testing.T) {
	t.Parallel()
	perEngine(t, func(t *testing.T, engine string) {
		job := engineJob(orderTarget(t, func(n int64, a *model.Answer) {
			switch n % 3 {
			case 0:
				a.Status = http.StatusOK
			case 1:
				last := len(a.Body) - len("}") - 1
				a.Body[last] = '0' + (a.Body[last]-'0'+1)%10
			}
		}), engine)
		job.Request = "POST /db/orders"
		res := drive(t, job)
		if res.Failure != "" || res.Done == 0 || res.Errors["status 200"] == 0 || res.Errors[classWrongBody] == 0 || res.Done+res.Failed != res.Scheduled {
			t.Errorf("failure %q, done %d of %d, errors %v", res.Failure, res.Done, res.Scheduled, res.Errors)
		}
	})
}
