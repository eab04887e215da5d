package ops

import "github.com/adloom/adloom/reqlog"

const maxSample = 4 << 10 // bytes of a render URL that is kept for operators to look into

// sampleURL is the render URL of a request, without its signature. There is none of a long one, and of one whose fields
// hold a secret, such as the signed URL of a photo.
func sampleURL(r *reqlog.Record) string {
	if len(r.Path) > maxSample {
		return ""
	}
	for _, value := range r.Fields {
		if reqlog.HoldsSecret(value) {
			return ""
		}
	}
	return r.Path
}
