package reqlog

import (
	"crypto/rand"
	"encoding/hex"

	"github.com/cespare/xxhash/v2"
)

// sample is the weight of a success of which such a share is kept: 0 when it is dropped. The hash of the request's ID
// (XXH64, seed 0) decides, so that all who see a request decide alike.
func sample(id string, share float64) float64 {
	switch {
	case share >= 1:
		return 1
	case !(share > 0): // NaN, too
		return 0
	case xxhash.Sum64String(id) >= uint64(share*(1<<64)):
		return 0
	}
	return 1 / share
}

// newNonce tells apart the summaries of processes on one node.
func newNonce() string {
	var b [6]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}
