package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/adloom/adloom/diskcache"
	"github.com/adloom/adloom/internal/libwebp"
	"github.com/adloom/adloom/internal/turbojpeg"
	"github.com/adloom/adloom/resultcache"
)

// resultFlags say which renders are kept.
type resultFlags struct {
	ResultBytes int64         `default:"10737418240" help:"Bytes of kept renders on disk. 0: as far as free space allows; they go before photos do."`
	ResultFresh time.Duration `default:"1h" help:"How long a kept render answers its URL. 0: each request renders."`
	ResultStale time.Duration `default:"168h" help:"How old a kept render may be that is sent instead of a refusal. 0: refuse."`
}

// sooner is how much sooner than photos the kept renders go when the disk fills, as a
// share of the disk: they are made again without a shop.
const sooner = 0.02

// disk returns the files of the kept renders: beside the photos, under a budget of
// their own.
func (f resultFlags) disk(photos diskcache.Config) diskcache.Config {
	c := photos
	c.Dir = filepath.Join(photos.Dir, "results")
	c.Node = photos.Node + ":results"
	c.MaxBytes = f.ResultBytes
	c.Sync = false // each has its checksum
	c.LowFree.Fraction = min(photos.LowFree.Fraction+sooner, 1)
	c.HighFree.Fraction = min(photos.HighFree.Fraction+sooner, 1)
	return c
}

func (f resultFlags) config(engine engineFlags) resultcache.Config {
	c := resultcache.DefaultConfig()
	c.Fresh, c.MaxStale = f.ResultFresh, f.ResultStale
	c.Engine = engine.identity()
	return c
}

// identity names what draws: this binary, its codecs and the fonts of this machine.
// Another's pictures may differ, so they are not served. It need not mean the same on
// another machine: kept renders never leave theirs.
func (f engineFlags) identity() string {
	sum := sha256.New()
	fmt.Fprintln(sum, version(), f.Codecs)
	if path, err := os.Executable(); err == nil {
		stamp(sum, path)
	}
	for _, folder := range f.Fonts {
		_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				stamp(sum, path)
			}
			return nil // a folder that is not there has no fonts
		})
	}
	if library, err := turbojpeg.Load(); err == nil {
		fmt.Fprintln(sum, library.Version())
		stamp(sum, library.Path())
	}
	if library, err := libwebp.Load(); err == nil {
		fmt.Fprintln(sum, library.Version())
		stamp(sum, library.Path())
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// stamp writes what changes when a file does.
func stamp(w io.Writer, path string) {
	if info, err := os.Stat(path); err == nil {
		fmt.Fprintln(w, path, info.Size(), info.ModTime().UnixNano())
	}
}
