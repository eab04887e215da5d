package renderer

import (
	"fmt"
	"strings"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/templates"
)

// Scene is one picture to paint: what a template says about one product. All
// that depends on the product is settled in it.
type Scene struct {
	Template *templates.Template
	Nodes    []Node
}

// Node is one thing to paint: *Picture, *Words, *Outline or *Cluster. Each
// embeds the layer that says how.
type Node interface{ Common() *templates.Base }

// Picture paints a photo or an asset.
type Picture struct {
	*templates.Image
	URL      string // of a photo; empty for an asset
	Asset    *Asset
	Fallback *Asset // drawn when the photo cannot be had; may be nil

	ready *ready // the asset fitted into its box; may be nil
}

// Words paint a text.
type Words struct {
	*templates.Text
	Words string
}

// Outline paints a shape.
type Outline struct{ *templates.Shape }

// Cluster paints nodes together.
type Cluster struct {
	*templates.Group
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

// Bytes estimates the memory that painting takes, from the photos' headers.
func (s *Scene) Bytes(photos Photos) int64 {
	canvas := int64(s.Template.Width) * int64(s.Template.Height) * 4
	var largest int64
	for _, photo := range photos {
		// One photo is worked on at a time: decoded, then turned upright or resized.
		largest = max(largest, int64(photo.Info.Width)*int64(photo.Info.Height)*4*2)
	}
	layers := int64(0)
	for _, n := range s.Nodes {
		b := n.Common()
		layers = max(layers, int64(b.Width*b.Height)*4*2)
	}
	return 2*canvas + largest + min(layers, 4*canvas)
}

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
			fmt.Fprintf(b, "words %q\n", n.Words)
		case *Outline:
			fmt.Fprintf(b, "%s\n", n.Kind)
		case *Cluster:
			fmt.Fprintf(b, "group\n")
			describe(b, n.Nodes, indent+"  ")
		}
	}
}
