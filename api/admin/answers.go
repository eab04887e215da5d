package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/adloom/adloom/ops"
)

// problem is an error as clients see it (RFC 9457). Type is a stable word.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

func fail(w http.ResponseWriter, status int, word, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(problem{Type: word, Title: http.StatusText(status), Status: status, Detail: detail}) // the client may be gone
}

func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body) // the client may be gone
}

// read decodes the body of an action. It says whether it could, and has answered if not.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxForm))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something stands behind it")
		}
	}
	if err != nil {
		fail(w, http.StatusBadRequest, "malformed_request", fmt.Sprintf("expected a JSON object: %v", err))
		return false
	}
	return true
}

// acted answers an action.
func acted(w http.ResponseWriter, act ops.Act, err error) {
	switch {
	case err == nil:
		answer(w, struct {
			OK    bool    `json:"ok"`
			Audit ops.Act `json:"audit"`
		}{true, act})
	case errors.Is(err, ops.ErrNoSuchCustomer):
		fail(w, http.StatusNotFound, "unknown_customer", err.Error())
	case errors.Is(err, ops.ErrBadAction):
		fail(w, http.StatusUnprocessableEntity, "bad_action", err.Error())
	case errors.Is(err, ops.ErrNotRecorded):
		fail(w, http.StatusInternalServerError, "not_recorded", err.Error())
	default:
		fail(w, http.StatusInternalServerError, "internal", err.Error()) // operators may know
	}
}
