package throttle

// leastCharged is a binary heap of the customers that wait, the one that has
// been charged least at the top. Each knows its place.
type leastCharged []*account

// comesBefore breaks a tie by who has waited longer.
func (a *account) comesBefore(b *account) bool {
	if x, y := a.charged(), b.charged(); x != y {
		return x < y
	}
	return a.line.head.since < b.line.head.since
}

// push adds a customer, whose line has its head already.
func (h *leastCharged) push(a *account) {
	a.place = len(*h)
	*h = append(*h, a)
	h.up(a.place)
}

// remove takes a customer out, whose line may be empty by now.
func (h *leastCharged) remove(a *account) {
	s := *h
	last := len(s) - 1
	moved := s[last]
	s[last] = nil
	*h = s[:last]
	if moved == a {
		return
	}
	(*h)[a.place], moved.place = moved, a.place
	h.fix(moved)
}

// fix restores the order after the charge or the head of one customer has
// changed.
func (h leastCharged) fix(a *account) {
	if !h.up(a.place) {
		h.down(a.place)
	}
}

func (h leastCharged) up(i int) (moved bool) {
	for i > 0 {
		parent := (i - 1) / 2
		if !h[i].comesBefore(h[parent]) {
			break
		}
		h.swap(i, parent)
		i, moved = parent, true
	}
	return moved
}

func (h leastCharged) down(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h); child++ {
			if h[child].comesBefore(h[least]) {
				least = child
			}
		}
		if least == i {
			return
		}
		h.swap(i, least)
		i = least
	}
}

func (h leastCharged) swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}
