package blend

import "math"

// Soft light moves the backdrop by what the source is above or below the middle: B = cb + (2cs-1)·F(cb), where F is
// cb(1-cb) below and D(cb)-cb above it.

const (
	softSteps = 16 * 255 // of cb from 0 to 1, so that every opaque backdrop has a step of its own
	softBits  = 15       // of fraction in F
)

// softLightTerm may round by 1/8 of a sample on translucent backdrops, as F rises by 3 at 0 and a step is 1/16 of a
// sample.
func softLightTerm(s, d, sa, da uint32) uint32 {
	at := quotient(softSteps*d, max(da, 1))
	if 2*s > sa {
		at += softSteps + 1
	}
	move := (2*int32(s) - int32(sa)) * int32(da) * int32(softCurves[at&0x1fff])
	return uint32(min(max(int32(d*sa)+(move+1<<(softBits-1))>>softBits, 0), int32(sa*da)))
}

// softCurves holds F of each step: first for a source below the middle, then for one above it. The rest is not read.
var softCurves = func() (f [0x2000]uint16) {
	below, above := f[:softSteps+1], f[softSteps+1:]
	for i := range below {
		cb := float64(i) / softSteps
		below[i] = fixed(float64(cb * (1 - cb)))
		if cb <= 0.25 {
			above[i] = fixed(float64((float64((float64(16*cb)-12)*cb)+4)*cb) - cb)
		} else {
			above[i] = fixed(math.Sqrt(cb) - cb)
		}
	}
	return f
}()

func fixed(x float64) uint16 { return uint16(math.Floor(float64(x*(1<<softBits)) + 0.5)) }
