package blend

import "encoding/binary"

// formula is a mode as a number, for the loops to switch on.
type formula uint8

const (
	over formula = iota
	multiply
	screen
	overlay
	darken
	lighten
	colorDodge
	colorBurn
	hardLight
	softLight
	difference
	exclusion
	hue // from here on not separable
	saturation
	colorize // Color, whose name a package has
	luminosity
)

func (m Mode) formula() formula {
	for i, mode := range Modes() {
		if m == mode {
			return formula(i)
		}
	}
	return over
}

// blendPortable writes what the formula makes of rows of pixels, below and above. All three have the same length; out may
// be one of the others. Colours count as no more than their alpha, so that no formula leaves its range.
//
// With s and d the premultiplied channels, sa and da the alphas, a result is s(1-da) + d(1-sa) + sa·da·B(d/da, s/sa);
// the last term is what a formula computes. It is a number from 0 to sa·da, so up to 255·255.
func (f formula) blendPortable(out, below, above []uint8) {
	for len(out) >= 4 && len(below) >= 4 && len(above) >= 4 {
		s, d := binary.LittleEndian.Uint32(above), binary.LittleEndian.Uint32(below)
		sa, da := s>>24, d>>24
		sr, sg, sb := min(s&0xff, sa), min(s>>8&0xff, sa), min(s>>16&0xff, sa)
		dr, dg, db := min(d&0xff, da), min(d>>8&0xff, da), min(d>>16&0xff, da)
		if sa == 0 { // what any formula gives
			binary.LittleEndian.PutUint32(out, dr|dg<<8|db<<16|da<<24)
			out, below, above = out[4:], below[4:], above[4:]
			continue
		}
		var r, g, b uint32
		switch f {
		case multiply:
			r, g, b = sr*dr, sg*dg, sb*db
		case screen:
			r, g, b = screenTerm(sr, dr, sa, da), screenTerm(sg, dg, sa, da), screenTerm(sb, db, sa, da)
		case overlay:
			r, g, b = hardLightTerm(dr, sr, da, sa), hardLightTerm(dg, sg, da, sa), hardLightTerm(db, sb, da, sa)
		case darken:
			r, g, b = min(sr*da, dr*sa), min(sg*da, dg*sa), min(sb*da, db*sa)
		case lighten:
			r, g, b = max(sr*da, dr*sa), max(sg*da, dg*sa), max(sb*da, db*sa)
		case colorDodge:
			r, g, b = dodgeTerm(sr, dr, sa, da), dodgeTerm(sg, dg, sa, da), dodgeTerm(sb, db, sa, da)
		case colorBurn:
			r, g, b = burnTerm(sr, dr, sa, da), burnTerm(sg, dg, sa, da), burnTerm(sb, db, sa, da)
		case hardLight:
			r, g, b = hardLightTerm(sr, dr, sa, da), hardLightTerm(sg, dg, sa, da), hardLightTerm(sb, db, sa, da)
		case softLight:
			r, g, b = softLightTerm(sr, dr, sa, da), softLightTerm(sg, dg, sa, da), softLightTerm(sb, db, sa, da)
		case difference:
			r, g, b = differenceTerm(sr, dr, sa, da), differenceTerm(sg, dg, sa, da), differenceTerm(sb, db, sa, da)
		case exclusion:
			r, g, b = exclusionTerm(sr, dr, sa, da), exclusionTerm(sg, dg, sa, da), exclusionTerm(sb, db, sa, da)
		default:
			r, g, b = f.mixed(rgb{sr, sg, sb}, rgb{dr, dg, db}, sa, da)
		}
		r = div255(r + sr*(255-da) + dr*(255-sa))
		g = div255(g + sg*(255-da) + dg*(255-sa))
		b = div255(b + sb*(255-da) + db*(255-sa))
		a := sa + da - div255(sa*da)
		binary.LittleEndian.PutUint32(out, r|g<<8|b<<16|a<<24)
		out, below, above = out[4:], below[4:], above[4:]
	}
}
