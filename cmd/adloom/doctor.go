package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/adloom/adloom/internal/libwebp"
	"github.com/adloom/adloom/internal/turbojpeg"
	"github.com/adloom/adloom/renderer/typeset"
)

type doctorCmd struct {
	dataFlags
	fontFlags
}

// Run looks at what a node needs and what would make it faster. It fails when
// something is missing without which adloom does not work.
func (c *doctorCmd) Run(o out) error {
	d := &diagnosis{w: o.stdout}
	d.good("adloom", "%s, %s, %s/%s, %d CPUs", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	d.data(c.Data)
	d.files()
	files, unread := c.search()
	fonts := typeset.NewFonts(files)
	d.fonts(fonts.Families())
	for _, err := range unread {
		d.lack("font file", "%v", err)
	}
	d.scripts(fonts)
	d.turbo()
	d.webp()
	d.redis()
	if d.broken > 0 {
		return fmt.Errorf("%d things must be mended", d.broken)
	}
	return nil
}

// diagnosis prints a line for each thing looked at.
type diagnosis struct {
	w      io.Writer
	broken int
}

func (d *diagnosis) line(mark, what, format string, args []any) {
	fmt.Fprintf(d.w, "%-6s %-16s %s\n", mark, what, fmt.Sprintf(format, args...))
}

func (d *diagnosis) good(what, format string, args ...any) { d.line("ok", what, format, args) }
func (d *diagnosis) lack(what, format string, args ...any) { d.line("lacks", what, format, args) }
func (d *diagnosis) bad(what, format string, args ...any) {
	d.broken++
	d.line("BROKEN", what, format, args)
}

func (d *diagnosis) data(dir string) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		d.bad("data folder", "%v; choose another with --data", err)
		return
	}
	probe, err := os.CreateTemp(dir, ".doctor-")
	if err != nil {
		d.bad("data folder", "cannot be written: %v", err)
		return
	}
	probe.Close()
	os.Remove(probe.Name())
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		d.bad("data folder", "%v", err)
		return
	}
	free := float64(disk.Bavail) / float64(max(disk.Blocks, 1))
	text := fmt.Sprintf("%s, %.1f GB free (%.0f %% of the disk)", dir, float64(disk.Bavail)*float64(disk.Bsize)/1e9, free*100)
	if free < 0.10 {
		d.lack("data folder", "%s; the photo cache wants 10 %%", text)
		return
	}
	d.good("data folder", "%s", text)
}

func (d *diagnosis) files() {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		d.lack("open files", "limit unknown: %v", err)
		return
	}
	if limit.Cur < 4096 {
		d.lack("open files", "limit of %d; 4096 or more are better under load: ulimit -n 65536", limit.Cur)
		return
	}
	d.good("open files", "limit of %d", limit.Cur)
}

func (d *diagnosis) fonts(families []string) {
	if len(families) < 2 {
		d.lack("fonts", "only the built-in family Go; the example ads want Inter: apt-get install fonts-inter")
		return
	}
	shown := strings.Join(families[:min(len(families), 8)], ", ")
	if more := len(families) - 8; more > 0 {
		shown += fmt.Sprintf(" and %d more", more)
	}
	d.good("fonts", "%d families: %s", len(families), shown)
}

func (d *diagnosis) turbo() {
	library, err := turbojpeg.Load()
	if err != nil {
		d.lack("libjpeg-turbo", "%v; photos are decoded and ads encoded by Go, about three times slower", err)
		return
	}
	d.good("libjpeg-turbo", "%s (%s), in use", library.Version(), library.Path())
}

func (d *diagnosis) webp() {
	library, err := libwebp.Load()
	if err != nil {
		d.lack("libwebp", "%v; WebP photos are decoded by Go, several times slower", err)
		return
	}
	d.good("libwebp", "%s (%s), in use; versions before 1.3.2 need the distribution's fix of CVE-2023-4863", library.Version(), library.Path())
}

func (d *diagnosis) redis() {
	path, err := exec.LookPath("redis-server")
	if err != nil {
		d.lack("redis-server", "not installed; one inside the process serves a single node, the tests need a real one: apt-get install redis-server")
		return
	}
	out, _ := exec.Command(path, "--version").Output() // without a version the path says enough
	d.good("redis-server", "%s (%s)", filepath.Clean(path), strings.TrimSpace(strings.SplitN(string(out), "sha", 2)[0]))
}
