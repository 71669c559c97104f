package conform

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestAttended: servers that end rightly and wrongly when they are told to. The zero rig
// drains by net/http's Shutdown.
func TestAttended(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		end  func(*http.Server)
		says string // "": no difference
	}{
		"drains":               {func(s *http.Server) { _ = s.Shutdown(context.Background()) }, ""},
		"drops what is open":   {func(s *http.Server) { s.Close() }, "connection: want the whole answer, before the server ends, got connection closed"},
		"goes on accepting":    {func(*http.Server) {}, "new connections: want refused, got accepted 1.5s after"},
		"cuts requests short":  {func(s *http.Server) { shutDownWithin(s, 300*time.Millisecond) }, "want the whole answer"},
		"closes after a while": {func(s *http.Server) { time.Sleep(300 * time.Millisecond); _ = s.Shutdown(context.Background()) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, server := rig{}.startServer(t)
			lim := defaultLimits()
			lim.drain = 1500 * time.Millisecond
			var told []EventKind
			report, err := checkAttended(t.Context(), AttendedJob{Address: address}, lim, func(e Event) {
				told = append(told, e.What)
				if e.What == Holding {
					go tt.end(server)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if (len(report.Differences) > 0) != (tt.says != "") || !strings.Contains(report.String(), tt.says) {
				t.Errorf("want %q in\n%s", tt.says, report)
			}
			if len(told) < residentTimes+1 || told[0] != Resident || told[residentTimes] != Holding {
				t.Errorf("told %q", told)
			}
		})
	}
}

func shutDownWithin(s *http.Server, limit time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	_ = s.Shutdown(ctx)
	s.Close()
}
