package launch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// CheckPort fails when something listens on the port already. The target would fail too,
// but later, and in its own words.
func CheckPort(ctx context.Context, port int) error {
	if port < 1 || port > 65535 {
		return fmt.Errorf("port %d is not from 1 to 65535; choose another by --port", port)
	}
	// The second address finds a listener on loopback alone, where the system lets both be.
	for _, host := range []string{"0.0.0.0", "127.0.0.1"} {
		var config net.ListenConfig
		l, err := config.Listen(ctx, "tcp4", net.JoinHostPort(host, strconv.Itoa(port)))
		switch {
		case errors.Is(err, syscall.EADDRINUSE):
			return fmt.Errorf("port %d is in use by %s; choose another by --port", port, listenerName(port))
		case errors.Is(err, syscall.EACCES):
			return fmt.Errorf("port %d is not allowed for this user; choose one above 1023 by --port", port)
		case err != nil:
			return fmt.Errorf("look whether port %d is free: %w", port, err)
		}
		if err := l.Close(); err != nil {
			return fmt.Errorf("look whether port %d is free: %w", port, err)
		}
	}
	return nil
}
