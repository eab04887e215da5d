package fetcher

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// ErrClosed is returned by Fetch after Close.
var ErrClosed = errors.New("fetcher is closed")

// Reason is a stable word for what went wrong, for metrics and machine-readable answers.
type Reason string

// The reasons. Their spelling is part of the API.
const (
	BadURL            Reason = "bad_url"            // no http(s) URL with a host, or one with a password
	BlockedAddress    Reason = "blocked_address"    // the host's address is not public
	DNS               Reason = "dns"                // the host has no address, or the name server failed
	Connect           Reason = "connect"            // nobody accepts connections there
	TLS               Reason = "tls"                // the certificate or the handshake is not right
	Broken            Reason = "broken_response"    // what came back is not HTTP, or the connection broke
	Timeout           Reason = "timeout"            // connect, headers or the whole took too long
	TooSlow           Reason = "too_slow"           // the shop stopped sending in the middle
	TooLarge          Reason = "too_large"          // more bytes than Config.MaxBytes
	TooManyRedirects  Reason = "too_many_redirects" // more than Config.MaxRedirects
	BadRedirect       Reason = "bad_redirect"       // a redirect to something that is no acceptable URL
	BadStatus         Reason = "bad_status"         // another status than 200
	BadEncoding       Reason = "bad_encoding"       // a Content-Encoding that was not asked for and cannot be undone
	Truncated         Reason = "truncated"          // fewer bytes than announced
	NotAnImage        Reason = "not_an_image"       // HTML, text, nothing at all, ...
	UnsupportedFormat Reason = "unsupported_format" // a picture, but no JPEG, PNG, GIF or WebP
	TooManyPixels     Reason = "too_many_pixels"    // past Config.Limits.MaxPixels
	TooManyScans      Reason = "too_many_scans"     // past Config.Limits.MaxScans
	Corrupt           Reason = "corrupt"            // the picture's headers are broken
	OriginLimited     Reason = "origin_limited"     // the shop is not asked now: it rests, or enough is asked of it already
	NodeFull          Reason = "node_full"          // photos on their way have all the memory they may have
	Internal          Reason = "internal"           // a mistake of ours
)

// Reasons returns all of them in a fixed order.
func Reasons() []Reason {
	return []Reason{BadURL, BlockedAddress, DNS, Connect, TLS, Broken, Timeout, TooSlow, TooLarge, TooManyRedirects,
		BadRedirect, BadStatus, BadEncoding, Truncated, NotAnImage, UnsupportedFormat, TooManyPixels, TooManyScans,
		Corrupt, OriginLimited, NodeFull, Internal}
}

// Error is why a photo could not be had. It is shared between waiters and must not be changed.
type Error struct {
	URL    string
	Reason Reason
	Status int   // the shop's, 0 if it did not get that far
	Err    error // what was expected and what was found

	RetryAfter time.Duration // before which the same answer would come again; 0 if nobody knows
}

func (e *Error) Error() string { return fmt.Sprintf("photo %s: %s: %v", e.URL, e.Reason, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

// Temporary says that the shop, or this node, is in trouble, so that the same URL may well work later.
func (e *Error) Temporary() bool {
	switch e.Reason {
	case DNS, Connect, TLS, Broken, Timeout, TooSlow, Truncated, OriginLimited, NodeFull, Internal:
		return true
	case BadStatus:
		return e.Status >= 500 || e.Status == http.StatusTooManyRequests || e.Status == http.StatusRequestTimeout
	}
	return false
}

// fault is an Error before it knows its URL. Status stays with it where a response was had.
type fault struct {
	reason     Reason
	status     int
	retryAfter time.Duration
	local      bool // decided here: the shop was not asked, or not heard out
	err        error
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

func faultf(reason Reason, format string, args ...any) *fault {
	return &fault{reason: reason, err: fmt.Errorf(format, args...)}
}

func (f *fault) at(url string) *Error {
	return &Error{URL: url, Reason: f.reason, Status: f.status, Err: f.err, RetryAfter: f.retryAfter}
}

func (f *fault) temporary() bool { return f.at("").Temporary() }

// faultOf returns the fault in err, or nil.
func faultOf(err error) *fault {
	var cause *fault
	if errors.As(err, &cause) {
		return cause
	}
	return nil
}
