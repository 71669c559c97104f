package null

import (
	"context"
	"fmt"
	"net"
)

// entertain has the guests come to address with the first answer to /null: a load asks for none before it has verified
// its connections, so that its barrier sees no guest and its window does. They leave when ctx ends, or with dismiss,
// which waits until they are gone and says why one could not come.
func (f *faults) entertain(ctx context.Context, address string) (dismiss func() error) {
	if f.Guests == 0 {
		return func() error { return nil }
	}
	ctx, cancel := context.WithCancel(ctx)
	gone := make(chan error, 1)
	go func() { gone <- f.stay(ctx, address) }()
	return func() error {
		cancel()
		return <-gone
	}
}

// stay opens the guests' connections and keeps them until ctx ends.
func (f *faults) stay(ctx context.Context, address string) error {
	select {
	case <-ctx.Done():
		return nil
	case <-f.invited:
	}
	var dialer net.Dialer
	dialer.SetMultipathTCP(false)
	for n := range f.Guests {
		c, err := dialer.DialContext(ctx, "tcp4", address)
		if err != nil {
			if ctx.Err() != nil {
				return nil // the server ends
			}
			return fmt.Errorf("guest %d of %d: %w", n+1, f.Guests, err)
		}
		defer c.Close()
	}
	<-ctx.Done()
	return nil
}
