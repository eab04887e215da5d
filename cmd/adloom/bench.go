package main

import (
	"context"
	"fmt"
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
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/templates/store"
)

type benchCmd struct {
	engineFlags
	Photos []string `arg:"" optional:"" type:"existingfile" help:"Product photos; each ad is drawn with each of them. Three of the demo shop's by default."`
	Runs   int      `default:"15" help:"Renders a row; the median counts."`
	Out    string   `type:"path" help:"Folder for the pictures."`
}

// Run prints TSV: peer, ad, cpu_ms (user and system), wall_ms, bytes, and with
// several photos the photo. The peers are
//
//	adloom        a render from an encoded photo to an encoded picture
//	adloom-warm   the same with the photo in the pixel cache
//	floor         what libjpeg-turbo or libwebp takes to decode the same photo at the
//	              same scale and to encode the same picture
//	floor-encode  the encoding alone
func (c *benchCmd) Run(ctx context.Context, o out) error {
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
	cold := renderer.DefaultBudgets()
	cold.Photos = 0
	engines := [2]*renderer.Engine{c.engine(imageinfo.DefaultLimits(), cold), c.engine(imageinfo.DefaultLimits(), renderer.DefaultBudgets())}
	for _, p := range photos {
		for _, name := range examples.Names() {
			if err := c.rows(ctx, o.stdout, engines, name, p); err != nil {
				return fmt.Errorf("%s with %s: %w", name, p.name, err)
			}
		}
	}
	return nil
}

// contender is a row of the table: what is measured, and what it took.
type contender struct {
	peer      string
	draw      func(context.Context) ([]byte, error)
	picture   []byte
	cpu, wall []time.Duration
}

// rows measures one ad with one photo. The peers take turns, so that whatever else
// the machine does meets them all.
func (c *benchCmd) rows(ctx context.Context, w io.Writer, engines [2]*renderer.Engine, name string, p benchPhoto) error {
	cold, err := newBench(ctx, engines[0], name, p)
	if err != nil {
		return err
	}
	warm, err := newBench(ctx, engines[1], name, p)
	if err != nil {
		return err
	}
	peers := []*contender{{peer: "adloom", draw: cold.render}, {peer: "adloom-warm", draw: warm.render}}
	f, noFloor := newFloor(ctx, cold)
	defer f.close()
	if noFloor == nil {
		peers = append(peers, &contender{peer: "floor", draw: f.render}, &contender{peer: "floor-encode", draw: f.encode})
	}
	for i := -3; i < c.Runs; i++ { // three renders to warm up
		for _, peer := range peers {
			if err := peer.run(ctx, i >= 0); err != nil {
				return fmt.Errorf("%s: %w", peer.peer, err)
			}
		}
	}
	for _, peer := range peers {
		fmt.Fprintf(w, "%s\t%s\t%.2f\t%.2f\t%d%s\n", peer.peer, name, median(peer.cpu), median(peer.wall), len(peer.picture), c.photoColumn(cold))
		if err := c.save(peer, cold); err != nil {
			return err
		}
	}
	if noFloor != nil {
		fmt.Fprintf(w, "floor\t%s\t-\t-\t-%s\t%v\n", name, c.photoColumn(cold), noFloor)
	}
	return nil
}

func (c *contender) run(ctx context.Context, counts bool) error {
	start, used := time.Now(), cpuTime()
	var err error
	c.picture, err = c.draw(ctx)
	if counts {
		c.wall, c.cpu = append(c.wall, time.Since(start)), append(c.cpu, cpuTime()-used)
	}
	return err
}

// save writes what a peer drew, for looking.
func (c *benchCmd) save(peer *contender, b *bench) error {
	if c.Out == "" {
		return nil
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	file := fmt.Sprintf("%s-%s-%s.jpg", peer.peer, b.name, strings.TrimSuffix(b.photo.name, filepath.Ext(b.photo.name)))
	return os.WriteFile(filepath.Join(c.Out, file), peer.picture, 0o644)
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

func newBench(ctx context.Context, engine *renderer.Engine, name string, photo benchPhoto) (*bench, error) {
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
	b.design, err = engine.Compile(ctx, t)
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
	defer painted.Release()
	return b.engine.Encode(ctx, painted, templates.JPEG, scene.Template.Output)
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
