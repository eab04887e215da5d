package throttle_test

import (
	"strings"
	"testing"
	"time"

	"github.com/adloom/adloom/throttle"
)

func TestConfigValidate(t *testing.T) {
	t.Parallel()
	f := func(change func(*throttle.Config), want ...string) {
		t.Helper()
		cfg := throttle.DefaultConfig()
		change(&cfg)
		wantMistakes(t, cfg.Validate(), want)
	}
	f(func(*throttle.Config) {})
	f(func(c *throttle.Config) { c.HardLimit, c.StartLimit, c.CustomerLimit = -1, -1, -1 })
	f(func(c *throttle.Config) { c.HardLimit, c.StartLimit = -1, 1000 })
	f(func(c *throttle.Config) { c.SlowMinutes, c.SlowDownloads, c.SlowRenders = 60, -1, -1 })
	f(func(c *throttle.Config) { c.SlowMinutes = 61 }, "SlowMinutes: expected 1 to 60, found 61")
	f(func(c *throttle.Config) { c.StartLimit, c.MaxWait, c.MaxWaiting, c.RetryRedis = 0, 0, 0, 0 })
	f(func(c *throttle.Config) { c.HardLimit = 0 }, "HardLimit: expected at least 1, or -1 for no limit, found 0")
	f(func(c *throttle.Config) { c.HardLimit = 32 }, "StartLimit: expected less than HardLimit, which is 32, or -1 for never, found 32")
	f(func(c *throttle.Config) {
		*c = throttle.Config{HardLimit: -2, StartLimit: -2, CustomerLimit: -2, Lease: -1, MaxWait: -1, MaxWaiting: -1, RedisTimeout: -1, RetryRedis: -time.Second}
	}, "HardLimit", "StartLimit", "CustomerLimit", "Lease", "MaxWait", "MaxWaiting", "SlowDownload:", "SlowRender:", "SlowMinutes: expected 1 to 60, found 0",
		"SlowDownloads: expected at least 1, or -1 for no limit, found 0", "SlowRenders:", "RedisTimeout", "RetryRedis: expected 0 or more, found -1s")
}

func TestGateConfigValidate(t *testing.T) {
	t.Parallel()
	f := func(change func(*throttle.GateConfig), want ...string) {
		t.Helper()
		cfg := throttle.DefaultGateConfig()
		change(&cfg)
		wantMistakes(t, cfg.Validate(), want)
		if _, err := throttle.NewGate(cfg); (err == nil) != (len(want) == 0) {
			t.Errorf("NewGate: error %v, Validate names %q", err, want)
		}
	}
	f(func(*throttle.GateConfig) {})
	f(func(c *throttle.GateConfig) { c.MaxBytes, c.MaxQueueAge = -1, -1 })
	f(func(c *throttle.GateConfig) { *c = throttle.GateConfig{MaxQueueAge: -2} },
		"Slots: expected at least 1, found 0", "MaxBytes", "MaxQueue: expected at least 1", "CustomerPerFree", "MaxHeld", "MaxQueueAge")
}

// wantMistakes checks that an error has one line per mistake, in order.
func wantMistakes(t *testing.T, err error, want []string) {
	t.Helper()
	var got []string
	if err != nil {
		got = strings.Split(err.Error(), "\n")
	}
	if len(got) != len(want) {
		t.Errorf("mistakes %q, want %q", got, want)
		return
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("mistake %q, want %q", got[i], want[i])
		}
	}
}
