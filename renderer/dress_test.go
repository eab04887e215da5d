package renderer_test

import (
	"bytes"
	"testing"
)

// An outline casts shadows too, also of a layer that is painted apart.
func TestShadowOfAnOutlineIsWhole(t *testing.T) {
	t.Parallel()
	const worn = `"outline":{"width":10,"color":"#000"},"shadow":{"x":14,"y":0,"color":"#f00"}`
	disc := func(more string) string {
		return `{"id":"a","type":"shape","shape":"ellipse","x":20,"y":20,"width":40,"height":40,"fill":"#fc0",` + worn + more + `}`
	}
	want := paint(t, white, disc(``), nil).Image
	f := func(layers string) {
		t.Helper()
		if got := paint(t, white, layers, nil).Image; !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("%s: the shadow differs from that of the layer painted straight", layers)
		}
	}
	f(disc(`,"blend":"multiply"`))
	f(`{"id":"g","type":"group","blend":"multiply","layers":[` + disc(``) + `]}`)
}
