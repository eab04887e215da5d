package renderer

import (
	"hash/maphash"
	"image"
	"sync/atomic"

	"github.com/adloom/adloom/internal/bytecache"
	"github.com/adloom/adloom/templates"
)

// photoCache keeps photos as they come out of decoding, fitting and adjusting, by
// content and look. A photo is kept when it is asked for the second time: most are
// drawn once, and memory that is kept is memory that cannot be lent again.
type photoCache struct {
	kept  *bytecache.Cache[photoKey, *fitted]
	seeds [2]maphash.Seed
	seen  [4096]atomic.Uint64 // the last one asked for, by a part of its hash
}

// photoKey names a photo in one look. Two seeded hashes stand for the content:
// nobody outside knows the seeds, so nobody can make two photos that share them.
type photoKey struct {
	content [2]uint64
	size    int
	look    look
}

// look is all that decides how a photo comes out of its box.
type look struct {
	box          image.Point
	fit          templates.Fit
	focus        [2]float64
	trim, cutout float64
	holes        bool
	adjust       templates.Adjust
}

func lookOf(l *templates.Image, size image.Point) look {
	look := look{box: size, fit: l.Fit, focus: l.Focus, trim: l.Trim, cutout: l.Cutout, holes: l.Holes}
	if l.Adjust != nil {
		look.adjust = *l.Adjust
	}
	return look
}

func newPhotoCache(budget int64) *photoCache {
	return &photoCache{kept: bytecache.New[photoKey, *fitted](budget), seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

func (c *photoCache) key(data []byte, look look) photoKey {
	key := photoKey{size: len(data), look: look}
	if c.kept.Budget() == 0 {
		return key
	}
	for i, seed := range c.seeds {
		key.content[i] = maphash.Bytes(seed, data)
	}
	return key
}

// again tells whether a photo was asked for not long ago, and notes that it is now.
func (c *photoCache) again(key photoKey) bool {
	if c.kept.Budget() == 0 {
		return false
	}
	h := maphash.Comparable(c.seeds[0], key)
	return c.seen[h%uint64(len(c.seen))].Swap(h) == h
}

// fitted is a picture as it lies in a box at the origin. It is never changed.
type fitted struct {
	img   *image.RGBA
	solid bool // it is opaque and fills the box
}

func (c *photoCache) keep(key photoKey, f *fitted) { c.kept.Add(key, f, int64(cap(f.img.Pix))+512) }
