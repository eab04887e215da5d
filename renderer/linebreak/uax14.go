package linebreak

// state is what the rules of UAX #14 know of the text before a place. A character and the marks upon it count as one
// (LB9).
type state struct {
	before, before2 class // the character before the place, and the one before that
	start, start2   class // the same, of the characters before the spaces that may be before the place
	joined          bool  // a joiner is right before the place
	flags           bool  // before is the first flag letter of a pair
	number          numberPart
}

// numberPart is how far a number has been read (LB25).
type numberPart uint8

const (
	noNumber     numberPart = iota
	digits                  // NU (SY | IS)*
	digitsClosed            // NU (SY | IS)* (CL | CP)
)

func begin() state { return state{before: sot, before2: sot, start: sot, start2: sot} }

const (
	hard     set = 1<<bk | 1<<cr | 1<<lf | 1<<nl
	unmarked set = hard | 1<<sp | 1<<zw | 1<<sot // what no mark attaches to
	marks    set = 1<<cm | 1<<zj | 1<<sam
	letters  set = 1<<al | 1<<alx | 1<<hl | 1<<dc | 1<<sa
	quotes   set = 1<<qu | 1<<qui | 1<<quf
	hyphens  set = 1<<hy | 1<<hh
	closing  set = 1<<cl | 1<<cp
	signs    set = 1<<pr | 1<<po
	images   set = 1<<id | 1<<epx | 1<<eb | 1<<em
	aksaras  set = 1<<ak | 1<<as | 1<<dc
	hangul   set = 1<<jl | 1<<jv | 1<<jt | 1<<h2 | 1<<h3

	beforeInitial set = hard | quotes | 1<<sot | 1<<op | 1<<gl | 1<<sp | 1<<zw
	afterFinal    set = hard | quotes | closing | 1<<eot | 1<<gl | 1<<sp | 1<<zw | 1<<wj | 1<<ex | 1<<is | 1<<sy
	wordStart     set = hard | 1<<sot | 1<<sp | 1<<zw | 1<<cb | 1<<gl
)

func (c class) isWide() bool { return c&wide != 0 }

// kind says whether a line ends between the text before and the character c, which is followed by next and next2.
func (s *state) kind(c, next, next2 class) Kind {
	b := s.before
	switch {
	case b&^wide == cr && c == lf:
		return None
	case hard.has(b): // LB4, LB5
		return Mandatory
	case (hard | 1<<sp | 1<<zw).has(c): // LB6, LB7
		return None
	case s.start == zw: // LB8
		return Allowed
	case s.joined: // LB8a
		return None
	}
	if marks.has(c) {
		if !unmarked.has(b) {
			return None // LB9
		}
		c = al // LB10
	}
	if s.tied(c, next) {
		return None
	}
	switch {
	case b&^wide == sp: // LB18
		return Allowed
	case quotes.has(c) || quotes.has(b):
		if s.quoted(c, next) {
			return None
		}
	}
	if b == cb || c == cb { // LB20
		return Allowed
	}
	if s.worded(c) || s.numbered(c, next, next2) || s.syllabic(c, next) || s.pictured(c) {
		return None
	}
	return Allowed
}

// tied tells of LB11 to LB17: the rules that hold over spaces, and those about glue and closing punctuation.
func (s *state) tied(c, next class) bool {
	b := s.before
	switch c &^ wide {
	case wj, cl, cp, ex, sy: // LB11, LB13
		return true
	case gl: // LB12a
		if !(hyphens | 1<<sp | 1<<ba).has(b) {
			return true
		}
	case quf: // LB15b
		if afterFinal.has(next) {
			return true
		}
	case is: // LB15c, LB15d
		return b != sp || next&^wide != nu
	case ns, cj: // LB16
		if closing.has(s.start) {
			return true
		}
	case b2: // LB17
		if s.start == b2 {
			return true
		}
	}
	return b == wj || b&^wide == gl || // LB11, LB12
		s.start&^wide == op || // LB14
		s.start&^wide == qui && beforeInitial.has(s.start2) // LB15a
}

// quoted tells of LB19 and LB19a: quotes belong to what is beside them, unless everything there is East Asian and the
// quote says by itself on which side it stands.
func (s *state) quoted(c, next class) bool {
	b := s.before
	if quotes.has(c) && (c&^wide != qui || !b.isWide() || !next.isWide()) {
		return true
	}
	return quotes.has(b) && (b&^wide != quf || !c.isWide() || !s.before2.isWide())
}

// worded tells of LB20a to LB22, LB28 and LB29: what holds words together.
func (s *state) worded(c class) bool {
	b := s.before
	switch c &^ wide {
	case ba, hh, hy, ns, cj, in: // LB21, LB22
		return true
	}
	switch {
	case b&^wide == bb: // LB21
		return true
	case hyphens.has(b):
		return letters.has(c) && wordStart.has(s.before2) || // LB20a
			s.before2 == hl && c != hl // LB21a
	case b == sy:
		return c == hl // LB21b
	}
	return letters.has(c) && (letters | 1<<is).has(b) // LB28, LB29
}

// numbered tells of LB23 to LB25 and LB30: digits, their signs and brackets.
func (s *state) numbered(c, next, next2 class) bool {
	b := s.before
	switch {
	case nu == c&^wide:
		return b == cp || (letters | signs | 1<<hy | 1<<is).has(b) || s.number == digits
	case letters.has(c):
		return b&^wide == nu || signs.has(b) || b == cp
	case signs.has(c):
		return letters.has(b) || s.number != noNumber || images.has(b) && c&^wide == po
	case images.has(c):
		return b&^wide == pr
	case c&^wide == op:
		if signs.has(b) && (next == nu || next == is && next2 == nu) {
			return true
		}
		return !c.isWide() && (letters | 1<<nu).has(b)
	}
	return false
}

// syllabic tells of LB26 to LB28a: Hangul, and scripts of aksaras.
func (s *state) syllabic(c, next class) bool {
	b := s.before &^ wide
	switch c &^ wide {
	case jl, h2, h3:
		return b == jl || b == pr
	case jv:
		return b == jl || b == jv || b == h2 || b == pr
	case jt:
		return hangul.has(b) && b != jl || b == pr
	case po:
		return hangul.has(b)
	case vf, vi:
		return aksaras.has(b)
	case ak, as, dc:
		return b == ap || b == vi && c&^wide != as && aksaras.has(s.before2) || aksaras.has(b) && next == vf
	}
	return false
}

// pictured tells of LB30a and LB30b: flags, and emoji with a modifier.
func (s *state) pictured(c class) bool {
	return c == ri && s.flags || c&^wide == em && (s.before&^wide == eb || s.before == epx || s.before == alx)
}

// step goes on behind the character c.
func (s *state) step(c class) {
	if c == al && s.before == al { // most often
		*s = state{before: al, before2: al, start: al, start2: al}
		return
	}
	s.joined = c == zj
	if marks.has(c) {
		if !unmarked.has(s.before) {
			return // LB9
		}
		c = al // LB10
	}
	if c&^wide != sp {
		s.start, s.start2 = c, s.before
	}
	s.flags = c == ri && !s.flags
	switch {
	case c&^wide == nu:
		s.number = digits
	case s.number == digits && closing.has(c):
		s.number = digitsClosed
	case s.number != digits || c != sy && c&^wide != is:
		s.number = noNumber
	}
	s.before, s.before2 = c, s.before
}

// pair is the state without what came before the one character before the place.
func (s *state) pair() *state {
	pair := *s
	pair.number = noNumber
	if pair.before == nu {
		pair.number = digits
	}
	return &pair
}
