package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := serve(ctx, os.Getenv); err != nil {
		fmt.Fprintln(os.Stderr, "go-server:", err)
		os.Exit(1)
	}
}

// serve listens on PORT, 8080 if it is empty, and serves until ctx ends.
func serve(ctx context.Context, getenv func(string) string) error {
	port := getenv("PORT")
	if port == "" {
		port = "8080"
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("PORT=%q: want a number from 0 to 65535", port)
	}
	config, err := poolConfig(getenv("DATABASE_URL"), getenv("POOL_SIZE"))
	if err != nil {
		return err
	}
	// tcp4: with "tcp" Go would open a dual-stack IPv6 socket.
	ln, err := net.Listen("tcp4", net.JoinHostPort("0.0.0.0", port))
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	fmt.Fprintln(os.Stderr, "go-server: listening on", ln.Addr())
	return run(ctx, ln, config)
}
