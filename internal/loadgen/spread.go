package loadgen

import "time"

// maxBatch bounds the requests of one second that are looked at together.
const maxBatch = 4096

// spread lays the requests of one second of a log evenly over it: logs know whole
// seconds, and their load is no burst at the beginning of each. Of a second with
// more than maxBatch requests each batch is laid by itself.
type spread struct {
	from  Source
	batch []Target
	next  int
	ahead Target // the first of the following second
	err   error  // what followed ahead, or the batch when there is none
	has   bool   // ahead is set
	last  time.Duration
}

func (s *spread) Next() (Target, error) {
	if s.next == len(s.batch) {
		if err := s.fill(); err != nil {
			return Target{}, err
		}
	}
	t := s.batch[s.next]
	t.At += time.Second * time.Duration(s.next) / time.Duration(len(s.batch))
	s.last = max(s.last, t.At) // a log may step back
	t.At = s.last
	s.next++
	return t, nil
}

// fill reads the requests of a second.
func (s *spread) fill() error {
	s.batch, s.next = s.batch[:0], 0
	if !s.has {
		if s.ahead, s.err = s.from.Next(); s.err != nil {
			return s.err
		}
	}
	s.batch, s.has = append(s.batch, s.ahead), false
	for len(s.batch) < maxBatch {
		t, err := s.from.Next()
		if err != nil { // it comes again when it is asked for
			return nil
		}
		if t.At != s.batch[0].At {
			s.ahead, s.has = t, true
			return nil
		}
		s.batch = append(s.batch, t)
	}
	return nil
}
