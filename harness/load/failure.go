package load

import (
	"context"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"

	"github.com/assay-bench/assay/harness/load/conns"
)

// Classes of failed requests, the keys of Result.Errors. Besides these there is "status N" for every status but the
// demanded one.
const (
	classRefused   = conns.Refused
	classReset     = conns.Reset
	classEOF       = conns.EOF
	classTimeout   = conns.Timeout
	classWrongBody = conns.WrongBody
	classMalformed = conns.Malformed
	classNoPort    = conns.NoPort
	classNoFile    = conns.NoFile
	classNoMemory  = conns.NoMemory
	classOther     = conns.Other
)

// classAbandoned marks what was still open when the load side gave up: pending, not failed.
const classAbandoned = "abandoned"

// Sides of a failure, for Result.FailureSide.
const (
	sideServer = "server"
	sideLoad   = "load"
	sideHost   = "host"
)

// A failure is an error whose text carries its class through http.Client and vegeta, which hand on text alone.
type failure struct{ class string }

func (f failure) Error() string { return f.class }

// classOf finds the class again in what vegeta reports; http.Client put `Get "url": ` before it.
func classOf(text string) string {
	if i := strings.LastIndex(text, `": `); i >= 0 {
		return text[i+len(`": `):]
	}
	return text
}

func statusClass(code int) string { return "status " + strconv.Itoa(code) }

// sideOf says whose side a class is on when it ends a job: what this host or process ran out of is not the server's.
func sideOf(class string) string {
	switch class {
	case classNoPort, classNoFile, classNoMemory:
		return sideHost
	}
	return sideServer
}

// explain is a class in words for a person, with the way out where the host is at fault.
func explain(class string) string {
	switch class {
	case classNoFile:
		return "this process may not open more files; raise its open-file limit (ulimit -n), share the connections among several agents " +
			"of the native engine (--agents N), or ask for fewer"
	case classNoPort:
		return "no free source port or address; widen net.ipv4.ip_local_port_range or ask for fewer connections"
	case classNoMemory:
		return "the kernel of this host is out of memory for sockets; widen net.ipv4.tcp_mem, or ask for fewer connections"
	}
	return class
}

// classify names an error of the transport or of a body.
func classify(err error) string {
	var known failure
	var timeout net.Error
	switch {
	case errors.As(err, &known):
		return known.class
	case errors.Is(err, syscall.ECONNREFUSED):
		return classRefused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return classReset
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.Is(err, syscall.EADDRINUSE):
		return classNoPort
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return classNoFile
	case errors.Is(err, syscall.ENOBUFS), errors.Is(err, syscall.ENOMEM):
		return classNoMemory
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "server closed idle connection"):
		return classEOF
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return classTimeout
	case strings.Contains(err.Error(), "malformed"), strings.Contains(err.Error(), "bad Content-Length"):
		return classMalformed
	}
	return classOther
}
