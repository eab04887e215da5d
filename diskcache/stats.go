package diskcache

import "sync/atomic"

// Stats counts since New, but for Files and Bytes.
type Stats struct {
	Hits, Misses  uint64
	Puts          uint64
	BytesWritten  uint64
	EvictedFiles  uint64
	EvictedBytes  uint64 // in whole blocks of 4 KiB
	IndexErrors   uint64 // calls of Redis that failed, and those not tried because one just had
	WriteErrors   uint64 // puts that failed
	WritesRefused uint64 // puts not tried because the disk had just refused one
	Refusing      bool   // the disk refuses writes now
	JanitorErrors uint64 // sweeps and rebuilds that failed
	Rebuilds      uint64 // of the index, finished by this process
	Files, Bytes  int64  // on disk, as far as known: by the index, else by the last walk and our own puts since
}

type counters struct {
	hits, misses, puts, written, evictedFiles, evictedBlocks   atomic.Uint64
	indexErrors, writeErrors, refused, janitorErrors, rebuilds atomic.Uint64
	files, blocks                                              atomic.Int64
}

// known sets what the index or a walk has found.
func (c *counters) known(files, blocks int64) {
	c.files.Store(files)
	c.blocks.Store(blocks)
}

// grow corrects what is known by a put, until the index says what it knows.
func (c *counters) grow(replaced bool, blocks int64) {
	if !replaced {
		c.files.Add(1)
	}
	c.blocks.Add(blocks)
}

// evicted counts a removed file.
func (c *counters) evicted(blocks int64) {
	c.evictedFiles.Add(1)
	c.evictedBlocks.Add(uint64(blocks))
	c.files.Add(-1)
	c.blocks.Add(-blocks)
}

func (c *counters) snapshot() Stats {
	return Stats{
		Hits: c.hits.Load(), Misses: c.misses.Load(), Puts: c.puts.Load(), BytesWritten: c.written.Load(),
		EvictedFiles: c.evictedFiles.Load(), EvictedBytes: c.evictedBlocks.Load() * blockSize,
		IndexErrors: c.indexErrors.Load(), WriteErrors: c.writeErrors.Load(),
		WritesRefused: c.refused.Load(), JanitorErrors: c.janitorErrors.Load(),
		Rebuilds: c.rebuilds.Load(), Files: c.files.Load(), Bytes: c.blocks.Load() * blockSize,
	}
}
