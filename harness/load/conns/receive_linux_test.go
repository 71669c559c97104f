package conns

import "testing"

// What is wrong with the first answer is said as it is: a wrong body with status 200 is no matter of the status.
func TestUnwelcome(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer answer
		want   string
	}{
		{answer{status: 200, body: []byte("ok\n")}, ""},
		{answer{status: 503, body: []byte("ok\n")}, "status 503 to the first request"},
		{answer{status: 200, body: []byte("no\n")}, "wrong body to the first request"},
		{answer{status: 200, body: []byte("ok\n"), close: true}, "Connection: close in answer to the first request"},
	} {
		if got := unwelcome(c.answer); got != c.want {
			t.Errorf("%+v: %q, want %q", c.answer, got, c.want)
		}
	}
}
