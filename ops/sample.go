package ops

import (
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/reqlog"
	"github.com/adloom/adloom/templates"
)

const maxSample = 4 << 10 // bytes of a render URL that is kept for operators to look into

// sampleURL is the render URL of a request, without its signature. There is none of a long one, and of one whose fields
// hold a secret, such as the signed URL of a photo.
func sampleURL(r *reqlog.Record) string {
	size := 0
	for name, value := range r.Fields {
		size += len(name) + len(value)
	}
	if r.Format == "" || size > maxSample {
		return ""
	}
	request := renderurl.Request{Customer: r.Customer, Template: r.Template, Version: r.Version, Format: templates.Format(r.Format), Fields: r.Fields}
	url := request.Path()
	if len(url) > maxSample || reqlog.Shown(url, maxSample) != url {
		return ""
	}
	return url
}
