package diskcache

import "fmt"

// need is how much must go. The cap and free space are two numbers because a name in the index whose file is gone counts
// for the cap, which is on what the index holds, but frees nothing.
type need struct {
	overCap   int64 // blocks
	shortFree int64 // blocks, up to the high mark, when free space is below the low one
	files     int64 // the same of files: a disk has room for so many, however small
}

func (n need) blocks() int64 { return max(n.overCap, n.shortFree) }
func (n need) met() bool     { return n.blocks() <= 0 && n.files <= 0 }

// removed notes a file that the index knew with so many blocks, and that freed so many, or was gone already.
func (n *need) removed(indexed, freed int64) {
	n.overCap -= indexed
	n.shortFree -= freed
	n.files--
}

func (c *Cache) need() (need, error) {
	var n need
	if c.cfg.MaxBytes > 0 {
		n.overCap = c.counters.blocks.Load() - c.cfg.MaxBytes/blockSize
	}
	s, err := c.space()
	if err != nil {
		return n, err
	}
	if s.Free < c.cfg.LowFree.of(s.Total) {
		n.shortFree = c.shortFree(s)
	}
	if float64(s.FreeFiles) < c.cfg.LowFree.share(s.Total)*float64(s.TotalFiles) {
		n.files = c.shortFiles(s)
	}
	return n, nil
}

// stillNeeded lowers a need when others have made space meanwhile.
func (c *Cache) stillNeeded(n *need) error {
	s, err := c.space()
	if err != nil {
		return err
	}
	n.shortFree, n.files = min(n.shortFree, c.shortFree(s)), min(n.files, c.shortFiles(s))
	return nil
}

func (c *Cache) space() (Space, error) {
	s, err := c.cfg.Statfs(c.cfg.Dir)
	if err != nil {
		return s, fmt.Errorf("read the free space of the cache's disk: %w", err)
	}
	return s, nil
}

// shortFree is what lacks to the high mark, in blocks.
func (c *Cache) shortFree(s Space) int64 {
	high := c.cfg.HighFree.of(s.Total)
	if s.Free >= high {
		return 0
	}
	return int64((high - s.Free + blockSize - 1) / blockSize)
}

// shortFiles is what lacks to the high mark, in files.
func (c *Cache) shortFiles(s Space) int64 {
	return max(int64(c.cfg.HighFree.share(s.Total)*float64(s.TotalFiles))-int64(s.FreeFiles), 0)
}
