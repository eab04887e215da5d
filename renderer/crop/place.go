package crop

// columns sums the salience of each column, rows that of each row. Cells far from the middle of the other axis
// count down to half.
func columns(salience []int, w int) []int {
	h := len(salience) / w
	sums := make([]int, w)
	for y := range h {
		weight := centred(y, h)
		for x, v := range salience[y*w:][:w] {
			sums[x] += v * weight
		}
	}
	return sums
}

func rows(salience []int, w int) []int {
	h := len(salience) / w
	sums := make([]int, h)
	for y := range h {
		for x, v := range salience[y*w:][:w] {
			sums[y] += v * centred(x, w)
		}
	}
	return sums
}

// centred falls from 128 in the middle of n cells to 64 at both ends.
func centred(i, n int) int {
	off := 2*i + 1 - n
	return 128 - 64*off*off/(n*n)
}

const fine = 8 // places tried per cell

// place returns where on the profile a window begins that takes the given share of it. Both are fractions of
// the profile's length.
func place(profile []int, share float64) float64 {
	n := len(profile) * fine
	room := n - max(int(share*float64(n)), 1)
	size := n - room
	if room <= 0 {
		return 0
	}
	total, moment := 0, 0
	for i, v := range profile {
		total += v
		moment += v * (2*i + 1)
	}
	if total == 0 {
		return (1 - share) / 2
	}
	low, high := extent(profile, total)
	low, high = low*fine, high*fine
	// The product's middle lies between that of its extent and that of its mass.
	middle := (low + high + moment*fine/total) / 4
	var at int
	if high-low <= size {
		at = min(max(middle-size/2, high-size), low)
	} else {
		at = densest(profile, size, room)
	}
	at = min(max(at, 0), room)
	return min(float64(at)/float64(n), 1-share)
}

// extent is the shortest middle part of the profile that leaves no more than a fiftieth outside at each end.
func extent(profile []int, total int) (low, high int) {
	high = len(profile)
	for sum := profile[low]; sum <= total/50 && low < high-1; sum += profile[low] {
		low++
	}
	for sum := profile[high-1]; sum <= total/50 && high > low+1; sum += profile[high-1] {
		high--
	}
	return low, high
}

// densest is the place of the window that holds most, where the window's middle counts more than its ends, and
// the picture's middle more than its own.
func densest(profile []int, size, room int) int {
	best, most := room/2, -1
	for step := range room + 1 {
		// From the middle outwards, so that the nearer of two equal places wins.
		at := room/2 + (step+1)/2
		if step&1 == 0 {
			at = room/2 - step/2
		}
		if at < 0 || at > room {
			continue
		}
		sum := 0
		for i := at / fine; i < len(profile) && i*fine < at+size; i++ {
			from, to := max(i*fine, at), min((i+1)*fine, at+size)
			off := from + to - 2*at - size // twice the way from the window's middle
			sum += profile[i] * (to - from) * (256 - 128*off*off/(size*size)) / 256
		}
		away := 2*at - room
		sum -= sum / 3 * away / room * away / room
		if sum > most {
			best, most = at, sum
		}
	}
	return best
}
