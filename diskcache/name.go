package diskcache

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
)

// name is what a key is called on disk and in the index: 160 bits, so that even with a billion files two keys share
// one with a chance below 10^-30.
type name [20]byte

func nameOf(key string) name {
	sum := sha256.Sum256([]byte(key))
	return name(sum[:20])
}

// path returns the name's place below dir.
func (n name) path(dir string) string {
	digits := hex.EncodeToString(n[:])
	return filepath.Join(dir, digits[:2], digits[2:4], digits)
}

// parseName accepts what path makes, and nothing else, as the last two folders and the file of a path.
func parseName(outer, inner, file string) (n name, ok bool) {
	if len(file) != 2*len(n) || file[:2] != outer || file[2:4] != inner {
		return n, false
	}
	if _, err := hex.Decode(n[:], []byte(file)); err != nil {
		return n, false
	}
	return n, hex.EncodeToString(n[:]) == file // lower case
}
