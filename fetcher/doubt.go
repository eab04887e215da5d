package fetcher

import "context"

// Doubt says that a photo turned out to be broken when it was decoded. Its cached
// copy is served once more until Config.Recheck has passed, so that a broken photo
// does not cost a download for each ad; then the shop is asked for all of it again,
// however fresh the copy is and whatever its validators say.
func (f *Fetcher) Doubt(ctx context.Context, rawURL string) {
	u, err := normalise(rawURL)
	if err != nil {
		return
	}
	key := u.String()
	old := f.lookup(ctx, key)
	if old == nil || old.Doubted {
		return
	}
	f.counters.doubted.Add(1)
	if save := f.saving(ctx, key, old.doubt(f.cfg.Now().Add(f.cfg.Recheck))); save != nil {
		save()
	}
}
