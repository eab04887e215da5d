package bidi

// Simple tells quickly whether a text has nothing that could run right to left, nor anything that embeds, isolates or
// overrides: in a paragraph that does not run right to left by itself, all its levels are 0. It may deny this of
// characters that Unicode has not assigned.
func Simple(text []rune) bool {
	for _, r := range text {
		if r >= 0x590 && !leftToRight(r) {
			return false
		}
	}
	return true
}

// leftToRight reports whether r, beyond Greek and Cyrillic, is outside all blocks that Unicode keeps for scripts that run
// right to left (DerivedBidiClass.txt lists them as @missing), and no formatting character of UAX #9.
func leftToRight(r rune) bool {
	switch {
	case r < 0x900: // Hebrew, Arabic, Syriac, Thaana, NKo and others
		return false
	case r < 0x200f:
		return true
	case r < 0x2070: // RLM, embeddings and overrides, isolates
		return r != 0x200f && (r < 0x202a || r > 0x202e) && (r < 0x2066 || r > 0x2069)
	case r < 0xfb1d:
		return true
	case r < 0xff00: // presentation forms
		return r >= 0xfe00 && r < 0xfe70
	case r < 0x10800:
		return true
	case r < 0x11000: // old scripts
		return false
	}
	return r < 0x1e800 || r >= 0x1f000 // Mende Kikakui, Adlam, Arabic mathematical symbols
}
