package elastic

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"github.com/olivere/elastic/v7"
)

const (
	mostAnswer = 16 << 20 // bytes of an answer that are read
	mostReason = 300      // of them that are told of a refusal
)

// newClient neither sniffs for nodes nor asks what product it talks to.
func newClient(cfg Config) (*elastic.Client, *http.Client, error) {
	transport := cfg.Transport
	if transport == nil {
		transport = http.DefaultTransport.(*http.Transport).Clone()
	}
	requests := &http.Client{
		Transport: transport, Timeout: cfg.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // keys stay where they belong
	}
	options := []elastic.ClientOptionFunc{elastic.SetURL(cfg.URL), elastic.SetHttpClient(doer{requests})}
	if u, err := url.Parse(cfg.URL); err == nil && u.User != nil {
		password, _ := u.User.Password()
		options = append(options, elastic.SetBasicAuth(u.User.Username(), password))
		u.User = nil // so that no message of the client shows it
		options[0] = elastic.SetURL(u.String())
	}
	if cfg.APIKey != "" {
		options = append(options, elastic.SetHeaders(http.Header{"Authorization": {"ApiKey " + cfg.APIKey}}))
	}
	client, err := elastic.NewSimpleClient(options...)
	return client, requests, err
}

// doer answers in the cluster's name when nobody else does. The bulk processor would otherwise mark its only node as
// dead and wait in a way that nothing ends (its waitForActiveConnection); an answer is an ordinary failure.
type doer struct{ client *http.Client }

// unreachable is the status of such an answer.
const unreachable = 599

func (d doer) Do(r *http.Request) (*http.Response, error) {
	answer, err := d.client.Do(r)
	if err != nil {
		return saying(unreachable, "unreachable", err.Error(), r), nil
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil { // the connection broke
		return saying(unreachable, "unreachable", err.Error(), r), nil
	}
	if answer.StatusCode >= 300 && !explained(body) {
		return saying(answer.StatusCode, "refused", string(body[:min(len(body), mostReason)]), r), nil
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	return answer, nil
}

// explained says that a refusal is in the form that the client reads. Proxies and some servers have others, of which it
// would tell nothing.
func explained(body []byte) bool {
	var answer struct {
		Error struct {
			Type string `json:"type"`
		} `json:"error"`
	}
	return json.Unmarshal(body, &answer) == nil && answer.Error.Type != ""
}

// saying is a refusal in that form.
func saying(status int, kind, reason string, r *http.Request) *http.Response {
	var refusal struct {
		Error struct {
			Type   string `json:"type"`
			Reason string `json:"reason"`
		} `json:"error"`
		Status int `json:"status"`
	}
	refusal.Error.Type, refusal.Error.Reason, refusal.Status = kind, reason, status
	body, _ := json.Marshal(refusal) // never fails: two strings and a number
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}
}
