package conform

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// garbage returns text that no server may take for a request. Each ends with an empty
// line, since a server may wait for one.
func (c *client) garbage() []string {
	random := c.random(6)
	noise := make([]byte, 200)
	for i := range noise {
		noise[i] = byte(0x80 + random.IntN(0x80)) // never a character of a method
	}
	return []string{
		"\x00\x01\x02\x03\r\n\r\n",
		"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", // the start of TLS
		string(noise) + "\r\n\r\n",
		"this is not a request\r\n\r\n",
		"GET\r\n\r\n",
		"{\"customer\":\"c\",\"items\":[]}\r\n\r\n",
		"GET /healthz HTTP/1.1\r\nHost: a\r\nno colon here\r\n\r\n",
		"GET /healthz HTTP/1.1\r\nHost: a\r\nspace before : colon\r\n\r\n",
		"POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: many\r\n\r\n",
	}
}

// checkGarbage sends what is not HTTP, alone and behind a request that is. The request must
// be answered as ever; the garbage gets 400 and a closed connection, or just that.
func checkGarbage(ctx context.Context, c *client) []Difference {
	var differences []Difference
	for _, text := range c.garbage() {
		for _, behind := range []bool{false, true} {
			if c.stopped(ctx) {
				return differences
			}
			name := "garbage " + quoted([]byte(text), 0, 40)
			differences = append(differences, sendGarbage(ctx, c, name, text, behind)...)
			differences = append(differences, c.lives(ctx, name)...)
		}
	}
	return differences
}

func sendGarbage(ctx context.Context, c *client, name, text string, behind bool) []Difference {
	req := get("/hash?rounds=3")
	req.note = "before " + name
	nc, err := c.dial(ctx)
	if err != nil {
		return []Difference{c.failed(req, err)}
	}
	defer nc.close()
	nc.SetDeadline(time.Now().Add(c.limits.exchange))
	wire := []byte(text)
	if behind {
		wire = append(req.wire(c.address), text...)
	}
	nc.Write(wire) // an error shows when reading

	var differences []Difference
	if behind {
		got, err := c.receive(nc, req)
		if err != nil {
			return []Difference{c.failed(req, err)}
		}
		differences = compare(req, expect(req), got)
		name += " after a request"
	}
	return append(differences, c.refused(nc, name, 400, true)...)
}

// refused sees that what was sent is answered with a status that refuses it, or that the
// connection is closed. With mustClose the connection ends after the answer too. The rules
// for answers are not asked here: such an answer comes from the library below the
// server, mostly without a body or a date.
func (c *client) refused(nc *conn, name string, status int, mustClose bool) []Difference {
	c.checked++
	want := fmt.Sprintf("status %d or a closed connection", status)
	got, err := readHead(nc.reader)
	switch {
	case errors.Is(err, errClosedUnanswered), errors.Is(err, errClosedMidway):
		return nil
	case err != nil:
		return []Difference{{Request: name, What: "connection", Want: want, Got: err.Error()}}
	case got.status != status:
		return []Difference{{Request: name, What: "status", Want: want, Got: strconv.Itoa(got.status)}}
	}
	if mustClose && !endsIn(nc) {
		return []Difference{{Request: name, What: "connection", Want: "closed after the answer", Got: "still open"}}
	}
	return nil
}

// endsIn reads what is left and says whether the connection ended before its deadline.
func endsIn(nc *conn) bool {
	for range maxBody {
		if _, err := nc.reader.ReadByte(); err != nil {
			return errors.Is(readError(err, false), errClosedUnanswered)
		}
	}
	return false
}
