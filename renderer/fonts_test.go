package renderer_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"runtime"
	"testing"
	"weak"

	"golang.org/x/image/font/gofont/gomono"

	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
)

const monoText = `{"id":"t","type":"text","width":100,"font":"Go Mono","size":20,"text":"{{title}}"}`

// withFont is a design with a font among its assets.
func withFont(t *testing.T, e *renderer.Engine, font []byte) (*renderer.Design, error) {
	t.Helper()
	doc := `{"schema":1,"name":"n","width":160,"height":120,"fields":[{"name":"title","type":"text"}],"layers":[` + monoText + `]}`
	tmpl, err := templates.Decode([]byte(doc), map[string][]byte{"mono.ttf": font})
	if err != nil {
		t.Fatal(err)
	}
	return e.Compile(t.Context(), tmpl)
}

// A font goes with the last design that has it, whatever was drawn in it.
func TestFontsAreForgotten(t *testing.T) {
	t.Parallel()
	e := engine()
	font := bytes.Clone(gomono.TTF)
	kept := weak.Make(&font[0])
	design, err := withFont(t, e, font)
	if err != nil {
		t.Fatal(err)
	}
	if least := int64(2 * len(font)); design.Bytes() < least { // the file, and the font read from it
		t.Errorf("expected a design of %d bytes or more; found %d", least, design.Bytes())
	}
	scene, err := design.Resolve(templates.Fields{"title": "Hat"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Paint(t.Context(), scene, nil); err != nil {
		t.Fatal(err)
	}
	design, scene, font = nil, nil, nil
	for range 10 { // pools hold on to things for a while
		runtime.GC()
	}
	if kept.Value() != nil {
		t.Error("expected the font to be gone with its design; the engine still has it")
	}
	runtime.KeepAlive(e)
}

// A collection is refused when any of its fonts is broken, before a text asks for it.
func TestBrokenFontOfACollection(t *testing.T) {
	t.Parallel()
	f := func(file []byte, broken bool) {
		t.Helper()
		_, err := withFont(t, engine(), file)
		var mistakes templates.Mistakes
		if broken != (errors.As(err, &mistakes) && mistakes[0].Path == "asset:mono.ttf") {
			t.Errorf("broken is %v; found %v", broken, err)
		}
	}
	f(collection(gomono.TTF, ""), false)
	f(collection(gomono.TTF, "glyf"), true)
}

// collection has a font twice; the second time a table is cut short.
func collection(font []byte, short string) []byte {
	const header = 20
	order := binary.BigEndian
	tables := int(order.Uint16(font[4:]))
	directory := 12 + 16*tables
	moved := bytes.Clone(font)
	for i := range tables {
		entry := moved[12+16*i:]
		order.PutUint32(entry[8:], order.Uint32(entry[8:])+header)
	}
	second := bytes.Clone(moved[:directory])
	for i := range tables {
		if entry := second[12+16*i:]; string(entry[:4]) == short {
			order.PutUint32(entry[12:], 10)
		}
	}
	file := []byte("ttcf\x00\x01\x00\x00")
	file = order.AppendUint32(file, 2)
	file = order.AppendUint32(file, header)
	file = order.AppendUint32(file, uint32(header+len(moved)))
	return append(append(file, moved...), second...)
}
