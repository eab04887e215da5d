package ops

// idle is for how many seconds nobody asked for what makes room for others.
const idle = 15 * 60

// A shelf holds what is counted by name, at most max of it, and with an owner at most each of one owner. When it is full,
// what was idle makes room; a newcomer that finds none is not counted by itself.
type shelf[K comparable, V any] struct {
	max   int
	owner func(K) string // nil without
	each  int
	of    map[K]*kept[V]
	owned map[string]int // of each owner
	swept int64          // when it was last looked for what is idle
}

type kept[V any] struct {
	value V
	used  int64
}

// get returns what stands under key, made by make when nothing does.
func (s *shelf[K, V]) get(key K, now int64, make func() V) (value V, ok bool) {
	k := s.of[key]
	if k == nil {
		if s.full(key) {
			if s.sweep(now); s.full(key) {
				return value, false
			}
		}
		k = &kept[V]{value: make()}
		if s.of == nil {
			s.of, s.owned = map[K]*kept[V]{}, map[string]int{}
		}
		s.of[key] = k
		if s.owner != nil {
			s.owned[s.owner(key)]++
		}
	}
	k.used = now
	return k.value, true
}

// full says that there is no room for key.
func (s *shelf[K, V]) full(key K) bool {
	return len(s.of) >= s.max || s.owner != nil && s.owned[s.owner(key)] >= s.each
}

// sweep makes room, at most once a second.
func (s *shelf[K, V]) sweep(now int64) {
	if s.swept == now {
		return
	}
	s.swept = now
	for key, k := range s.of {
		if now-k.used <= idle {
			continue
		}
		delete(s.of, key)
		if s.owner == nil {
			continue
		}
		owner := s.owner(key)
		if s.owned[owner]--; s.owned[owner] == 0 {
			delete(s.owned, owner)
		}
	}
}
