package postgres

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A port that somebody has is named before anything is made.
func TestPortInUse(t *testing.T) {
	p, temp := newLauncher(t)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	i, err := p.StartDatabase(within(t), spec(port))
	if err == nil {
		_, _ = i.Stop(context.Background())
		t.Fatal("it started on a port in use")
	}
	if !strings.Contains(err.Error(), fmt.Sprintf("port %d is in use", port)) {
		t.Errorf("got %v", err)
	}
	left(t, temp)
}

// What PostgreSQL does not accept ends the start, with its own words, and leaves nothing.
func TestUnknownSetting(t *testing.T) {
	p, temp := newLauncher(t)
	s := spec(freePort(t))
	s.Settings = append(s.Settings, "no_such_setting=1")
	i, err := p.StartDatabase(within(t), s)
	if err == nil {
		_, _ = i.Stop(context.Background())
		t.Fatal("it started with a setting that there is not")
	}
	if !strings.Contains(err.Error(), "no_such_setting") {
		t.Errorf("got %v", err)
	}
	left(t, temp)
}

// left fails where a directory of a database is still there.
func left(t *testing.T, temp string) {
	t.Helper()
	found, err := os.ReadDir(temp)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("%s was left behind", f.Name())
	}
}

// Stop ends a server that has clients, closes its port and removes its files; it can be called again.
func TestStop(t *testing.T) {
	s, a := prepared(t)
	if found, err := os.ReadDir(s.temp); err != nil || len(found) != 1 {
		t.Fatalf("%d directories while it runs, %v; want the database's", len(found), err)
	}
	for range 2 {
		exit, err := s.Stop(within(t))
		if err != nil || exit.Signal != "" || exit.Code != 0 {
			t.Fatalf("%+v, %v; want a clean end", exit, err)
		}
	}
	left(t, s.temp)
	if conn, err := net.DialTimeout("tcp4", s.Address(), time.Second); err == nil {
		conn.Close()
		t.Error("the port still takes connections")
	}
	if err := a.Reset(within(t)); err == nil || !strings.HasPrefix(err.Error(), "database: reset: ") {
		t.Errorf("a reset without a server: %v", err)
	}
	if exit, ok := <-s.Exited(); ok {
		t.Errorf("a stop counts as an end of its own: %+v", exit)
	}
}

// A server that is killed is told of, by itself and by the next that is asked of it, and its files go with the stop.
func TestKilled(t *testing.T) {
	s, a := prepared(t)
	if err := syscall.Kill(s.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case exit := <-s.Exited():
		if exit.Signal != "killed" {
			t.Errorf("got %+v", exit)
		}
	case <-within(t).Done():
		t.Fatal("nobody noticed")
	}
	// Its backends end when they see that it is gone.
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if _, err := a.Statements(within(t)); err != nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the connection outlives the server")
		}
	}
	if exit, err := s.Stop(within(t)); err != nil || exit.Signal != "killed" {
		t.Errorf("%+v, %v; want how it ended", exit, err)
	}
	left(t, s.temp)
}

// Open waits while nobody listens, and tells why it gave up.
func TestOpenGivesUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*openEvery)
	defer cancel()
	a, err := Open(ctx, freePort(t))
	if err == nil {
		_ = a.Close(context.Background())
		t.Fatal("there is no server, and yet it opened")
	}
	if !strings.HasPrefix(err.Error(), "database: connect: ") {
		t.Errorf("got %v", err)
	}
}

// Open takes a server that begins to answer only while it tries.
func TestOpenWaits(t *testing.T) {
	s := start(t)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go refuseThenPass(l, s.Address(), 3)
	a, err := Open(within(t), l.Addr().(*net.TCPAddr).Port)
	if err != nil {
		t.Fatal(err)
	}
	if n := one(t, a.conn, "SELECT 42"); n != 42 {
		t.Errorf("got %d", n)
	}
	_ = a.Close(context.Background())
}

// refuseThenPass closes the first connections as they come, as a server that starts does, and passes the next one on. It ends
// with the listener.
func refuseThenPass(l net.Listener, to string, refuse int) {
	for i := 0; ; i++ {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		if i < refuse {
			conn.Close()
			continue
		}
		up, err := net.Dial("tcp4", to)
		if err != nil {
			conn.Close()
			return
		}
		go func() { _, _ = io.Copy(up, conn); up.Close() }()
		go func() { _, _ = io.Copy(conn, up); conn.Close() }()
	}
}
