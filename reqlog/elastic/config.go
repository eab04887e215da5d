package elastic

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Config says where records go and what may wait.
type Config struct {
	// URL of the cluster, with a path if it lies behind one, and a user and password if it wants them.
	URL string
	// APIKey is sent instead of a user, if it is set: the Base64 form that Elasticsearch shows.
	APIKey string
	// Transport makes the requests; nil: one of its own, which trusts whom the machine trusts.
	Transport http.RoundTripper
	// Prefix of the indices' names. The day follows: adloom-requests-2026.11.29.
	Prefix string
	// Keep is how many days an index is kept; 0: for ever. The cluster deletes it.
	Keep int
	// Buffer is how many records may wait, and BufferBytes how many bytes of them.
	Buffer      int
	BufferBytes int64
	// BulkDocuments and BulkBytes bound one bulk, Linger how long it waits for more documents.
	BulkDocuments int
	BulkBytes     int
	Linger        time.Duration
	// Timeout is for one request.
	Timeout time.Duration
	// Retry is how long it takes until the first new attempt; it grows up to RetryMost. Attempts is how often a document
	// is sent again that the cluster itself says it cannot take now, while it takes others.
	Retry, RetryMost time.Duration
	Attempts         int
	// CloseWithin is how long Close sends what waits.
	CloseWithin time.Duration
	// Report is told what an operator should know: seldom, never once a record.
	Report func(Report)
}

// Report is something that an operator should know.
type Report struct {
	Message string
	Err     error // nil: good news
}

// DefaultConfig has everything but a URL.
func DefaultConfig() Config {
	return Config{
		Prefix: "adloom-requests", Keep: 30, Buffer: 8192, BufferBytes: 32 << 20,
		BulkDocuments: 500, BulkBytes: 900 << 10, // proxies often take no more than 1 MB
		Linger: time.Second, Timeout: 30 * time.Second, Retry: 250 * time.Millisecond, RetryMost: 10 * time.Second, Attempts: 20,
		CloseWithin: 3 * time.Second,
	}
}

// Validate names every mistake.
func (c Config) Validate() error {
	var errs []error
	if u, err := url.Parse(c.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		errs = append(errs, errors.New("elastic.Config.URL: expected an address such as https://user:password@elastic.example.com:9200"))
	} else if u.User != nil && c.APIKey != "" {
		errs = append(errs, errors.New("elastic.Config.APIKey: expected a key or a user in the URL, found both"))
	}
	if !validPrefix(c.Prefix) {
		errs = append(errs, fmt.Errorf("elastic.Config.Prefix: expected lower-case letters, digits, '-' and '_', found %q", c.Prefix))
	}
	if c.Keep < 0 {
		errs = append(errs, fmt.Errorf("elastic.Config.Keep: expected at least 0 days, found %d", c.Keep))
	}
	positive := func(name string, n int64) {
		if n < 1 {
			errs = append(errs, fmt.Errorf("elastic.Config.%s: expected more than 0, found %d", name, n))
		}
	}
	positive("Buffer", int64(c.Buffer))
	positive("BufferBytes", c.BufferBytes)
	positive("BulkDocuments", int64(c.BulkDocuments))
	positive("BulkBytes", int64(c.BulkBytes))
	positive("Linger", int64(c.Linger))
	positive("Timeout", int64(c.Timeout))
	positive("Retry", int64(c.Retry))
	positive("RetryMost", int64(c.RetryMost))
	positive("Attempts", int64(c.Attempts))
	positive("CloseWithin", int64(c.CloseWithin))
	return errors.Join(errs...)
}

func validPrefix(s string) bool {
	if s == "" || len(s) > 100 || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}
