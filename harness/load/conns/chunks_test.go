package conns

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

const chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

// feed reads an answer that comes so many bytes at a time, as a shard does, and calls after behind each read that was not the last.
func feed(hs *heads, in []byte, atATime int, after func(w *walk, buf []byte)) (a answer, ok bool, err error) {
	var w walk
	buf := make([]byte, 0, len(in))
	for !ok && err == nil && len(buf) < len(in) {
		buf = append(buf, in[len(buf):min(len(in), len(buf)+atATime)]...)
		if a, ok, err = hs.parseFrom(&w, buf, false); !ok && err == nil {
			after(&w, buf)
		}
	}
	return a, ok, err
}

// An answer in pieces is read, or refused, or waited for, as if each read had found all of it that has come.
func FuzzParseInPieces(f *testing.F) {
	for _, s := range []string{
		chunkedHead + "5\r\nhello\r\n0\r\nA: b\r\n\r\nmore",
		chunkedHead + "5;x=y\r\nhello\r\nA\r\n, world!!!\r\n00\r\n\r\n",
		chunkedHead + "1\r\na\r\n1\r\nb\r\n1\r\ncd\r\n0\r\n\r\n",
		"HTTP/1.1 103 x\r\n\r\n" + chunkedHead + "1\r\na\r\n2\r\n\r\n\r\n0\r\nnonsense\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
	} {
		for _, n := range []byte{1, 3} {
			f.Add([]byte(s), n)
		}
	}
	f.Fuzz(func(t *testing.T, in []byte, atATime byte) {
		if len(in) > 4<<10 { // each prefix is read
			return
		}
		came := 0
		step := max(1, int(atATime))
		a, ok, err := feed(new(heads), in, step, func(_ *walk, buf []byte) {
			came = len(buf)
			if _, ok, err := parse(bytes.Clone(in[:came]), false); ok || err != nil {
				t.Fatalf("%q: waits for more; at once: %v, %v", in[:came], ok, err)
			}
		})
		if !ok && err == nil { // waits for more to the end
			return
		}
		came = min(len(in), came+step)
		want, wantOK, wantErr := parse(bytes.Clone(in[:came]), false)
		if ok != wantOK || err != wantErr || a.status != want.status || a.head != want.head || a.size != want.size || a.close != want.close ||
			!bytes.Equal(a.body, want.body) {
			t.Fatalf("%q, %d at a time: %+v %v %v, at once %+v %v %v", in, step, a, ok, err, want, wantOK, wantErr)
		}
	})
}

// What was walked over is not looked at again, however many reads an answer takes: else the work grows with their square. Whatever
// is there then, the answer is the same.
func TestChunksAreWalkedOverOnce(t *testing.T) {
	const n = 2000
	in := []byte(chunkedHead + strings.Repeat("1\r\nx\r\n", n) + "0\r\n\r\n")
	reads, last := 0, walk{}
	a, ok, err := feed(new(heads), in, 7, func(w *walk, buf []byte) {
		if w.pos < last.pos || int(w.pos) > len(buf)-len(chunkedHead) && w.pos > 0 {
			t.Fatalf("after %d bytes the walk is at %d, and was at %d", len(buf), w.pos, last.pos)
		}
		if rest := len(buf) - len(chunkedHead) - int(w.pos); rest > len("1\r\nx\r\n") {
			t.Fatalf("after %d bytes the walk is at %d: whole chunks are left", len(buf), w.pos)
		}
		if w.pos > 0 {
			for i := len(chunkedHead) + int(w.length); i < len(chunkedHead)+int(w.pos); i++ {
				buf[i] = '!'
			}
		}
		reads, last = reads+1, *w
	})
	if !ok || err != nil || string(a.body) != strings.Repeat("x", n) || a.size != len(in) || reads < n/2 {
		t.Errorf("%d reads: %v, %v, a body of %d bytes, %d in all", reads, ok, err, len(a.body), a.size)
	}
}

// The end of the connection within a chunk cuts the answer short, whatever was walked over before.
func TestAChunkedAnswerInPiecesIsCutShort(t *testing.T) {
	var w walk
	buf := []byte(chunkedHead + "1\r\nx\r\n2\r\ny")
	if _, ok, err := parseFrom(&w, buf, false); ok || err != nil || w.pos == 0 {
		t.Fatalf("%v, %v, walked to %d", ok, err, w.pos)
	}
	if _, ok, err := parseFrom(&w, buf, true); ok || !errors.Is(err, errCutShort) {
		t.Errorf("%v, %v", ok, err)
	}
}

// Per byte an answer of many small chunks, a few at a read, costs the same at each length.
func BenchmarkSmallChunks(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := []byte(chunkedHead + strings.Repeat("1\r\nx\r\n", n) + "0\r\n\r\n")
			hs := new(heads)
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				if a, ok, err := feed(hs, in, 60, func(*walk, []byte) {}); !ok || err != nil || len(a.body) != n {
					b.Fatal(ok, err, len(a.body))
				}
			}
		})
	}
}
