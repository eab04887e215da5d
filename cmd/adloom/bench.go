package main

import (
	"context"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/adloom/adloom/examples"
	"github.com/adloom/adloom/internal/demoshop"
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/internal/turbojpeg"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/templates/store"
)

type benchCmd struct {
	fontFlags
	Photos []string `arg:"" optional:"" type:"existingfile" help:"Product photos; each ad is drawn with each of them. Three of the demo shop's by default."`
	Runs   int      `default:"15" help:"Renders a row; the median counts."`
	Out    string   `type:"path" help:"Folder for the pictures."`
}

// Run prints TSV: peer, ad, cpu_ms (user and system), wall_ms, bytes, and with
// several photos the photo. adloom is a render from an encoded photo to an encoded
// picture; floor is what libjpeg-turbo takes to decode the same photo at the right
// scale and to encode the same picture.
func (c *benchCmd) Run(ctx context.Context, o out) error {
	engine := c.engine(imageinfo.DefaultLimits())
	turbo, turboErr := turbojpeg.Load()
	if c.Runs < 1 {
		return wrongUse("--runs: expected at least 1; found %d", c.Runs)
	}
	photos, err := c.load()
	if err != nil {
		return err
	}
	header := "peer\tad\tcpu_ms\twall_ms\tbytes"
	if len(photos) > 1 {
		header += "\tphoto"
	}
	fmt.Fprintln(o.stdout, header)
	for _, p := range photos {
		for _, name := range examples.Names() {
			b, err := newBench(engine, name, p)
			if err != nil {
				return fmt.Errorf("%s with %s: %w", name, p.name, err)
			}
			if err := c.row(ctx, o.stdout, "adloom", b, b.render); err != nil {
				return err
			}
			switch {
			case turboErr != nil:
				c.noFloor(o.stdout, b, turboErr.Error())
			case b.info.Format != imageinfo.JPEG:
				c.noFloor(o.stdout, b, "expected a JPEG photo, found "+b.info.Format)
			default:
				if err := c.row(ctx, o.stdout, "floor", b, b.floor(turbo)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// benchPhoto is a photo to draw with.
type benchPhoto struct {
	name string
	data []byte
}

func (c *benchCmd) load() ([]benchPhoto, error) {
	var photos []benchPhoto
	for _, path := range c.Photos {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read photo: %w", err)
		}
		photos = append(photos, benchPhoto{filepath.Base(path), data})
	}
	if len(photos) > 0 {
		return photos, nil
	}
	for _, p := range demoshop.Products()[:3] {
		data, err := demoshop.Photo(p.Picture)
		if err != nil {
			return nil, err
		}
		photos = append(photos, benchPhoto{p.Picture, data})
	}
	return photos, nil
}

// row measures one peer with one ad.
func (c *benchCmd) row(ctx context.Context, w io.Writer, peer string, b *bench, draw func(context.Context) ([]byte, error)) error {
	var picture []byte
	cpu, wall := make([]time.Duration, c.Runs), make([]time.Duration, c.Runs)
	for i := -3; i < c.Runs; i++ { // three renders to warm up
		start, used := time.Now(), cpuTime()
		var err error
		if picture, err = draw(ctx); err != nil {
			return fmt.Errorf("%s %s: %w", peer, b.name, err)
		}
		if i >= 0 {
			wall[i], cpu[i] = time.Since(start), cpuTime()-used
		}
	}
	fmt.Fprintf(w, "%s\t%s\t%.1f\t%.1f\t%d%s\n", peer, b.name, median(cpu), median(wall), len(picture), c.photoColumn(b))
	if c.Out == "" {
		return nil
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	file := fmt.Sprintf("%s-%s-%s.jpg", peer, b.name, strings.TrimSuffix(b.photo.name, filepath.Ext(b.photo.name)))
	return os.WriteFile(filepath.Join(c.Out, file), picture, 0o644)
}

// noFloor says in the floor's row why it has no figures.
func (c *benchCmd) noFloor(w io.Writer, b *bench, why string) {
	fmt.Fprintf(w, "floor\t%s\t-\t-\t-%s\t%s\n", b.name, c.photoColumn(b), why)
}

func (c *benchCmd) photoColumn(b *bench) string {
	if len(c.Photos) == 1 {
		return ""
	}
	return "\t" + b.photo.name
}

// bench is one reference ad with one photo.
type bench struct {
	name   string
	photo  benchPhoto
	engine *renderer.Engine
	design *renderer.Design
	fields templates.Fields
	photos renderer.Photos
	info   imageinfo.Info
}

const benchURL = "https://shop.invalid/photo"

func newBench(engine *renderer.Engine, name string, photo benchPhoto) (*bench, error) {
	folder, err := fs.Sub(examples.Templates(), name)
	if err != nil {
		return nil, err
	}
	doc, assets, err := store.Read(folder)
	if err != nil {
		return nil, err
	}
	t, err := templates.Decode(doc, assets)
	if err != nil {
		return nil, err
	}
	b := &bench{name: name, photo: photo, engine: engine, fields: t.Samples()}
	b.fields["image_link"] = benchURL
	if b.info, err = imageinfo.Read(photo.data); err != nil {
		return nil, err
	}
	b.photos = renderer.Photos{benchURL: {Data: photo.data, Info: b.info}}
	b.design, err = engine.Compile(t)
	return b, err
}

// render is what the server does between a photo's arrival and the answer.
func (b *bench) render(ctx context.Context) ([]byte, error) {
	scene, err := b.design.Resolve(b.fields)
	if err != nil {
		return nil, err
	}
	painted, err := b.engine.Paint(ctx, scene, b.photos)
	if err != nil {
		return nil, err
	}
	return b.engine.Encode(painted.Image, templates.JPEG, scene.Template.Output)
}

// floor is one scaled decode of the photo and one encode of the finished picture.
func (b *bench) floor(turbo *turbojpeg.Library) func(context.Context) ([]byte, error) {
	var finished *image.RGBA
	return func(ctx context.Context) ([]byte, error) {
		if finished == nil { // in a run that only warms up
			scene, err := b.design.Resolve(b.fields)
			if err != nil {
				return nil, err
			}
			painted, err := b.engine.Paint(ctx, scene, b.photos)
			if err != nil {
				return nil, err
			}
			finished = painted.Image
		}
		for _, layer := range b.design.Template.Layers {
			if photo, ok := layer.(*templates.Image); ok {
				if _, static := photo.Src.Static(); static {
					continue
				}
				if _, err := turbo.Decode(b.photo.data, int(photo.Width), int(photo.Height)); err != nil {
					return nil, err
				}
			}
		}
		return turbo.Encode(finished, b.design.Template.Output.Quality, turbojpeg.Subsampling420)
	}
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func median(d []time.Duration) float64 {
	d = slices.Sorted(slices.Values(d))
	return float64(d[len(d)/2].Microseconds()) / 1000
}
