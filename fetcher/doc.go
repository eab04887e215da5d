// Package fetcher downloads product photos from customers' shops.
//
// # The way of one photo
//
// Fetch normalises the URL, joins the flight for it or starts one, and waits under its own context. A flight looks into
// the cache first. A fresh copy is the answer. An old one is asked after at the shop (If-None-Match, If-Modified-Since):
// 304 makes it fresh again, a new picture replaces it, and a shop that is in trouble leaves it to be served stale, up to
// Config.MaxStale after it was last seen to be right. Without a copy the photo is downloaded. What goes wrong is an
// *Error whose Reason is a stable word and whose text tells a shop owner what was expected and what was found.
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
// # The cache
//
// Any Cache will do, also none. A cache that fails costs a download, never a fetch; failures are counted in Stats. A new
// download is handed to its waiters before it is written to the cache.
package fetcher
