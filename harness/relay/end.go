package relay

import (
	"errors"
	"io"
)

// isEnd tells the end of a connection from a message that was not understood.
func isEnd(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
