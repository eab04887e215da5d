package admin

import (
	"fmt"
	"net/http"

	"github.com/adloom/adloom/ops"
)

func (a *Admin) state(w http.ResponseWriter, r *http.Request) {
	answer(w, a.parts.Console.State(r.Context()))
}

func (a *Admin) history(w http.ResponseWriter, _ *http.Request) { answer(w, a.parts.Console.History()) }

func (a *Admin) customer(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("id")
	if id == "" {
		fail(w, http.StatusBadRequest, "malformed_request", "expected ?id= with the ID of a customer")
		return
	}
	detail, err := a.parts.Console.Customer(r.Context(), id)
	if err != nil {
		fail(w, http.StatusNotFound, "unknown_customer", err.Error())
		return
	}
	answer(w, detail)
}

func (a *Admin) limits(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Customer string `json:"customer"`
		ops.LimitsChange
	}
	if read(w, r, &body) {
		act, err := a.parts.Console.Limit(operator(r), body.Customer, body.LimitsChange)
		acted(w, act, err)
	}
}

func (a *Admin) pause(w http.ResponseWriter, r *http.Request) {
	var body struct{ Customer, Template, Why string }
	if read(w, r, &body) {
		act, err := a.parts.Console.Pause(operator(r), body.Customer, body.Template, body.Why)
		acted(w, act, err)
	}
}

func (a *Admin) resume(w http.ResponseWriter, r *http.Request) {
	var body struct{ Customer, Template string }
	if read(w, r, &body) {
		act, err := a.parts.Console.Resume(operator(r), body.Customer, body.Template)
		acted(w, act, err)
	}
}

// ofNode does what concerns the whole node. It needs the node's name, so that nobody acts on another than the one looked at.
func (a *Admin) ofNode(do func(who string) (ops.Act, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Node string }
		if !read(w, r, &body) {
			return
		}
		if name := a.parts.Console.Node(); body.Node != name {
			fail(w, http.StatusUnprocessableEntity, "bad_action", fmt.Sprintf("expected the name of this node, %q; found %q", name, body.Node))
			return
		}
		act, err := do(operator(r))
		acted(w, act, err)
	}
}
