package fetcher

import (
	"fmt"
	"testing"
	"time"
)

// The failure that nobody asked about for longest makes room for another.
func TestFailuresAreBounded(t *testing.T) {
	t.Parallel()
	f, err := newFailures(time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for i := range mostFailures {
		f.remember(fmt.Sprint(i), faultf(NotAnImage, "found HTML"))
	}
	if f.recall("0") == nil {
		t.Error("forgotten too early")
	}
	f.remember("one more", faultf(NotAnImage, "found HTML"))
	if f.recall("1") != nil || f.recall("0") == nil || f.recall("2") == nil || f.byKey.Len() != mostFailures {
		t.Errorf("%d kept, or the wrong ones", f.byKey.Len())
	}
}
