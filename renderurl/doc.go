// Package renderurl turns render URLs into requests and requests into signed render URLs, without any I/O.
//
// One request has two spellings:
//
//	/r/{customer}/{template}@{version}.{ext}?price=…&title=…&sig=…   readable
//	/r/{customer}/{template}@{version}/{payload}.{ext}?sig=…         compact
//
// {ext} is jpg, png or webp. @{version} may be left out and then means the published version. Customers,
// templates and key IDs match [a-z0-9][a-z0-9_-]{0,63}, field names [a-z][a-z0-9_]{0,63}; the names sig and
// kid are taken. Values are UTF-8 without control characters other than tab, line feed and carriage return.
// An empty value means that the product does not have the field. Text is never normalised: what goes in
// comes out, byte for byte.
//
// # Building a URL in another language
//
// Readable: every field is a query parameter, sorted by name, all bytes but A-Z a-z 0-9 - . _ ~ written as
// %XX with upper-case digits (a space is %20, a plus %2B).
//
// Compact: {payload} is the JSON object of the fields, compressed with raw DEFLATE (RFC 1951, no zlib or
// gzip header), in base64url without padding. Any order of keys and any compressor will do; [Builder] sorts
// the keys and uses one pinned compressor so that equal requests give equal URLs.
//
// # Signature
//
// What is signed is the canonical string: the path, then, if there are parameters other than sig, a
// question mark and those parameters (kid is one of them), sorted by name and written as above. Both forms
// sign what they show, so a proxy that reorders parameters, writes a space as a plus or escapes more than
// it must leaves the signature whole, and any parameter that is changed, added or taken away breaks it.
// sig is the first 16 bytes of HMAC-SHA256(secret, canonical string) in base64url without padding. Scheme,
// host and a path prefix in front of /r/ are not signed: one signature serves every host name of a service.
package renderurl
