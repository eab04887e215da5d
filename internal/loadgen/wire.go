package loadgen

import (
	"errors"
	"net"
	"net/http"
)

// maxHead bounds what comes before an answer's body.
const maxHead = 256 << 10

var errLongHead = errors.New("expected at most 256 KiB of headers; found more")

// bounded gives so many bytes of a connection and no more.
type bounded struct {
	net.Conn
	left int64
	came bool // anything at all since this was set to false
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errLongHead
	}
	n, err := b.Conn.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.came = b.came || n > 0
	return n, err
}

// appendRequest writes a request without a body.
func appendRequest(b []byte, r *http.Request) []byte {
	b = append(b, r.Method...)
	b = append(b, ' ')
	b = append(b, r.URL.RequestURI()...)
	b = append(b, " HTTP/1.1\r\nHost: "...)
	b = append(b, r.Host...)
	b = append(b, "\r\n"...)
	for name, values := range r.Header {
		if name == "Host" {
			continue
		}
		for _, value := range values {
			b = append(b, name...)
			b = append(b, ": "...)
			b = append(b, value...)
			b = append(b, "\r\n"...)
		}
	}
	return append(b, "\r\n"...)
}
