package renderer

import (
	"bytes"
	"compress/zlib"
	"testing"
)

// A file may hold a million texts: one takes no more than what it is read through.
func TestManyTextsTakeOneReader(t *testing.T) {
	var body bytes.Buffer
	body.WriteString("a\x00\x00")
	w := zlib.NewWriter(&body)
	_, _ = w.Write([]byte("text"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	all := texts{left: maxTexts}
	if n := testing.AllocsPerRun(100, func() {
		if err := all.check("zTXt", body.Bytes()); err != nil {
			t.Error(err)
		}
	}); n > 3 {
		t.Errorf("%v allocations for a text, want 2", n)
	}
	if want := int64(maxTexts - 101*len("text")); all.left != want {
		t.Errorf("%d bytes are left for texts, want %d", all.left, want)
	}
	if err := all.check("zTXt", []byte("a\x00\x00damaged")); err != nil {
		t.Error(err)
	}
	if err := all.check("zTXt", body.Bytes()); err != nil || all.left != int64(maxTexts-102*len("text")) {
		t.Errorf("after a damaged text: %v, %d left", err, all.left)
	}
}
