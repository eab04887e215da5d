package fontfile

import "fmt"

// checkOutlines refuses outlines of TrueType that would cost too much to parse or to
// draw. It tells how many points they have, and deltas by which those vary.
func checkOutlines(tables map[string]data, glyphs, axes int) (points int, err error) {
	glyf, ok := tables["glyf"]
	if !ok {
		return 0, nil
	}
	o, err := readOutlines(glyf, tables["loca"], glyphs, tables["head"].u16(50) == 1)
	if err != nil {
		return 0, fmt.Errorf("table \"glyf\": %w", err)
	}
	if gvar, ok := tables["gvar"]; ok {
		if gvar.u16(4) != axes {
			delete(tables, "gvar")
		} else if err := o.vary(gvar); err != nil {
			return 0, fmt.Errorf("table \"gvar\": %w", err)
		}
	}
	for i := range o.glyphs {
		if err := o.weigh(i); err != nil {
			return 0, fmt.Errorf("table \"glyf\": %w", err)
		}
		points += o.glyphs[i].work
	}
	return points, nil
}

// outlines is what each glyph is made of.
type outlines struct{ glyphs []outline }

type outline struct {
	points int
	work   int   // to draw its own points: as often as they are moved
	parts  []int // glyphs
	drawn  int   // the work with all its parts; -1 while that is being found out
}

func readOutlines(glyf, loca data, count int, long bool) (*outlines, error) {
	offset := func(i int) int { return 2 * loca.u16(2*i) }
	size := 2
	if long {
		offset, size = func(i int) int { return loca.u32(4 * i) }, 4
	}
	if len(loca) < size*(count+1) {
		return nil, fmt.Errorf("loca has %d bytes, expected %d for %d glyphs", len(loca), size*(count+1), count)
	}
	o := &outlines{make([]outline, count)}
	total := 0
	for i := range count {
		from, to := offset(i), offset(i+1)
		if from > to || to > len(glyf) {
			return nil, fmt.Errorf("glyph %d lies at %d to %d of %d bytes", i, from, to, len(glyf))
		}
		o.glyphs[i] = readOutline(glyf[from:to])
		if total += o.glyphs[i].points; total > mostPoints {
			return nil, fmt.Errorf("more than %d points", mostPoints)
		}
	}
	return o, nil
}

func readOutline(d data) outline {
	var o outline
	switch contours := d.i16(0); {
	case contours > 0:
		o.points = d.u16(10+2*(contours-1)) + 1
	case contours < 0:
		for at := 10; ; {
			flags := d.u16(at)
			o.parts = append(o.parts, d.u16(at+2))
			at += componentSize(flags)
			if flags&moreComponents == 0 || at >= len(d) {
				break
			}
		}
		o.points = len(o.parts)
	}
	o.work = o.points + 4
	return o
}

// vary counts how often a variable font moves the points of each glyph.
func (o *outlines) vary(gvar data) error {
	count, start := gvar.u16(12), gvar.u32(16)
	total := gvar.u16(6) * gvar.u16(4)
	for i := range min(count, len(o.glyphs)) {
		at := 2 * gvar.u16(20+2*i)
		if gvar.u16(14)&1 != 0 {
			at = gvar.u32(20 + 4*i)
		}
		tuples := gvar.from(start+at).u16(0) & 0xfff
		g := &o.glyphs[i]
		g.work = (g.points + 4) * (1 + tuples)
		if total += 2 * tuples * (g.points + 4); total > mostDeltas {
			return fmt.Errorf("more than %d coordinates", mostDeltas)
		}
	}
	return nil
}

// weigh finds the work of drawing a glyph. The parser draws parts of parts to a depth of
// twenty and leaves out the rest; here they all count.
func (o *outlines) weigh(i int) error {
	g := &o.glyphs[i]
	switch {
	case g.drawn > 0:
		return nil
	case g.drawn < 0:
		return fmt.Errorf("glyph %d is part of itself", i)
	}
	g.drawn = -1
	work := g.work
	for _, part := range g.parts {
		if part >= len(o.glyphs) {
			continue
		}
		if err := o.weigh(part); err != nil {
			return err
		}
		if work += o.glyphs[part].drawn; work > mostDrawn {
			return errIntricate(i)
		}
	}
	if work > mostDrawn {
		return errIntricate(i)
	}
	g.drawn = work
	return nil
}

func errIntricate(glyph int) error {
	return fmt.Errorf("glyph %d takes more than %d steps to draw", glyph, mostDrawn)
}
