package renderer

import (
	"fmt"
	"image"
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

// Bytes estimates the memory that painting takes, from the photos' headers: two
// canvases, and the most that is alive beside them at one time.
func (s *Scene) Bytes(photos Photos) int64 {
	canvas := image.Rect(0, 0, s.Template.Width, s.Template.Height)
	return 2*pixelBytes(canvas) + most(s.Nodes, canvas, 0, 0, photos)
}

// most is what the most expensive of the nodes takes on dst; they are painted one
// after the other.
func most(nodes []Node, dst image.Rectangle, dx, dy float64, photos Photos) int64 {
	var largest int64
	for _, node := range nodes {
		base := node.Common()
		frame := box{base.X + dx, base.Y + dy, base.Width, base.Height}
		shown := seen(dst, frame, base.Rotation)
		var bytes int64
		switch n := node.(type) {
		case *Picture:
			info := photos[n.URL].Info
			stored := int64(info.Width) * int64(info.Height)
			// As decoded, as RGBA and upright; then fitted, with a mask, perhaps padded.
			bytes = 12*stored + 4*pixelBytes(frame.snapped())
		case *Outline:
			bytes = 5 * pixelBytes(shapeBounds(n.Shape, frame).Intersect(shown))
		case *Words:
			bytes = 3 * pixelBytes(shown)
		case *Cluster:
			if n.apart() {
				area := n.area(dst, frame)
				bytes = 2*pixelBytes(area) + most(n.Nodes, area, frame.x, frame.y, photos)
			} else {
				bytes = most(n.Nodes, dst, frame.x, frame.y, photos)
			}
		}
		largest = max(largest, bytes)
	}
	return largest
}

func pixelBytes(r image.Rectangle) int64 { return 4 * int64(r.Dx()) * int64(r.Dy()) }

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
