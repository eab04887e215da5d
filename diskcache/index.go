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

// indexed is a file as the index knows it. A zero time means used now.
type indexed struct {
	name   name
	blocks int64
	used   time.Time
}

// index is the part of the cache that lives in Redis. The calls made while serving (add, touch) have a time limit and
// pause after an error; those of the janitor always try, and end the pause when Redis answers.
type index struct {
	rdb      redis.UniversalClient
	node     string
	timeout  time.Duration
	counters *counters

	addScript, touchScript, evictScript *redis.Script

	pausedUntil atomic.Int64 // unix nanoseconds
}

func newIndex(rdb redis.UniversalClient, cfg Config, c *counters) *index {
	return &index{
		rdb: rdb, node: cfg.Node, timeout: cfg.IndexTimeout, counters: c,
		addScript:   redis.NewScript(lua.Source("cache_add")),
		touchScript: redis.NewScript(lua.Source("cache_touch")),
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

// add notes one file. Complete says that the index holds every file, so that what is known of it is up to date.
func (x *index) add(ctx context.Context, file indexed) (complete bool, err error) {
	err = x.serving(ctx, func(ctx context.Context) error {
		complete, err = x.addAll(ctx, []indexed{file})
		return err
	})
	return complete, err
}

// addAll is add without the pause.
func (x *index) addAll(ctx context.Context, files []indexed) (complete bool, err error) {
	args := make([]any, 0, 3*len(files))
	for _, f := range files {
		used := int64(0)
		if !f.used.IsZero() {
			used = max(f.used.Unix(), 1)
		}
		args = append(args, f.name[:], f.blocks, used)
	}
	sums, err := x.addScript.Run(ctx, x.rdb, []string{IndexKey(x.node), StateKey(x.node)}, args...).Int64Slice()
	if err != nil {
		return false, fmt.Errorf("add to the index: %w", err)
	}
	if len(sums) != 3 {
		return false, fmt.Errorf("add to the index: expected 3 numbers, found %d", len(sums))
	}
	if complete = sums[2] == 1; complete {
		x.counters.known(sums[0], sums[1])
	}
	return complete, nil
}

// touch notes a use; known is false when the index has no such name.
func (x *index) touch(ctx context.Context, n name) (known bool, err error) {
	err = x.serving(ctx, func(ctx context.Context) error {
		known, err = x.touchScript.Run(ctx, x.rdb, []string{IndexKey(x.node)}, n[:]).Bool()
		if err != nil {
			return fmt.Errorf("touch in the index: %w", err)
		}
		return nil
	})
	return known, err
}

// evict takes the oldest names out: at most limit of them, and no more than hold the blocks that are wanted.
func (x *index) evict(ctx context.Context, limit int, blocks int64) ([]indexed, error) {
	raw, err := x.evictScript.Run(ctx, x.rdb, []string{IndexKey(x.node), StateKey(x.node)}, limit, blocks).Slice()
	if err = x.noted(err); err != nil {
		return nil, fmt.Errorf("take the oldest out of the index: %w", err)
	}
	files := make([]indexed, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		text, isName := raw[i].(string)
		size, isSize := raw[i+1].(int64)
		if !isName || !isSize || len(text) != len(name{}) {
			return files, fmt.Errorf("take the oldest out of the index: expected a name of %d bytes and a size, found %q and %v",
				len(name{}), text, raw[i+1])
		}
		files = append(files, indexed{name: name([]byte(text)), blocks: size})
	}
	return files, nil
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
	complete := values[1] == "1" && (size.Val() > 0) == (blocks > 0)
	if complete {
		x.counters.known(size.Val(), blocks)
	}
	return complete, nil
}
