package elastic

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/olivere/elastic/v7"
)

// install puts the lifecycle policy and the index template in place. It fails if the cluster did not answer, or not
// now; what the cluster does not know or allow is told, and is no failure.
func (s *sender) install(ctx context.Context) error {
	lifecycle, err := s.lifecycle(ctx)
	if err != nil {
		return err
	}
	var refusals []error
	for _, composable := range []bool{true, false} {
		for _, fields := range fieldTypes() {
			body, err := template(s.cfg.Prefix, lifecycle, fields, composable)
			if err != nil {
				return err
			}
			path := "/_template/"
			if composable {
				path = "/_index_template/"
			}
			if err = s.put(ctx, path+s.cfg.Prefix, nil, body); err == nil {
				return nil
			}
			if later(err) {
				return err
			}
			refusals = append(refusals, fmt.Errorf("%s with fields as %v: %w", path, fields["type"], err))
			if !aboutMapping(err) {
				break // it is not the type of the fields
			}
		}
	}
	s.tellOnce("the cluster takes no index template: request records are indexed as it guesses", errors.Join(refusals...))
	return nil
}

func (s *sender) put(ctx context.Context, path string, params url.Values, body any) error {
	_, err := s.perform(ctx, "PUT", path, params, body)
	return err
}

func (s *sender) perform(ctx context.Context, method, path string, params url.Values, body any) (*elastic.Response, error) {
	return s.client.PerformRequest(ctx, elastic.PerformRequestOptions{Method: method, Path: path, Params: params, Body: body})
}

// later says that the same request may succeed another time. Servers that fail at what they do not know (500, 501) would
// fail for ever, and no document would reach them.
func later(err error) bool {
	status := statusOf(err)
	return status == 0 || status == 408 || status == 429 || status > 501
}

// aboutMapping says that a template was read, and that something in it is not known.
func aboutMapping(err error) bool {
	var answer *elastic.Error
	if !errors.As(err, &answer) || answer.Status != 400 || answer.Details == nil {
		return false
	}
	return !strings.Contains(answer.Details.Reason, "no handler found")
}

// statusOf is the HTTP status that an error of the client stands for; 0: none.
func statusOf(err error) int {
	var answer *elastic.Error
	if errors.As(err, &answer) {
		return answer.Status
	}
	return 0
}
