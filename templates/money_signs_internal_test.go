package templates

import (
	"slices"
	"testing"
)

// What a sign means is a currency that there is, and the sign is as foldSign leaves it.
func TestSigns(t *testing.T) {
	t.Parallel()
	check := func(sign string, codes ...string) {
		t.Helper()
		if foldSign(sign) != sign {
			t.Errorf("%q folds to %q", sign, foldSign(sign))
		}
		for _, code := range codes {
			if isoCode(code) == "" {
				t.Errorf("%q stands for %s, which is no currency", sign, code)
			}
		}
	}
	for sign, code := range signs {
		check(sign, code)
	}
	for sign, codes := range sharedSigns {
		check(sign, codes...)
		if signs[sign] != "" || len(codes) < 2 || slices.Contains(codes, "") {
			t.Errorf("%q has to stand for several currencies; found %v and %q", sign, codes, signs[sign])
		}
	}
	for sign, codes := range alsoMean {
		check(sign, codes...)
		if signs[sign] == "" {
			t.Errorf("%q has no meaning of its own", sign)
		}
	}
}
