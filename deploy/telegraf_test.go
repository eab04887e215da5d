package deploy_test

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

func TestTelegraf(t *testing.T) {
	t.Parallel()
	var c struct {
		Inputs struct {
			Prometheus []struct {
				URLs          []string `toml:"urls"`
				MetricVersion int      `toml:"metric_version"`
			}
		}
		Outputs map[string]any
	}
	if _, err := toml.Decode(read(t, "deploy/telegraf/telegraf.conf"), &c); err != nil {
		t.Fatal(err)
	}
	in := c.Inputs.Prometheus
	if len(in) != 1 || in[0].MetricVersion != 2 || len(in[0].URLs) == 0 || !strings.HasSuffix(in[0].URLs[0], ":8081/metrics") || len(c.Outputs) == 0 {
		t.Errorf("expected one input that reads the operators' listener, and an output; found %+v", c)
	}
}
