//go:build !linux

package null

import (
	"context"
	"net"
)

// Serve answers on l until ctx ends, then finishes what it has to answer, for 5 s at most, and returns nil. It takes l
// over and closes it.
func Serve(ctx context.Context, l *net.TCPListener, o Options) error { return serveHTTP(ctx, l, o) }
