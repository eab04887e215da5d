package reqlog

import (
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// Encode appends the entry as one line of JSON, with its end: what stands in files, and as documents elsewhere.
func Encode(to []byte, e Entry) []byte {
	encoder := zapcore.NewJSONEncoder(zapcore.EncoderConfig{}) // no keys but the entry's own
	line, err := encoder.EncodeEntry(zapcore.Entry{}, []zap.Field{zap.Inline(e)})
	if err != nil { // never: nothing in an entry can fail to be written
		return to
	}
	defer line.Free()
	return append(to, line.Bytes()...)
}

// ToZap is a sink that writes to a logger, beside all else that it logs: failures as warnings.
func ToZap(logger *zap.Logger) Sink { return zapSink{logger} }

type zapSink struct{ logger *zap.Logger }

func (s zapSink) Write(e Entry) {
	level, message := zapcore.InfoLevel, "render"
	switch {
	case e.Dropped != nil:
		level, message = zapcore.WarnLevel, "request records dropped"
	case e.Failed():
		level = zapcore.WarnLevel
	}
	if checked := s.logger.Check(level, message); checked != nil {
		checked.Write(zap.Inline(e))
	}
}
