package conns

import "bytes"

// A walk is how far the chunks of one answer were read, so that what comes later is read from there: a server may send a long
// body in many small chunks, and a read may bring one of them. The zero walk is at the beginning. Both count from where the chunks
// begin, and stay below maxChunkedBytes and a read.
type walk struct {
	pos    int32 // where the next chunk begins
	length int32 // of the data before it, which was moved together
}

// join moves the data of chunks in buf together, from its beginning, as they are there; n is the bytes that all of them take with their
// framing, 0 while some are missing. Then it is called again with the same bytes, as it left them, and more behind them.
func (w *walk) join(buf []byte) (body []byte, n int, err error) {
	for {
		line, pos, err := nextLineIn(buf, int(w.pos))
		if line == nil || err != nil {
			return nil, 0, err
		}
		size, err := chunkSize(line)
		if err != nil || int(w.length)+size > maxBodyBytes {
			return nil, 0, errMalformed
		}
		if size == 0 {
			end, err := skipTrailer(buf, pos)
			if end == 0 || err != nil {
				return nil, 0, err
			}
			return buf[:w.length], end, nil
		}
		if len(buf)-pos < size {
			return nil, 0, nil
		}
		line, next, err := nextLineIn(buf, pos+size)
		if err != nil || len(line) > 0 {
			return nil, 0, errMalformed
		}
		if line == nil {
			return nil, 0, nil
		}
		w.length += int32(copy(buf[w.length:], buf[pos:pos+size]))
		w.pos = int32(next)
	}
}

// nextLineIn is nextLine for a line of the framing of chunks, in the middle of a long buffer. There a bare LF and a bare CR
// are malformed: whether they end the line is where readers differ.
func nextLineIn(buf []byte, from int) (line []byte, next int, err error) {
	line, n, err := nextLine(buf[from:], 0)
	if line != nil && (len(line)+2 != n || bytes.IndexByte(line, '\r') >= 0) {
		return nil, 0, errMalformed
	}
	return line, from + n, err
}

// skipTrailer returns the end of the empty line that ends the trailer; 0 while it is missing.
func skipTrailer(buf []byte, pos int) (int, error) {
	begin := pos
	for {
		if pos-begin > maxHeadBytes {
			return 0, errMalformed
		}
		line, next, err := nextLineIn(buf, pos)
		if line == nil || err != nil {
			return 0, err
		}
		if pos = next; len(line) == 0 {
			return pos, nil
		}
		if _, _, ok := cutField(line); !ok {
			return 0, errMalformed
		}
	}
}

// maxSizeDigits bounds a chunk's size as it is written, with leading zeros: as many as a 64-bit number has.
const maxSizeDigits = 16

// chunkSize reads the hexadecimal size before an extension.
func chunkSize(line []byte) (int, error) {
	if i := bytes.IndexByte(line, ';'); i >= 0 {
		line = line[:i]
	}
	line = bytes.TrimRight(line, " \t")
	if len(line) == 0 || len(line) > maxSizeDigits {
		return 0, errMalformed
	}
	n := 0
	for _, c := range line {
		var digit int
		switch {
		case '0' <= c && c <= '9':
			digit = int(c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			digit = int(c|0x20-'a') + 10
		default:
			return 0, errMalformed
		}
		if n = n<<4 | digit; n > maxBodyBytes {
			return 0, errMalformed
		}
	}
	return n, nil
}
