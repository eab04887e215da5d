package resample

import "math"

// Samples have 8 bits. Weights have weightBits of fraction and the middle between the passes midBits more than a
// sample, which leaves room for the overshoot of the filters in 16 bits and 32 bits for the sums of both passes.
const (
	weightBits = 14
	midBits    = 6

	unit       = 1 << weightBits       // the sum of the weights of a pixel
	firstShift = weightBits - midBits  // from a sum of the first pass to the middle
	lastShift  = weightBits + midBits  // from a sum of the second pass to a sample
	firstRound = 1 << (firstShift - 1) // so that shifting rounds
	lastRound  = 1 << (lastShift - 1)
)

// span is the part of an axis that one destination pixel is made of.
type span struct {
	first int // source pixel of the first weight
	at, n int // its weights are weights[at : at+n]
}

func (s span) end() int { return s.first + s.n }

// axis holds the weights of all destination pixels along one axis.
type axis struct {
	spans   []span
	weights []int16
}

// newAxis makes the weights that scale lo to hi of the source to dst pixels.
func newAxis(lo, hi float64, dst int) axis { return newAxisOf(lo, hi, hi, dst) }

// newAxisOf is newAxis where the source pixel that hi lies in holds something up to edge, which is at least hi.
func newAxisOf(lo, hi, edge float64, dst int) axis {
	scale := (hi - lo) / float64(dst)
	k := kernelFor(scale)
	narrow := 1 / max(scale, 1)
	reach := float64(k.support * max(scale, 1))
	from, to := touched(lo, hi)
	room := int(2*reach) + 2
	a := axis{spans: make([]span, dst), weights: make([]int16, 0, dst*min(room, to-from))}
	real := make([]float64, 0, room)
	for i := range a.spans {
		middle := lo + float64((float64(i)+0.5)*scale)
		first := max(from, int(math.Floor(middle-reach)))
		end := min(to, int(math.Ceil(middle+reach)))
		real = real[:0]
		for j := first; j < end; j++ {
			covered := min(float64(j)+1, edge) - max(float64(j), lo)
			real = append(real, float64(k.at((float64(j)+0.5-middle)*narrow)*covered))
		}
		a.spans[i] = a.add(first, real)
	}
	return a
}

// add appends the weights as integers that sum to one exactly. Rounding the running sum instead of each weight
// passes every error on to the neighbour, so that even thousands of weights that are each a fraction of the finest
// step keep the filter's shape.
func (a *axis) add(first int, real []float64) span {
	total := 0.0
	for _, w := range real {
		total += w
	}
	at := len(a.weights)
	run, done := 0.0, 0
	for _, w := range real {
		run += w
		now := int(math.Floor(float64(run/total*unit) + 0.5))
		a.weights = append(a.weights, int16(now-done))
		done = now
	}
	end := len(a.weights)
	for end > at && a.weights[end-1] == 0 {
		end--
	}
	lead := 0
	for lead < end-at && a.weights[at+lead] == 0 {
		lead++
	}
	a.weights = append(a.weights[:at], a.weights[at+lead:end]...)
	return span{first: first + lead, at: at, n: end - at - lead}
}

// shift reports whether the axis only moves pixels: each destination pixel is one source pixel.
func (a axis) shift() bool {
	for i, s := range a.spans {
		if s.n != 1 || s.first != a.spans[0].first+i {
			return false
		}
	}
	return true
}
