package svg

// Limits bound what Parse accepts. A zero field is its default.
type Limits struct {
	Bytes    int // of text: 1 MiB
	Elements int // of the text: 20,000
	Nesting  int // of elements: 64
	Drawn    int // elements drawn, counting those of a use each time: 10,000
	Cost     int // of drawing at 1024 pixels, as Document.Cost counts it: 200 million
}

const (
	maxUses   = 16      // uses, clip paths, masks and gradients that refer to one another in a chain
	maxNumber = 1e6     // of all numbers, on both sides of zero
	reference = 1024    // side of the square for which Cost is limited
	maxRules  = 2000    // of style sheets
	maxWork   = 5 << 20 // comparisons of elements with rules
)

func (l Limits) withDefaults() Limits {
	for _, f := range []struct {
		value   *int
		initial int
	}{
		{&l.Bytes, 1 << 20},
		{&l.Elements, 20_000},
		{&l.Nesting, 64},
		{&l.Drawn, 10_000},
		{&l.Cost, 200_000_000},
	} {
		if *f.value <= 0 {
			*f.value = f.initial
		}
	}
	return l
}
