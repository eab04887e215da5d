package feed

import (
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// utf8Reader passes UTF-8 through and turns bytes that are not UTF-8 into the
// characters they have in windows-1252, chunk by chunk.
//
// One broken character must not turn a UTF-8 feed into gibberish, and one pair
// of windows-1252 bytes that happens to be a UTF-8 character (an É before a ®)
// must not be taken for it. So both kinds are counted as the feed goes by, and
// such pairs are read as what most of the feed has been so far, the chunk at
// hand included.
type utf8Reader struct {
	r   io.Reader
	err error

	chunk []byte  // bytes as read
	tail  [3]byte // what a chunk ended with and the next one begins with:
	rest  int     // so many bytes of a character cut in two
	fixed []byte  // a chunk that had to be changed
	out   []byte  // what Read has still to give, part of chunk or fixed

	valid, invalid int64 // bytes of UTF-8 characters beyond their first; bytes of none
}

func newUTF8Reader(r io.Reader) *utf8Reader {
	return &utf8Reader{r: r, chunk: make([]byte, chunk)}
}

func (u *utf8Reader) legacy() bool { return u.invalid > u.valid }

func (u *utf8Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		u.next()
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// next reads a whole chunk, whatever sizes the source gives, so that the same
// feed always reads the same.
func (u *utf8Reader) next() {
	n := copy(u.chunk, u.tail[:u.rest])
	for n < len(u.chunk) && u.err == nil {
		var m int
		m, u.err = u.r.Read(u.chunk[n:])
		n += m
	}
	whole := n
	if u.err == nil {
		whole -= cutShort(u.chunk[:n])
	}
	text := u.chunk[:whole]
	if utf8.Valid(text) {
		u.valid += int64(len(text) - utf8.RuneCount(text))
		u.out = text
		if u.legacy() {
			u.out = u.repair(text)
		}
	} else {
		u.tally(text)
		u.out = u.repair(text)
	}
	u.rest = copy(u.tail[:], u.chunk[whole:n])
}

func (u *utf8Reader) tally(text []byte) {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRune(text[i:])
		if size == 1 {
			u.invalid++
		} else {
			u.valid += int64(size - 1)
		}
		i += size
	}
}

func (u *utf8Reader) repair(text []byte) []byte {
	legacy := u.legacy()
	out := u.fixed[:0]
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			out = append(out, text[i])
			i++
			continue
		}
		_, size := utf8.DecodeRune(text[i:])
		if size == 1 || size == 2 && legacy {
			for _, b := range text[i : i+size] {
				out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(b))
			}
		} else {
			out = append(out, text[i:i+size]...)
		}
		i += size
	}
	u.fixed = out
	return out
}

// cutShort returns how many bytes at the end begin a character whose rest has
// not been read.
func cutShort(text []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		tail := text[len(text)-n:]
		if utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}
