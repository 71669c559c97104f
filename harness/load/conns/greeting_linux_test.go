package conns

import "testing"

// What is wrong with the first answer is said as it is: a wrong body with status 200 is no matter of the status.
func TestUnwelcome(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer answer
		got    int
		want   string
	}{
		{answer{status: 200, body: []byte("ok\n"), size: 40}, 40, ""},
		{answer{status: 503, body: []byte("ok\n"), size: 40}, 40, "status 503 to the first request"},
		{answer{status: 200, body: []byte("no\n"), size: 40}, 40, "wrong body to the first request"},
		{answer{status: 200, body: []byte("ok\n"), size: 40, close: true}, 40, "Connection: close in answer to the first request"},
		{answer{status: 200, body: []byte("ok\n"), size: 40}, 41, "bytes behind the answer to the first request"},
	} {
		if got := unwelcome(c.answer, c.got); got != c.want {
			t.Errorf("%+v: %q, want %q", c.answer, got, c.want)
		}
	}
}
