package conns

import (
	"bytes"
	"testing"
)

// What is remembered changes nothing: whatever was read before, an answer is read as if it were the first.
func FuzzHeads(f *testing.F) {
	short, long := "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 503 No\r\nContent-Length: 5\r\n\r\nhello"
	f.Add([]byte(short), []byte(long), false)
	f.Add([]byte(short), []byte(short[:len(short)-1]), true)
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"), []byte("HTTP/1.1 103 x\r\n\r\n"+long), false)
	f.Add([]byte("HTTP/1.1 204 x\r\n\r\n"), []byte("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nrest"), true)
	f.Fuzz(func(t *testing.T, first, second []byte, eof bool) {
		var hs heads
		for _, in := range [][]byte{first, second, first, second} {
			want, wantOK, wantErr := parse(bytes.Clone(in), eof)
			got, ok, err := hs.parseFrom(new(walk), bytes.Clone(in), eof)
			if ok != wantOK || err != wantErr || got.status != want.status || got.head != want.head || got.size != want.size ||
				got.close != want.close || !bytes.Equal(got.body, want.body) {
				t.Fatalf("%q: %+v %v %v, want %+v %v %v", in, got, ok, err, want, wantOK, wantErr)
			}
		}
	})
}
