package ops

// idle is for how many seconds nobody asked for what makes room for others.
const idle = 15 * 60

// A shelf holds what is counted by name, at most max of it. When it is full, what was idle makes room; a newcomer that
// finds none is not counted by itself.
type shelf[K comparable, V any] struct {
	max   int
	of    map[K]*kept[V]
	swept int64 // when it was last looked for what is idle
}

type kept[V any] struct {
	value V
	used  int64
}

// get returns what stands under key, made by make when nothing does.
func (s *shelf[K, V]) get(key K, now int64, make func() V) (value V, ok bool) {
	k := s.of[key]
	if k == nil {
		if len(s.of) >= s.max && !s.sweep(now) {
			return value, false
		}
		k = &kept[V]{value: make()}
		if s.of == nil {
			s.of = map[K]*kept[V]{}
		}
		s.of[key] = k
	}
	k.used = now
	return k.value, true
}

// sweep makes room, at most once a second, and says whether there is some.
func (s *shelf[K, V]) sweep(now int64) bool {
	if s.swept == now {
		return false
	}
	s.swept = now
	for key, k := range s.of {
		if now-k.used > idle {
			delete(s.of, key)
		}
	}
	return len(s.of) < s.max
}
