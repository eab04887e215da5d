package blend

// The terms of the separable modes: sa·da·B(d/da, s/sa), where s is at most sa and d at most da.

func screenTerm(s, d, sa, da uint32) uint32 { return s*da + d*sa - s*d }

func exclusionTerm(s, d, sa, da uint32) uint32 { return s*da + d*sa - 2*s*d }

func differenceTerm(s, d, sa, da uint32) uint32 {
	x, y := s*da, d*sa
	return max(x, y) - min(x, y)
}

func hardLightTerm(s, d, sa, da uint32) uint32 {
	t := sa*da - 2*(sa-s)*(da-d)
	if 2*s <= sa {
		t = 2 * s * d
	}
	return t
}

func dodgeTerm(s, d, sa, da uint32) uint32 {
	most := sa * da
	switch {
	case d == 0:
		return 0
	case s == sa:
		return most
	}
	return min(most, quotient(d*sa*sa, sa-s))
}

func burnTerm(s, d, sa, da uint32) uint32 {
	most := sa * da
	switch {
	case d == da:
		return most
	case s == 0:
		return 0
	}
	return most - min(most, quotient((da-d)*sa*sa, s))
}

// quotient is x/k, rounded to the nearest, for x up to 255·255·255 and k from 1 to 255.
func quotient(x, k uint32) uint32 { return uint32(uint64(x+k/2) * reciprocals[k&0xff] >> 32) }

// reciprocals holds 1/k in units of 1/(1<<32), rounded up. The product with a number below 1<<24 is less than
// 255/256 of 1/k above the true one, so it has the same whole part.
var reciprocals = func() (r [256]uint64) {
	for k := range uint64(255) {
		r[k+1] = 1<<32/(k+1) + 1
	}
	return r
}()
