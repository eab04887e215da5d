package main

import (
	"context"
	"net"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// connectRedis returns a client of the server at url, or of one inside this
// process when url is empty. A server that is away is no error: the node works
// without it and finds it when it comes.
func connectRedis(url string) (client *redis.Client, stop func(), err error) {
	options := &redis.Options{}
	stopServer := func() {}
	if url != "" {
		if options, err = redis.ParseURL(url); err != nil {
			return nil, nil, wrongUse("--redis: expected an address such as redis://localhost:6379/0: %v", err)
		}
	} else {
		// It has no port: nobody else can reach it.
		server := miniredis.NewMiniRedis()
		server.ClockTTL(true)
		stopServer = server.Close
		options.Dialer = func(context.Context, string, string) (net.Conn, error) { return server.Dial() }
	}
	// Callers bound each call by a context and know what to do without an answer.
	options.ContextTimeoutEnabled = true
	options.DialerRetries = 1
	// A feature of Redis Enterprise that looks up names of its own.
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	client = redis.NewClient(options)
	return client, func() {
		_ = client.Close() // its connections end with the process at the latest
		stopServer()
	}, nil
}
