package rundir

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/assay-bench/assay/harness/trial"
)

// The last field of a chained line. It holds the SHA-256 of all bytes before it.
const (
	sealBegin  = `,"sha256":"`
	sealEnd    = `"}`
	sealLength = len(sealBegin) + 2*sha256.Size + len(sealEnd)
)

// seal writes a record as a line that carries its own hash.
func seal(r trial.Record, chain trial.Chain) ([]byte, error) {
	r.Chain, r.SHA256 = chain, ""
	line, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	line = line[:len(line)-1] // the closing brace comes after the hash
	return fmt.Appendf(line, "%s%s%s", sealBegin, sum(line), sealEnd), nil
}

// unseal parts a line into what is hashed and the hash that it says. ok is false for a line without one.
func unseal(line []byte) (body []byte, says string, ok bool) {
	if len(line) < sealLength {
		return nil, "", false
	}
	body, end := line[:len(line)-sealLength], line[len(line)-sealLength:]
	if !bytes.HasPrefix(end, []byte(sealBegin)) || !bytes.HasSuffix(end, []byte(sealEnd)) {
		return nil, "", false
	}
	return body, string(end[len(sealBegin) : len(sealBegin)+2*sha256.Size]), true
}

// linkAfter is what a record that is appended to these lines says of what it follows:
// nothing at the start, the hash of the line before, or, after lines of an older version,
// which have none, the SHA-256 of them all.
func linkAfter(whole []byte) string {
	if len(whole) == 0 {
		return ""
	}
	last := bytes.TrimSuffix(whole, []byte("\n"))
	if _, says, ok := unseal(last[bytes.LastIndexByte(last, '\n')+1:]); ok {
		return says
	}
	return sum(whole)
}

// nextChain is the chain of the record that comes next.
func (d *Dir) nextChain() (trial.Chain, error) {
	whole, _, err := d.readTrials()
	if err != nil {
		return trial.Chain{}, err
	}
	chain := trial.Chain{Previous: linkAfter(whole)}
	for name, to := range map[string]*string{planFile: &chain.Plan, envFile: &chain.Env} {
		a, err := d.Hash(name)
		if err != nil {
			return chain, err
		}
		*to = a.SHA256
	}
	return chain, nil
}

func sum(body []byte) string {
	s := sha256.Sum256(body)
	return hex.EncodeToString(s[:])
}
