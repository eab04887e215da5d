// Package fetcher downloads product photos from customers' shops.
//
// # The way of one photo
//
// Fetch normalises the URL, joins the flight for it or starts one, and waits under its own context. A flight looks into
// the cache first. A fresh copy is the answer. One that is older than Config.Fresh, but not by more than
// Config.Revalidate, is the answer too, and the shop is asked in the background whether it is still right. An older one
// is asked after first (If-None-Match, If-Modified-Since): 304 makes it fresh again, a new picture replaces it, and a
// shop that is in trouble leaves it to be served stale, up to Config.MaxStale after it was last seen to be right. A shop
// that sends something else ends that for as long as it does. One that says that the photo is gone (404, 410) ends it
// until it sends the photo again, whatever trouble it is in meanwhile: a copy is no excuse to show what the shop has
// taken down. Without a copy the photo is downloaded. What goes wrong is an *Error whose Reason is a stable
// word and whose text tells a shop owner what was expected and what was found.
//
// # What a shop may do to us
//
// Nothing. Connections go to public addresses only, checked after DNS for each connection (see Guard). Headers, the
// silence between bytes and the whole download have time limits of their own; bodies have a byte limit before and after
// decompression; the picture's headers are read as soon as they have arrived, so that a bomb is refused before the rest
// of it is downloaded. Content-Type is never believed.
//
// A redirect from https to http is followed: shops do that, the bytes are checked all the same, and a photo in an ad is
// no secret. URLs with a user or password are refused.
//
// There is no least rate: a shop that sends a byte now and then holds one of its own places and the bytes that it has
// sent, until the time for the whole is over.
//
// # A shop in trouble
//
// What a host does to us stays with that host (scheme, name and port; a redirect counts for the host it leads to).
//
//   - Places. Config.HostDownloads photos of one host are downloaded at once, Config.HostQueue wait for a place, each for
//     Config.HostWait. Others are refused at once with OriginLimited and a time to come back.
//   - Circuit breaker. A host that fails Config.HostFailures times in a row, or half of the time, is left alone: for
//     Config.HostRest at first, twice as long after each failed try, never more than a minute, shortened at random.
//     Then one request tries. Failures are those that may pass (Error.Temporary): a host that answers 404 is well. Who
//     leaves before the answer has seen no failure.
//   - Retry-After of a 429 or 503 is honoured for the whole host, up to a minute.
//   - Retries are few; worthARetry says which.
//   - Memory of failures. That a photo cannot be had is remembered for Config.Negative, that a host is not there (its name
//     is unknown, nobody listens, its address is not public) for ten seconds. Both end by time only.
//   - Memory. Photos on their way have Config.MaxBuffered bytes together. A host has at most a quarter of them, and large
//     photos leave the last quarter to ordinary ones; what does not fit is refused, never kept waiting.
//
// An old copy is served instead wherever the failure may pass.
//
// Hosts tells operators how each of them stands.
//
// # The cache
//
// Any Cache will do, also none. A cache that fails costs a download, never a fetch; failures are counted in Stats. A new
// download is handed to its waiters before it is written to the cache. Lookup tells what is in it, and what a fetch would
// do with that, without asking anybody.
package fetcher
