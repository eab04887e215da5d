//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"syscall"
	"time"
)

// trouble is something that goes wrong. It returns when it is over, or when what it
// broke has been mended.
type trouble struct {
	name string
	make func(context.Context, *troubles) error
}

// troubles make one trouble after the other.
type troubles struct {
	b      *bench
	w      *world
	judge  *judge
	chance *rand.Rand
	begin  time.Time
	counts map[string]int64
}

func (t *troubles) all() []trouble {
	list := []trouble{
		{"a node is killed and comes back", killNode},
		{"a node is told to end and comes back", endNode},
		{"Redis is killed and comes back", killRedis},
		{"Redis ends and comes back", endRedis},
		{"Redis stands still", freezeRedis},
		{"Redis answers nobody for 3 s (CLIENT PAUSE)", pauseRedis},
		{"Redis forgets everything (FLUSHALL)", flushRedis},
		{"Redis forgets scripts (SCRIPT FLUSH)", flushScripts},
		{"cached photos are deleted", deleteFiles},
		{"cached photos are cut short", truncateFiles},
		{"foreign files lie in the cache", strewFiles},
		{"the shop answers 503", func(ctx context.Context, t *troubles) error { return closeShop(ctx, t, failing) }},
		{"the shop does not answer", func(ctx context.Context, t *troubles) error { return closeShop(ctx, t, silent) }},
	}
	if t.w.mounted {
		list = append(list, trouble{"the disk is full", fillDisk}, trouble{"the disk is read-only", lockDisk})
	}
	return list
}

// run makes troubles until shortly before the end: each in its turn in a random order,
// then all again, so that a short soak meets each kind too.
func (t *troubles) run(ctx context.Context, length time.Duration) error {
	t.counts = map[string]int64{}
	for {
		all := t.all()
		t.chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, x := range all {
			calm := time.Duration(500+t.chance.IntN(t.b.times(8000, 2000))) * time.Millisecond
			if time.Since(t.begin)+calm+10*time.Second > length || pause(ctx, calm) != nil {
				return t.rest(ctx)
			}
			at := time.Since(t.begin)
			err := x.make(ctx, t)
			t.counts[x.name]++
			fmt.Printf("  %6.1f s  %s, %s\n", at.Seconds(), x.name, (time.Since(t.begin) - at).Round(100*time.Millisecond))
			if err != nil && ctx.Err() == nil {
				return fmt.Errorf("%s: %w", x.name, err)
			}
		}
	}
}

// rest waits for the end of the load: the last moments are calm.
func (t *troubles) rest(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

func (t *troubles) tell() {
	t.b.table("trouble", "times")
	for _, x := range t.all() {
		t.b.row(x.name, t.counts[x.name])
	}
}

func (t *troubles) anyNode() *node { return t.w.nodes[t.chance.IntN(len(t.w.nodes))] }

// some is a while in which a trouble lasts.
func (t *troubles) while() time.Duration {
	return time.Duration(1000+t.chance.IntN(t.b.times(4000, 1500))) * time.Millisecond
}

// mend is for what must be put right even when the soak is stopped.
func mend(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
}

func killNode(ctx context.Context, t *troubles) error { return bounce(ctx, t, syscall.SIGKILL) }
func endNode(ctx context.Context, t *troubles) error  { return bounce(ctx, t, syscall.SIGTERM) }

func bounce(ctx context.Context, t *troubles, sig syscall.Signal) error {
	n := t.anyNode()
	if err := n.stop(sig); err != nil {
		return err
	}
	_ = pause(ctx, t.while())
	ctx, cancel := mend(ctx)
	defer cancel()
	return n.start(ctx)
}

func killRedis(ctx context.Context, t *troubles) error { return bounceRedis(ctx, t, syscall.SIGKILL) }
func endRedis(ctx context.Context, t *troubles) error  { return bounceRedis(ctx, t, syscall.SIGTERM) }

func bounceRedis(ctx context.Context, t *troubles, sig syscall.Signal) error {
	if err := t.w.redis.stop(sig); err != nil {
		return err
	}
	_ = pause(ctx, t.while())
	ctx, cancel := mend(ctx)
	defer cancel()
	return t.w.redis.start(ctx)
}

func freezeRedis(ctx context.Context, t *troubles) error {
	process := t.w.redis.p.cmd.Process
	if err := process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	_ = pause(ctx, t.while())
	return process.Signal(syscall.SIGCONT)
}

func pauseRedis(ctx context.Context, t *troubles) error {
	if err := t.w.redis.client.Do(ctx, "CLIENT", "PAUSE", "3000", "ALL").Err(); err != nil {
		return err
	}
	return pause(ctx, 3*time.Second)
}

func flushRedis(ctx context.Context, t *troubles) error { return t.w.redis.client.FlushAll(ctx).Err() }

func flushScripts(ctx context.Context, t *troubles) error {
	return t.w.redis.client.ScriptFlush(ctx).Err()
}

// closeShop gives the good shop a mood for a while. Photos that are in no cache cannot
// be had meanwhile.
func closeShop(ctx context.Context, t *troubles, mood int32) error {
	defer t.judge.excuse()()
	t.w.shop.mood.Store(mood)
	defer t.w.shop.mood.Store(well)
	// What is in the cache would hide the outage: half of it goes.
	err := deleteFiles(ctx, t)
	return errors.Join(err, pause(ctx, t.while()))
}
