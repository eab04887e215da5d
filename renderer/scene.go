package renderer

import (
	"fmt"
	"strings"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer/path"
	"github.com/adloom/adloom/templates"
)

// Scene is one picture to paint: what a template says about one product. All
// that depends on the product is settled in it.
type Scene struct {
	Template *templates.Template
	Nodes    []Node

	design *Design
	flat   int // so many nodes are part of the design's ground
}

// Node is one thing to paint: *Picture, *Words, *Outline, *Code, *Stars or
// *Cluster. Each embeds the layer that says how.
type Node interface {
	Common() *templates.Base
	frame() box
	move(frame box)
}

// spot is a node's box on the canvas, before it is turned.
type spot struct{ at box }

func (s *spot) frame() box     { return s.at }
func (s *spot) move(frame box) { s.at = frame }

// Picture paints a photo or an asset.
type Picture struct {
	*templates.Image
	spot
	URL      string // of a photo; empty for an asset
	Asset    *Asset
	Fallback *Asset // drawn when the photo cannot be had; may be nil
}

// Words paint a text.
type Words struct {
	*templates.Text
	spot
	Words []string // of each span
}

// Outline paints a shape.
type Outline struct {
	*templates.Shape
	spot
	drawn *path.Path // of a figure with path data
}

// Code paints a QR code.
type Code struct {
	*templates.QR
	spot
	Text string
}

// Stars paint a rating.
type Stars struct {
	*templates.Rating
	spot
	Value float64 // stars, in part perhaps
}

// Cluster paints nodes together.
type Cluster struct {
	*templates.Group
	spot
	Nodes []Node
}

// PhotoError is a photo that could not be had or decoded. Err names the photo.
type PhotoError struct {
	Layer string // the layer's id
	URL   string
	Err   error
}

func (e *PhotoError) Error() string { return fmt.Sprintf("layer %s: %v", e.Layer, e.Err) }
func (e *PhotoError) Unwrap() error { return e.Err }

// Photo is a downloaded photo, or the reason why there is none.
type Photo struct {
	Data []byte
	Info imageinfo.Info
	Err  error
}

// Photos are a scene's photos by URL.
type Photos map[string]Photo

// pictures walks all pictures of the scene in paint order.
func (s *Scene) pictures(visit func(*Picture)) { walkPictures(s.Nodes, visit) }

func walkPictures(nodes []Node, visit func(*Picture)) {
	for _, n := range nodes {
		switch n := n.(type) {
		case *Picture:
			visit(n)
		case *Cluster:
			walkPictures(n.Nodes, visit)
		}
	}
}

// PhotoURLs lists the photos that the scene needs, each once, in paint order.
func (s *Scene) PhotoURLs() []string {
	var urls []string
	seen := map[string]bool{}
	s.pictures(func(p *Picture) {
		if p.URL != "" && !seen[p.URL] {
			seen[p.URL] = true
			urls = append(urls, p.URL)
		}
	})
	return urls
}

// Check returns a *PhotoError for the first photo that failed and has no
// fallback: painting such a scene would be in vain.
func (s *Scene) Check(photos Photos) error {
	var failed error
	s.pictures(func(p *Picture) {
		if photo, ok := photos[p.URL]; ok && photo.Err != nil && failed == nil && p.mustHave() {
			failed = &PhotoError{p.ID, p.URL, photo.Err}
		}
	})
	return failed
}

func (p *Picture) mustHave() bool { return p.Image.Fallback == "fail" }

// Describe lists the scene's nodes, one a line, for people.
func (s *Scene) Describe() string {
	var b strings.Builder
	describe(&b, s.Nodes, "")
	return b.String()
}

func describe(b *strings.Builder, nodes []Node, indent string) {
	for _, n := range nodes {
		base := n.Common()
		fmt.Fprintf(b, "%s%s at %v,%v: ", indent, base.ID, base.X, base.Y)
		switch n := n.(type) {
		case *Picture:
			fmt.Fprintf(b, "picture %s\n", n.URL)
		case *Words:
			fmt.Fprintf(b, "words %q\n", n.text())
		case *Outline:
			fmt.Fprintf(b, "%s\n", n.Kind)
		case *Code:
			fmt.Fprintf(b, "qr %q\n", n.Text)
		case *Stars:
			fmt.Fprintf(b, "rating %v of %d\n", n.Value, n.Max)
		case *Cluster:
			fmt.Fprintf(b, "group\n")
			describe(b, n.Nodes, indent+"  ")
		}
	}
}
