package main

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/valyala/fasthttp"
)

const (
	maxRounds = 1_000_000

	// longChain is the number of rounds, some tens of microseconds, from which a chain
	// takes a place before it runs. Without places the scheduler would share the CPUs
	// between all chains and leave other requests one turn among many.
	longChain = 256
)

// hash answers GET /hash?rounds=N.
func (s *server) hash(ctx *fasthttp.RequestCtx) {
	rounds, ok := integer(ctx, "rounds", 1, maxRounds)
	if !ok {
		reject(ctx, fasthttp.StatusBadRequest, "rounds must be an integer from 1 to 1000000")
		return
	}
	if rounds >= longChain {
		s.hashing <- struct{}{}
		defer func() { <-s.hashing }()
	}
	digest := chain(rounds)
	body := append(make([]byte, 0, 128), `{"rounds":`...)
	body = strconv.AppendUint(body, rounds, 10)
	body = append(body, `,"digest":"`...)
	body = hex.AppendEncode(body, digest[:])
	replyJSON(ctx, fasthttp.StatusOK, append(body, `"}`...))
}

// chain returns the last of rounds digests, each the SHA-256 of the one before it.
func chain(rounds uint64) [sha256.Size]byte {
	digest := sha256.Sum256([]byte("assay"))
	for range rounds - 1 {
		digest = sha256.Sum256(digest[:])
	}
	return digest
}
