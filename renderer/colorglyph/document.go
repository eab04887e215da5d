package colorglyph

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What is read of a document, which may hold thousands of glyphs.
const (
	maxSource   = 2 << 20 // bytes; some fifty milliseconds
	maxElements = 1 << 16
	maxNesting  = 64
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
)

// element is an element of a document of SVG. Its attributes are without namespaces.
type element struct {
	name     string
	attrs    []xml.Attr
	text     string // of a style sheet
	parent   *element
	children []*element
}

func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// document is the elements of a font's SVG document, by their ids; of equal ids the first counts.
type document struct {
	root   *element
	ids    map[string]*element
	sheets []*element
}

// readDocument reads the elements of SVG; those of other namespaces are passed over.
func readDocument(source []byte) (*document, error) {
	decoder := xml.NewDecoder(bytes.NewReader(source))
	doc := &document{ids: map[string]*element{}}
	var now *element
	for depth, count := 0, 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read svg of a font: expected XML; found %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if count, depth = count+1, depth+1; count > maxElements || depth > maxNesting {
				return nil, fmt.Errorf("read svg of a font: expected at most %d elements, nested %d deep; found more", maxElements, maxNesting)
			}
			if t.Name.Space != "" && t.Name.Space != svgSpace || now == nil && doc.root != nil {
				if err := decoder.Skip(); err != nil {
					return nil, fmt.Errorf("read svg of a font: expected XML; found %w", err)
				}
				depth--
				continue
			}
			now = doc.add(now, t)
		case xml.EndElement:
			depth--
			now = now.parent
		case xml.CharData:
			if now != nil && now.name == "style" {
				now.text += string(t)
			}
		}
	}
	if doc.root == nil || doc.root.name != "svg" {
		return nil, errors.New("read svg of a font: expected an svg element; found none")
	}
	return doc, nil
}

// add puts an element below its parent.
func (doc *document) add(parent *element, t xml.StartElement) *element {
	e := &element{name: t.Name.Local, parent: parent}
	for _, a := range t.Attr {
		if a.Name.Space == "" && a.Name.Local != "xmlns" || a.Name.Space == xlinkSpace && a.Name.Local == "href" {
			e.attrs = append(e.attrs, xml.Attr{Name: xml.Name{Local: a.Name.Local}, Value: a.Value})
		}
	}
	if id := e.attr("id"); id != "" && doc.ids[id] == nil {
		doc.ids[id] = e
	}
	if e.name == "style" {
		doc.sheets = append(doc.sheets, e)
	}
	if parent == nil {
		doc.root = e
	} else {
		parent.children = append(parent.children, e)
	}
	return e
}

// references are the ids that an attribute or style sheet refers to.
func references(text string) (ids []string) {
	for {
		_, rest, ok := strings.Cut(text, "#")
		if !ok {
			return ids
		}
		end := strings.IndexAny(rest, "#)'\"; \t\r\n")
		if end < 0 {
			end = len(rest)
		}
		ids = append(ids, rest[:end])
		text = rest[end:]
	}
}
