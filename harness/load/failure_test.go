package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"syscall"
	"testing"
)

func TestClassify(t *testing.T) {
	system := func(e syscall.Errno) error { return &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", e)} }
	for _, c := range []struct {
		err         error
		class, side string
	}{
		{system(syscall.ECONNREFUSED), classRefused, sideServer},
		{system(syscall.ECONNRESET), classReset, sideServer},
		{system(syscall.EPIPE), classReset, sideServer},
		{system(syscall.EMFILE), classNoFile, sideHost},
		{system(syscall.ENFILE), classNoFile, sideHost},
		{system(syscall.ENOBUFS), classNoMemory, sideHost},
		{system(syscall.ENOMEM), classNoMemory, sideHost},
		{system(syscall.EADDRNOTAVAIL), classNoPort, sideHost},
		{system(syscall.EADDRINUSE), classNoPort, sideHost},
		{fmt.Errorf("read: %w", io.EOF), classEOF, sideServer},
		{io.ErrUnexpectedEOF, classEOF, sideServer},
		{errors.New("http: server closed idle connection"), classEOF, sideServer},
		{context.DeadlineExceeded, classTimeout, sideServer},
		{&net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}, classTimeout, sideServer},
		{errors.New(`malformed HTTP response "x"`), classMalformed, sideServer},
		{failure{classWrongBody}, classWrongBody, sideServer},
		{errors.New("something new"), classOther, sideServer},
	} {
		class := classify(c.err)
		if class != c.class || sideOf(class) != c.side {
			t.Errorf("%v: %q, side %q; want %q, %q", c.err, class, sideOf(class), c.class, c.side)
		}
		// As http.Client and vegeta hand it on.
		text := (&url.Error{Op: "Get", URL: "http://target.invalid/", Err: failure{class}}).Error()
		if got := classOf(text); got != class {
			t.Errorf("%q reads as %q", text, got)
		}
	}
	if classOf("") != "" || classOf("status 500") != "status 500" {
		t.Error("text without http.Client's prefix is the class itself")
	}
}

func TestSources(t *testing.T) {
	for _, c := range []struct {
		n    int
		want string
	}{
		{1, "[<nil>]"}, {12000, "[<nil>]"}, {12001, "[127.0.0.2 127.0.0.3]"}, {36001, "[127.0.0.2 127.0.0.3 127.0.0.4 127.0.0.5]"},
	} {
		if got := fmt.Sprint(sources(c.n)); got != c.want {
			t.Errorf("%d connections: %s, want %s", c.n, got, c.want)
		}
	}
}

func TestPseudoHosts(t *testing.T) {
	p := newPool("127.0.0.1:8080", 30000, 1, nil)
	for _, i := range []int{0, 17, 29999} {
		host := p.pseudoHost(i)
		if got, err := p.slotOf(host); got != i || err != nil {
			t.Errorf("%s is slot %d, %v; want %d", host, got, err, i)
		}
	}
	if host := p.pseudoHost(17); host != "c00017.invalid:8080" {
		t.Error(host)
	}
	for _, host := range []string{"127.0.0.1:8080", "c30000.invalid:8080", "cx.invalid:1", ""} {
		if i, err := p.slotOf(host); err == nil {
			t.Errorf("%q is slot %d", host, i)
		}
	}
}
