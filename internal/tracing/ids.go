package tracing

import (
	"encoding/binary"
	"math/rand/v2"

	api "go.opentelemetry.io/otel/trace"
)

// randomIDs are never all zeros, which would be no ID (W3C Trace Context, 3.2.2).
type randomIDs struct{}

func (randomIDs) span() (id api.SpanID) {
	binary.BigEndian.PutUint64(id[:], rand.Uint64()|1)
	return id
}

func (randomIDs) trace() (id api.TraceID) {
	binary.BigEndian.PutUint64(id[:8], rand.Uint64())
	binary.BigEndian.PutUint64(id[8:], rand.Uint64()|1)
	return id
}
