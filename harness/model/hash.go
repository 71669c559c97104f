package model

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Limits of the parameters of GET /hash and GET /hold.
const (
	MinRounds     = 1
	MaxRounds     = 1_000_000
	MaxHoldMillis = 60_000
)

// AppendHash appends the body of GET /hash?rounds=. It takes as long as the chain:
// the caller keeps rounds small.
func AppendHash(dst []byte, rounds uint64) []byte {
	digest := sha256.Sum256([]byte("assay"))
	for i := uint64(1); i < rounds; i++ {
		digest = sha256.Sum256(digest[:])
	}
	dst = append(dst, `{"rounds":`...)
	dst = strconv.AppendUint(dst, rounds, 10)
	dst = append(dst, `,"digest":"`...)
	dst = hex.AppendEncode(dst, digest[:])
	return append(dst, `"}`...)
}

// AppendHold appends the body of GET /hold?ms=, which comes once the time is over.
func AppendHold(dst []byte, millis uint64) []byte {
	dst = append(dst, `{"held_ms":`...)
	dst = strconv.AppendUint(dst, millis, 10)
	return append(dst, '}')
}
