package loadgen

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Write prints the report for people.
func (r Report) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d requests in %.1f s: %.1f/s, %.1f/s of them good. %s\n", r.Requests, r.Took, r.PerSecond, r.OKRate, r.loop())
	if r.Unsent > 0 {
		fmt.Fprintf(&b, "%d were due and could not be sent in time\n", r.Unsent)
	}
	if r.Stopped > 0 {
		fmt.Fprintf(&b, "%d were under way when it was stopped\n", r.Stopped)
	}
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	row := func(name, value string) {
		if value != "" {
			fmt.Fprintf(t, "%s\t%s\n", name, value)
		}
	}
	row("statuses", counts(r.Statuses))
	row("refusals", counts(r.Refusals))
	row("errors", counts(r.Errors))
	if len(r.Cache) > 0 {
		row("cache", fmt.Sprintf("%s: %.1f %% without a render", counts(r.Cache), 100*r.HitRatio))
	}
	row("received", fmt.Sprintf("%.1f MB, %.1f MB/s", float64(r.Bytes)/1e6, float64(r.Bytes)/1e6/max(r.Took, 1e-3)))
	if r.Late > 0 {
		row("late", fmt.Sprintf("%d sent more than 10 ms after they were due", r.Late))
	}
	if r.Retries > 0 {
		row("retries", fmt.Sprintf("%d after refusals", r.Retries))
	}
	var stages []string
	for _, name := range slices.Sorted(maps.Keys(r.Stages)) {
		stages = append(stages, fmt.Sprintf("%s %.2f", name, r.Stages[name]))
	}
	row("stages, ms", strings.Join(stages, ", "))
	if in := r.Input; in != nil {
		row("input", fmt.Sprintf("%d lines, %d broken, %d passed over", in.Lines, in.Broken, in.Skipped))
	}
	t.Flush() // a strings.Builder takes everything
	r.latencies(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Report) loop() string {
	switch r.Loop {
	case "closed":
		return fmt.Sprintf("Closed loop of %d: latency counts from sending.", r.Concurrency)
	case "replay":
		return "As the log says: latency counts from when a request was due."
	}
	return fmt.Sprintf("Open loop of %g/s: latency counts from when a request was due.", r.Rate)
}

// latencies prints a table of its own.
func (r Report) latencies(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "latency, ms\trequests\tmean\tp50\tp90\tp99\tp99.9\tmax\t")
	row := func(name string, p Percentiles) {
		if p.N > 0 {
			fmt.Fprintf(t, "%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t\n", name, p.N, p.Mean, p.P50, p.P90, p.P99, p.P999, p.Max)
		}
	}
	row("all", r.Latency.All)
	row("good", r.Latency.OK)
	row("refused", r.Latency.Refused)
	if r.Loop != "closed" {
		row("until sent", r.Latency.Waited)
	}
	t.Flush() // the caller's builder takes everything
}

// counts prints the most frequent first.
func counts(m map[string]int64) string {
	names := slices.SortedFunc(maps.Keys(m), func(a, b string) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = fmt.Sprintf("%s %d", name, m[name])
	}
	return strings.Join(parts, ", ")
}
