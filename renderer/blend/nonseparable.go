package blend

// The modes that are not separable work on hue, saturation and luminosity. Their functions grow with their
// arguments, so sa·da·B(d/da, s/sa) is B of the colours d·sa and s·da where the brightest is sa·da instead of one.

// rgb is a colour, its channels up to 255.
type rgb struct{ r, g, b uint32 }

// triple is a colour in hundredths, because the weights of luminosity are: up to 255·255·100, and beyond while it is
// being moved.
type triple struct{ r, g, b int64 }

func (c rgb) times(alpha uint32) triple {
	k := int64(alpha) * 100
	return triple{int64(c.r) * k, int64(c.g) * k, int64(c.b) * k}
}

// mixed is the term of a mode that is not separable.
func (f formula) mixed(s, d rgb, sa, da uint32) (r, g, b uint32) {
	cs, cb, most := s.times(da), d.times(sa), int64(sa*da)*100
	var c triple
	switch f {
	case hue:
		c = setLuminosity(setSaturation(cs, cb.saturation()), cb.luminosity(), most)
	case saturation:
		c = setLuminosity(setSaturation(cb, cs.saturation()), cb.luminosity(), most)
	case colorize:
		c = setLuminosity(cs, cb.luminosity(), most)
	default:
		c = setLuminosity(cb, cs.luminosity(), most)
	}
	term := func(v int64) uint32 { return uint32((min(max(v, 0), most) + 50) / 100) }
	return term(c.r), term(c.g), term(c.b)
}

// luminosity is a weighted mean, exact for a triple that came of times.
func (c triple) luminosity() int64 { return (30*c.r + 59*c.g + 11*c.b) / 100 }

func (c triple) saturation() int64 { return max(c.r, c.g, c.b) - min(c.r, c.g, c.b) }

// setSaturation stretches c from its least to its greatest channel to 0 to s.
func setSaturation(c triple, s int64) triple {
	least, spread := min(c.r, c.g, c.b), c.saturation()
	if spread == 0 {
		return triple{}
	}
	return c.minus(least).scaled(s, spread)
}

// setLuminosity moves c to luminosity l, from 0 to most, and pulls it towards the grey of that luminosity until it is
// within 0 and most.
func setLuminosity(c triple, l, most int64) triple {
	c = c.minus(c.luminosity() - l)
	if least := min(c.r, c.g, c.b); least < 0 {
		c = c.minus(l).scaled(l, l-least).minus(-l)
	}
	if greatest := max(c.r, c.g, c.b); greatest > most {
		c = c.minus(l).scaled(most-l, greatest-l).minus(-l)
	}
	return c
}

func (c triple) minus(v int64) triple { return triple{c.r - v, c.g - v, c.b - v} }

// scaled is c times n/d, off by less than 2: one division is cheaper than three.
func (c triple) scaled(n, d int64) triple {
	const bits = 24
	f := n << bits / d
	return triple{c.r * f >> bits, c.g * f >> bits, c.b * f >> bits}
}
