package diskcache

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/adloom/adloom/lua"
	"github.com/redis/go-redis/v9"
)

// IndexKey is the sorted set of a node's files.
func IndexKey(node string) string { return "{adloom}:cache:" + node + ":index" }

// StateKey is the hash that says how much the index holds and whether it holds everything.
func StateKey(node string) string { return "{adloom}:cache:" + node + ":state" }

// LockKey is held by the process that rebuilds the index.
func LockKey(node string) string { return "{adloom}:cache:" + node + ":rebuild" }

// SweepKey is held by the process that makes space.
func SweepKey(node string) string { return "{adloom}:cache:" + node + ":sweep" }

const (
	blockSize = 4 << 10
	maxBlocks = 1<<21 - 1 // what a score has room for
	pause     = time.Second
)

func blocksOf(size int64) int64 {
	return min((size+blockSize-1)/blockSize, maxBlocks)
}

// errAway means that the index failed a moment ago and was not asked.
var errAway = errors.New("index is left alone after an error")

// indexed is a file as the index knows it.
type indexed struct {
	name   name
	blocks int64
	used   int64 // unix seconds
}

// scoreUnit leaves a score's low bits to the size.
const scoreUnit = maxBlocks + 1

func (f indexed) score() float64 { return float64(f.used*scoreUnit + f.blocks) }

// scored is the file that the index knows by this score.
func scored(n name, score int64) indexed {
	return indexed{name: n, blocks: score % scoreUnit, used: score / scoreUnit}
}

// index is the part of the cache that lives in Redis. The calls made while serving (add) have a time limit and pause
// after an error; those of the janitor always try, and end the pause when Redis answers.
type index struct {
	rdb      redis.UniversalClient
	node     string
	timeout  time.Duration
	counters *counters

	addScript, evictScript *redis.Script

	pausedUntil atomic.Int64 // unix nanoseconds
}

func newIndex(rdb redis.UniversalClient, cfg Config, c *counters) *index {
	return &index{
		rdb: rdb, node: cfg.Node, timeout: cfg.IndexTimeout, counters: c,
		addScript:   redis.NewScript(lua.Source("cache_add")),
		evictScript: redis.NewScript(lua.Source("cache_evict")),
	}
}

// serving runs a call that a caller waits for.
func (x *index) serving(ctx context.Context, call func(ctx context.Context) error) error {
	if time.Now().UnixNano() < x.pausedUntil.Load() {
		x.counters.indexErrors.Add(1)
		return errAway
	}
	ctx, cancel := context.WithTimeout(ctx, x.timeout)
	defer cancel()
	return x.noted(call(ctx))
}

// noted counts an error and begins the pause, or ends it.
func (x *index) noted(err error) error {
	if err != nil {
		x.counters.indexErrors.Add(1)
		x.pausedUntil.Store(time.Now().Add(pause).UnixNano())
		return err
	}
	x.pausedUntil.Store(0)
	return nil
}

// add notes that files were put or used now; each of them once.
func (x *index) add(ctx context.Context, files []indexed) error {
	return x.serving(ctx, func(ctx context.Context) error {
		args := make([]any, 0, 2*len(files))
		for _, f := range files {
			args = append(args, f.name[:], f.blocks)
		}
		sums, err := x.addScript.Run(ctx, x.rdb, []string{IndexKey(x.node), StateKey(x.node)}, args...).Int64Slice()
		if err != nil {
			return fmt.Errorf("add to the index: %w", err)
		}
		if len(sums) != 3 {
			return fmt.Errorf("add to the index: expected 3 numbers, found %d", len(sums))
		}
		if sums[2] == 1 {
			x.counters.known(sums[0], sums[1])
		}
		return nil
	})
}

// evict takes the oldest names out: at most limit of them, and no more than are needed.
func (x *index) evict(ctx context.Context, limit int, n need) ([]indexed, error) {
	raw, err := x.evictScript.Run(ctx, x.rdb, []string{IndexKey(x.node), StateKey(x.node)}, limit, n.blocks(), n.files).StringSlice()
	if err = x.noted(err); err != nil {
		return nil, fmt.Errorf("take the oldest out of the index: %w", err)
	}
	files := make([]indexed, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		score, err := strconv.ParseFloat(raw[i+1], 64)
		if err != nil || len(raw[i]) != len(name{}) {
			return files, fmt.Errorf("take the oldest out of the index: expected a name of %d bytes and a score, found %q and %q",
				len(name{}), raw[i], raw[i+1])
		}
		files = append(files, scored(name([]byte(raw[i])), int64(score)))
	}
	return files, nil
}

// fill adds files that were found on disk, but those that are there already: what was noted of them meanwhile is newer.
// It returns how many blocks it has added, which the caller has to add to the state. A script that looks at each
// name would take Redis 1.7 times as long as this transaction of plain calls.
func (x *index) fill(ctx context.Context, files []indexed) (blocks int64, err error) {
	names, members := make([]string, len(files)), make([]redis.Z, len(files))
	for i, f := range files {
		names[i] = string(f.name[:])
		members[i] = redis.Z{Score: f.score(), Member: names[i]}
	}
	pipe := x.rdb.TxPipeline()
	known := pipe.ZMScore(ctx, IndexKey(x.node), names...)
	pipe.ZAddNX(ctx, IndexKey(x.node), members...)
	if _, err := pipe.Exec(ctx); x.noted(err) != nil {
		return 0, fmt.Errorf("fill the index: %w", err)
	}
	scores := known.Val()
	if len(scores) != len(files) {
		return 0, fmt.Errorf("fill the index: expected %d scores, found %d", len(files), len(scores))
	}
	for i, f := range files {
		if scores[i] == 0 { // no name has this one
			blocks += f.blocks
		}
	}
	return blocks, nil
}

// putBack undoes evict for files that could not be removed.
func (x *index) putBack(ctx context.Context, files []indexed) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), x.timeout)
	defer cancel()
	blocks, err := x.fill(ctx, files)
	if err != nil {
		return err
	}
	if err := x.noted(x.rdb.HIncrBy(ctx, StateKey(x.node), "blocks", blocks).Err()); err != nil {
		return fmt.Errorf("fill the index: %w", err)
	}
	return nil
}

// state reads what the index holds. Usable means that it holds every file.
func (x *index) state(ctx context.Context) (usable bool, err error) {
	pipe := x.rdb.Pipeline()
	size := pipe.ZCard(ctx, IndexKey(x.node))
	fields := pipe.HMGet(ctx, StateKey(x.node), "blocks", "complete")
	_, err = pipe.Exec(ctx)
	if err = x.noted(err); err != nil {
		return false, fmt.Errorf("read the state of the index: %w", err)
	}
	values := fields.Val()
	if len(values) != 2 {
		return false, fmt.Errorf("read the state of the index: expected 2 fields, found %d", len(values))
	}
	text, _ := values[0].(string)
	blocks, _ := strconv.ParseInt(text, 10, 64)
	complete := values[1] == "1" && (size.Val() > 0 || blocks == 0) // Redis may have dropped one of the two for want of memory
	if complete {
		x.counters.known(size.Val(), blocks)
	}
	return complete, nil
}
