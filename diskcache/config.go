package diskcache

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Config says where files are and how many may stay. Start from DefaultConfig.
type Config struct {
	Dir  string // made when it is not there; on a local disk
	Node string // names the index; the same for all processes that share Dir. Default "local"

	MaxBytes int64 // of all files, in whole blocks of 4 KiB; 0 means no cap
	LowFree  Mark  // with less free space than this, the oldest files go; 10 %
	HighFree Mark  // until this much is free; 15 %

	TouchEvery   time.Duration // a file's last use is noted at most once in this time; 10 min
	Interval     time.Duration // between two looks of the janitor; 10 s
	EvictBatch   int           // names taken out of the index at a time; 250
	IndexTimeout time.Duration // for a call of Redis while serving; 250 ms
	RebuildRate  int           // files a second read when the index is rebuilt; 0, the default, lets others by but has no cap

	// Sync has each file synced before it is renamed into place. Without it a power cut may leave files that are cut
	// short or full of zeros, which is good enough for those whose reader knows them by a checksum. Default true.
	Sync bool

	// Statfs returns the space of the disk that holds dir. Nil asks the system.
	Statfs func(dir string) (Space, error)

	// Report is told what went wrong in the janitor, which has no caller to tell, and that the disk refuses writes.
	// Each trouble is told once, until it is over. Nil drops it. It may be called by several goroutines at once.
	Report func(error)
}

// Mark is an amount of space: bytes, a fraction of the disk, or the larger of both. Of the files that a disk has room
// for, it is the same share as of its bytes.
type Mark struct {
	Bytes    uint64
	Fraction float64
}

func (m Mark) of(total uint64) uint64 {
	return max(m.Bytes, uint64(m.Fraction*float64(total)))
}

// share is of as a fraction of the disk.
func (m Mark) share(total uint64) float64 {
	return min(float64(m.of(total))/float64(max(total, 1)), 1)
}

// DefaultConfig returns the values named at each field, without a Dir.
func DefaultConfig() Config {
	return Config{
		Node:         "local",
		LowFree:      Mark{Fraction: 0.10},
		HighFree:     Mark{Fraction: 0.15},
		TouchEvery:   10 * time.Minute,
		Interval:     10 * time.Second,
		EvictBatch:   250,
		IndexTimeout: 250 * time.Millisecond,
		Sync:         true,
	}
}

// Validate names all mistakes at once.
func (c Config) Validate() error {
	var errs []error
	mistake := func(wrong bool, name, want string, found any) {
		if wrong {
			errs = append(errs, fmt.Errorf("diskcache.Config.%s: expected %s, found %v", name, want, found))
		}
	}
	mistake(c.Dir == "", "Dir", "a folder", `""`)
	mistake(c.Node == "" || strings.ContainsAny(c.Node, "{}"), "Node", "a name without braces", fmt.Sprintf("%q", c.Node))
	mistake(c.MaxBytes < 0, "MaxBytes", "0 or more", c.MaxBytes)
	mistake(!c.LowFree.sound(), "LowFree", "a fraction from 0 to 1", c.LowFree.Fraction)
	mistake(!c.HighFree.sound(), "HighFree", "a fraction from 0 to 1", c.HighFree.Fraction)
	mistake(c.HighFree.Bytes < c.LowFree.Bytes && c.HighFree.Fraction <= c.LowFree.Fraction,
		"HighFree", "at least LowFree", fmt.Sprintf("%d bytes below %d", c.HighFree.Bytes, c.LowFree.Bytes))
	mistake(c.HighFree.Fraction < c.LowFree.Fraction && c.HighFree.Bytes <= c.LowFree.Bytes,
		"HighFree", "at least LowFree", fmt.Sprintf("%v below %v", c.HighFree.Fraction, c.LowFree.Fraction))
	mistake(c.TouchEvery < 0, "TouchEvery", "0 or more", c.TouchEvery)
	mistake(c.Interval <= 0, "Interval", "more than 0", c.Interval)
	mistake(c.EvictBatch <= 0 || c.EvictBatch > 4000, "EvictBatch", "1 to 4000", c.EvictBatch)
	mistake(c.IndexTimeout <= 0, "IndexTimeout", "more than 0", c.IndexTimeout)
	mistake(c.RebuildRate < 0, "RebuildRate", "0 or more", c.RebuildRate)
	return errors.Join(errs...)
}

// sound is false for a NaN, too.
func (m Mark) sound() bool { return m.Fraction >= 0 && m.Fraction <= 1 }
