package loadgen

import (
	"strconv"
	"strings"
)

// stages calls f with each metric of a Server-Timing header that has a duration, in
// milliseconds. What does not parse is passed over.
func stages(header string, f func(name string, ms float64)) {
	for len(header) > 0 {
		var metric string
		metric, header, _ = strings.Cut(header, ",")
		name, params, _ := strings.Cut(metric, ";")
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		for len(params) > 0 {
			var param string
			param, params, _ = strings.Cut(params, ";")
			value, ok := strings.CutPrefix(strings.TrimSpace(param), "dur=")
			if !ok {
				continue
			}
			if ms, err := strconv.ParseFloat(strings.Trim(value, `"`), 64); err == nil && ms >= 0 && ms < 1e9 {
				f(name, ms)
			}
			break
		}
	}
}
