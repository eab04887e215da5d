//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/adloom/adloom/throttle"
)

// redisServer is a redis-server without persistence. It keeps its address when it is
// started again.
type redisServer struct {
	w      *world
	addr   string
	p      *process
	client *redis.Client
}

func (r *redisServer) url() string { return "redis://" + r.addr + "/0" }

func (r *redisServer) start(ctx context.Context) error {
	host, port, _ := strings.Cut(r.addr, ":")
	p, err := start(r.w.LoadCPU, filepath.Join(r.w.dir, "redis.log"), "redis-server",
		"--bind", host, "--port", port, "--dir", r.w.dir, "--save", "", "--appendonly", "no", "--daemonize", "no")
	if err != nil {
		return err
	}
	r.p = p
	if r.client == nil {
		r.client = redis.NewClient(&redis.Options{Addr: r.addr, ContextTimeoutEnabled: true, DialerRetries: 1, MaxRetries: -1,
			MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}})
	}
	return until(ctx, 10*time.Second, func() error {
		if !p.alive() {
			return fmt.Errorf("redis-server ended: %s", p.tail())
		}
		return r.client.Ping(ctx).Err()
	})
}

func (r *redisServer) stop(sig syscall.Signal) error { return r.p.end(sig, 10*time.Second) }

// close ends the server and forgets it.
func (r *redisServer) close() error {
	if r.p == nil {
		return nil
	}
	err := r.stop(syscall.SIGTERM)
	if r.client != nil {
		err = errors.Join(err, r.client.Close())
	}
	return err
}

// leases counts those that have not expired, by Redis's clock.
func (r *redisServer) leases(ctx context.Context) (int64, error) {
	now, err := r.client.Time(ctx).Result()
	if err != nil {
		return 0, err
	}
	return r.client.ZCount(ctx, throttle.NodeLeasesKey(), "("+strconv.FormatInt(now.UnixMilli(), 10), "+inf").Result()
}

// trips is how often Redis has read from a connection so far: once for each command,
// and once for a pipeline. Commands that scripts call are none.
func (r *redisServer) trips(ctx context.Context) (float64, error) {
	info, err := r.client.Info(ctx, "stats").Result()
	if err != nil {
		return 0, err
	}
	return infoField(info, "total_reads_processed")
}

func infoField(info, name string) (float64, error) {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), name+":"); ok {
			return strconv.ParseFloat(value, 64)
		}
	}
	return 0, fmt.Errorf("INFO: expected %s; found none (Redis 6 and later have it)", name)
}

// calls are the commands that Redis has run so far, by name.
func (r *redisServer) calls(ctx context.Context) (map[string]float64, error) {
	info, err := r.client.Info(ctx, "commandstats").Result()
	if err != nil {
		return nil, err
	}
	calls := map[string]float64{}
	for line := range strings.Lines(info) {
		name, rest, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "cmdstat_"), ":calls=")
		count, _, _ := strings.Cut(rest, ",")
		if n, err := strconv.ParseFloat(count, 64); ok && err == nil {
			calls[name] = n
		}
	}
	return calls, nil
}
