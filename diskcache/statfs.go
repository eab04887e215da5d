package diskcache

import "golang.org/x/sys/unix"

// Space is what a disk has and what is left of it.
type Space struct {
	Free, Total           uint64 // in bytes
	FreeFiles, TotalFiles uint64 // a total of 0 means that the disk knows no bound
}

// statfs counts as free what this process may still write, which leaves out the reserve of root.
func statfs(dir string) (Space, error) {
	var s unix.Statfs_t
	if _, err := retried(func() (int, error) { return 0, unix.Statfs(dir, &s) }); err != nil {
		return Space{}, err
	}
	return Space{
		Free: s.Bavail * uint64(s.Bsize), Total: s.Blocks * uint64(s.Bsize),
		FreeFiles: uint64(s.Ffree), TotalFiles: s.Files,
	}, nil
}

// Space is what the cache's disk has now.
func (c *Cache) Space() (Space, error) { return c.cfg.Statfs(c.cfg.Dir) }
