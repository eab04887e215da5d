package fetcher

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/adloom/adloom/internal/imageinfo"
)

// downloaded is a good answer: a picture, or the word that the one we have is still right.
type downloaded struct {
	response    *http.Response // its headers; the body is closed
	notModified bool
	body        []byte
	info        imageinfo.Info
}

// download asks the shop once; again says that it is a retry. Known holds the validators of the copy we have, if any. Errors are faults, or the cause
// of ctx when the flight was called off.
func (f *Fetcher) download(ctx context.Context, u *url.URL, known head, again bool) (got *downloaded, err error) {
	ctx, way, err := f.origins.begin(ctx, u, again)
	if err != nil {
		return nil, err
	}
	defer way.end(errNotTheirs) // after a panic
	f.counters.downloads.Add(1)
	got, err = f.request(ctx, u, known, way)
	way.end(err)
	return got, err
}

func (f *Fetcher) request(ctx context.Context, u *url.URL, known head, way *trip) (*downloaded, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, faultf(BadURL, "build the request: %w", err)
	}
	request.Header.Set("User-Agent", f.cfg.UserAgent)
	request.Header.Set("Accept", "image/webp,image/png,image/jpeg,image/gif;q=0.9,*/*;q=0.1")
	request.Header.Set("Accept-Encoding", "identity")
	if known.ETag != "" {
		request.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		request.Header.Set("If-Modified-Since", known.LastModified)
	}
	response, err := f.client.Do(request)
	if err != nil {
		return nil, withStatus(f.connectFault(ctx, u, err), response)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotModified && (known.ETag != "" || known.LastModified != "") {
		return &downloaded{response: response, notModified: true}, nil
	}
	got := &downloaded{response: response}
	got.body, got.info, err = f.receive(ctx, cancel, response, way)
	if err != nil {
		return nil, withStatus(err, response)
	}
	return got, nil
}

// withStatus notes in a fault how the shop had answered; response may be nil.
func withStatus(err error, response *http.Response) error {
	var cause *fault
	if response == nil || !errors.As(err, &cause) {
		return err
	}
	answered := *cause
	answered.status = response.StatusCode
	return &answered
}

// unreadableLocation is how net/http's error begins, which has no type. It goes on with all that the shop has sent.
const unreadableLocation = "failed to parse Location header"

// connectFault tells what kept a response from coming.
func (f *Fetcher) connectFault(ctx context.Context, u *url.URL, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var cause *fault
	if errors.As(err, &cause) { // of checkRedirect
		return cause
	}
	var hop *url.Error
	if errors.As(err, &hop) {
		if err = hop.Err; !strings.EqualFold(hop.URL, u.String()) {
			err = fmt.Errorf("redirected to %s: %w", redacted(hop.URL), err)
		}
	}
	if strings.HasPrefix(err.Error(), unreadableLocation) {
		return faultf(BadRedirect, "redirect: expected a URL in Location, found what is none")
	}
	switch reason := connectReason(err); reason {
	case Timeout:
		return faultf(reason, "expected an answer (connect within %v, headers within %v): %w", f.cfg.ConnectTimeout, f.cfg.HeaderTimeout, err)
	case Broken:
		return faultf(reason, "expected an HTTP response: %w", err)
	default:
		return &fault{reason: reason, err: err}
	}
}

func connectReason(err error) Reason {
	var (
		blocked     *BlockedError
		dns         *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
		op          *net.OpError
		timeout     net.Error
	)
	isOp := errors.As(err, &op)
	switch {
	case errors.As(err, &blocked):
		return BlockedAddress
	case errors.As(err, &dns):
		return DNS
	case errors.As(err, &certificate), errors.As(err, &record), errors.As(err, &alert),
		errors.Is(err, http.ErrSchemeMismatch), isOp && op.Op == "remote error":
		return TLS
	case errors.As(err, &timeout) && timeout.Timeout():
		return Timeout
	case isOp && op.Op == "dial":
		return Connect
	}
	return Broken
}
