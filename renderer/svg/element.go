package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xhtmlSpace = "http://www.w3.org/1999/xhtml"
	mathSpace  = "http://www.w3.org/1998/Math/MathML"
)

// element is an element of the document that may matter to the picture.
type element struct {
	name     string
	line     int
	attrs    map[string]string
	text     string // of a style sheet
	parent   *element
	children []*element
}

// attr returns an attribute without the space around it.
func (e *element) attr(name string) string { return strings.TrimSpace(e.attrs[name]) }

// wrong is the error of something in e.
func (e *element) wrong(expected, found string) error {
	if len(found) > 60 {
		found = found[:60] + "…"
	}
	return fmt.Errorf("read svg: line %d: <%s>: expected %s; found %s", e.line, e.name, expected, found)
}

// known are the elements that are drawn or referred to.
func known(name string) bool {
	switch name {
	case "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
		"linearGradient", "radialGradient", "stop", "clipPath", "mask", "style":
		return true
	}
	return false
}

// harmless tells whether an element, with all inside it, is never drawn by anyone.
func harmless(name xml.Name) bool {
	switch name.Space {
	case "", svgSpace:
		return name.Local == "title" || name.Local == "desc" || name.Local == "metadata"
	case xhtmlSpace, mathSpace:
		return false
	}
	return true
}

// reader builds the tree of elements.
type reader struct {
	decoder  *xml.Decoder
	limits   Limits
	root     *element
	now      *element
	depth    int
	elements int
}

// readElements returns the root element of the text.
func readElements(data []byte, limits Limits) (*element, error) {
	if len(data) > limits.Bytes {
		return nil, fmt.Errorf("read svg: expected at most %d bytes; found %d", limits.Bytes, len(data))
	}
	r := reader{decoder: xml.NewDecoder(bytes.NewReader(data)), limits: limits}
	r.decoder.CharsetReader = charset
	for {
		token, err := r.decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read svg: expected XML; found %w", err)
		}
		if err := r.token(token); err != nil {
			return nil, err
		}
	}
	if r.root == nil {
		return nil, errors.New("read svg: expected an svg element; found none")
	}
	return r.root, nil
}

// charset reads text that says to be in another encoding than UTF-8: it may be in ASCII, which is a part of that.
func charset(label string, text io.Reader) (io.Reader, error) {
	if strings.EqualFold(label, "us-ascii") || strings.EqualFold(label, "ascii") {
		return text, nil
	}
	return nil, errors.New("expected a document saved in UTF-8")
}

func (r *reader) line() int {
	line, _ := r.decoder.InputPos()
	return line
}

func (r *reader) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return r.start(t)
	case xml.EndElement:
		r.now = r.now.parent
		r.depth--
	case xml.CharData:
		if r.now != nil && r.now.name == "style" {
			r.now.text += string(t)
		}
	case xml.Directive:
		if text := string(t); strings.HasPrefix(text, "DOCTYPE") && !strings.Contains(text, "[") {
			return nil // names a type, declares nothing, and is not fetched
		}
		return fmt.Errorf("read svg: line %d: expected elements only; found <!%.20s…>, and declarations of entities are not read", r.line(), t)
	case xml.ProcInst:
		if t.Target != "xml" {
			return fmt.Errorf("read svg: line %d: expected elements only; found <?%.20s…?>", r.line(), t.Target)
		}
	}
	return nil
}

func (r *reader) start(t xml.StartElement) error {
	e := &element{name: t.Name.Local, line: r.line(), parent: r.now}
	if r.elements++; r.elements > r.limits.Elements {
		return e.wrong(fmt.Sprintf("at most %d elements", r.limits.Elements), "more")
	}
	if r.root == nil && (e.name != "svg" || t.Name.Space != svgSpace) {
		return e.wrong("<svg> in the namespace "+svgSpace+" first", fmt.Sprintf("it in the namespace %q", t.Name.Space))
	}
	if harmless(t.Name) {
		return r.skip(e)
	}
	if r.depth++; r.depth > r.limits.Nesting {
		return e.wrong(fmt.Sprintf("elements nested at most %d deep", r.limits.Nesting), "more")
	}
	if t.Name.Space != svgSpace || !known(e.name) {
		return e.wrong("an element that is supported", "<"+e.name+">")
	}
	if err := e.readAttrs(t.Attr); err != nil {
		return err
	}
	switch {
	case r.now != nil:
		r.now.children = append(r.now.children, e)
	case r.root != nil:
		return e.wrong("one root element", "another")
	default:
		r.root = e
	}
	r.now = e
	return nil
}

// skip reads on to the end of an element. It counts the elements inside, as they cost time too.
func (r *reader) skip(e *element) error {
	for depth := 1; depth > 0; {
		token, err := r.decoder.Token()
		if err != nil {
			return fmt.Errorf("read svg: expected XML; found %w", err)
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
			if r.elements++; r.elements > r.limits.Elements {
				return e.wrong(fmt.Sprintf("at most %d elements", r.limits.Elements), "more")
			}
			if r.depth+depth > r.limits.Nesting {
				return e.wrong(fmt.Sprintf("elements nested at most %d deep", r.limits.Nesting), "more")
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// readAttrs keeps the attributes of SVG; href may be that of XLink.
func (e *element) readAttrs(attrs []xml.Attr) error {
	e.attrs = make(map[string]string, len(attrs))
	for _, a := range attrs {
		name := a.Name.Local
		switch {
		case a.Name.Space == xlinkSpace && name == "href":
			if _, ok := e.attrs["href"]; ok {
				continue
			}
		case a.Name.Space != "" || strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-"):
			continue
		case strings.HasPrefix(name, "on"):
			return e.wrong("no scripts", name)
		}
		if name == "href" && !strings.HasPrefix(strings.TrimSpace(a.Value), "#") {
			return e.wrong("a reference into the document, as #id", fmt.Sprintf("%q", a.Value))
		}
		e.attrs[name] = a.Value
	}
	return nil
}
