package conns

import "bytes"

// joinChunks moves the data of all chunks in buf together, from its beginning, once they are all there; n is the bytes
// that they take with their framing, 0 while some are missing.
func joinChunks(buf []byte) (body []byte, n int, err error) {
	end, err := walkChunks(buf, func(int, []byte) {})
	if end == 0 || err != nil {
		return nil, 0, err
	}
	length := 0
	if _, err := walkChunks(buf, func(at int, data []byte) { length = at + copy(buf[at:], data) }); err != nil {
		return nil, 0, err
	}
	return buf[:length], end, nil
}

// walkChunks calls each with the data of every chunk and its place in the body, and returns where the last one's
// trailer ends, 0 while bytes are missing. each may write before the chunk that it is given, not behind it.
func walkChunks(buf []byte, each func(at int, data []byte)) (end int, err error) {
	pos, length := 0, 0
	for {
		line, next, err := nextLineIn(buf, pos)
		if line == nil || err != nil {
			return 0, err
		}
		size, err := chunkSize(line)
		if err != nil || length+size > maxBodyBytes {
			return 0, errMalformed
		}
		pos = next
		if size == 0 {
			return skipTrailer(buf, pos)
		}
		if len(buf)-pos < size {
			return 0, nil
		}
		data := buf[pos : pos+size]
		line, next, err = nextLineIn(buf, pos+size)
		if err != nil || len(line) > 0 {
			return 0, errMalformed
		}
		if line == nil {
			return 0, nil
		}
		each(length, data)
		length += size
		pos = next
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
