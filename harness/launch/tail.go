package launch

import (
	"bytes"
	"io"
	"strings"
	"sync"
)

// A tail keeps the end of what is written to it. The zero value is ready; it may be
// written to and read from several goroutines.
type tail struct {
	mu   sync.Mutex
	kept []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, p...)
	if over := len(t.kept) - tailBytes; over > 0 {
		t.kept = append(t.kept[:0], t.kept[over:]...)
	}
	return len(p), nil
}

// String returns the last lines, at most tailLines, without the final line feed.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return lastLines(string(t.kept))
}

func lastLines(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\r\n"), "\n")
	if len(lines) > tailLines {
		lines = lines[len(lines)-tailLines:]
	}
	return strings.Join(lines, "\n")
}

// A lineSplitter hands each complete line to emit; flush hands over an unfinished one.
type lineSplitter struct {
	emit    func([]byte) // may be nil
	pending []byte
	seen    int64 // bytes written so far
}

func (l *lineSplitter) Write(p []byte) (int, error) {
	n := len(p)
	l.seen += int64(n)
	for {
		line, rest, found := bytes.Cut(p, []byte{'\n'})
		if !found {
			break
		}
		l.send(append(l.pending, line...))
		l.pending, p = nil, rest
	}
	// A line that never ends must not grow for ever; what is cut off is not JSON anyway.
	if len(l.pending)+len(p) <= maxLineSize {
		l.pending = append(l.pending, p...)
	}
	return n, nil
}

func (l *lineSplitter) flush() {
	if len(l.pending) > 0 {
		l.send(l.pending)
		l.pending = nil
	}
}

func (l *lineSplitter) send(line []byte) {
	if l.emit != nil {
		l.emit(bytes.Clone(bytes.TrimSuffix(line, []byte{'\r'})))
	}
}

// A skipWriter drops the first bytes written to it and passes on the rest.
type skipWriter struct {
	to   io.Writer
	skip int64
}

func (s *skipWriter) Write(p []byte) (int, error) {
	drop := min(s.skip, int64(len(p)))
	s.skip -= drop
	if _, err := s.to.Write(p[drop:]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// A plainWriter takes colours out: the legacy builder paints all that a compiler writes to
// stderr. A sequence never spans two writes, for each message is painted by itself.
type plainWriter struct{ to io.Writer }

func (w *plainWriter) Write(p []byte) (int, error) {
	rest := p
	for len(rest) > 0 {
		plain, after, found := bytes.Cut(rest, []byte("\x1b["))
		if _, err := w.to.Write(plain); err != nil {
			return 0, err
		}
		if !found {
			break
		}
		rest = bytes.TrimPrefix(bytes.TrimLeft(after, "0123456789;"), []byte{'m'})
	}
	return len(p), nil
}
