package reqlog

import "time"

// Record is what is known of one request when it ends. It is read by all who watch requests, and changed by none of
// them.
type Record struct {
	Time      time.Time // when the request came
	RequestID string
	Customer  string
	Signed    bool // by the customer, or nobody has to; else anybody may have written its name
	Template  string
	Version   int
	Format    string            // jpg, png or webp
	Fields    map[string]string // of the product, as they came; a sink bounds what it writes of them
	Path      string            // the same as a render URL without host and signature; empty when no version answers

	Status int    // HTTP status; 499 when the client went away
	Error  string // stable word of the problem; empty for a success
	Detail string
	Reason string // of a 429, or of the one that a stale picture was sent instead of
	Cache  string // where the picture came from: miss, hit, stale or joined

	Client string // address that the request came from
	Agent  string // the client's User-Agent
	Bytes  int    // of the answer
	Width  int    // of the picture, in pixels, when it was drawn for this request
	Height int

	Photos   []Photo  // of a picture that was drawn for this request
	Degraded bool     // photos were missing
	Cut      []string // layers whose text was cut to fit
	Missing  string   // characters that no font has

	Total  time.Duration
	Stages []Stage // in order of their first moment; they do not overlap
	Steps  []Step  // the goes that they were done in

	// Parent is the span that the request belongs to, as "traceparent" (W3C Trace Context); only proxies that are
	// trusted may say so.
	Parent string
}

// Photo is one photo of a request.
type Photo struct {
	URL           string
	Start         time.Time
	Took          time.Duration
	Bytes         int
	Width, Height int
	Cached        bool   // no body was downloaded for it
	Error         string // why it could not be had; empty for one that could
}

// Stage is one part of a request's time. What is done in several goes is one stage.
type Stage struct {
	Name string
	Took time.Duration
}

// Failed says that the client did not get the picture that it asked for: an error, or a picture with something missing.
func (r *Record) Failed() bool { return r.Error != "" || r.Degraded || r.Missing != "" }

// Step is one go of a stage.
type Step struct {
	Name  string
	Start time.Time
	Took  time.Duration
}

// Account is the customer that the request is counted for: none, if it may be somebody else's who took its name.
func (r *Record) Account() string {
	if !r.Signed {
		return ""
	}
	return r.Customer
}

// Drawn says that a picture was drawn for this request, or begun.
func (r *Record) Drawn() bool {
	for _, s := range r.Stages {
		if s.Name == "render" {
			return r.Cache == "miss" || r.Error != ""
		}
	}
	return false
}
