package admin

import (
	"io/fs"
	"net/http"
	"strings"

	"go.uber.org/zap"
)

const maxForm = 4 << 10 // bytes

// page serves one of the embedded pages.
func (a *Admin) page(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, a.parts.Pages, name) }
}

// assets are what pages load. They hold nothing that a stranger may not see, and the sign-in needs some of them.
func (a *Admin) assets() http.Handler {
	files := http.FileServerFS(noFolders{a.parts.Pages})
	return http.StripPrefix("/ops/assets/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache") // asked after each time, as a new binary has others
		files.ServeHTTP(w, r)
	}))
}

// noFolders lists none.
type noFolders struct{ fs.FS }

func (f noFolders) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || info.IsDir() {
		_ = file.Close() // it was only looked at
		return nil, fs.ErrNotExist
	}
	return file, nil
}

// redirect leads to a path below the listener's own root, by steps up from where the request is: a proxy may have put that
// root under a path of its own.
func redirect(w http.ResponseWriter, r *http.Request, to string, status int) {
	up := max(strings.Count(r.URL.EscapedPath(), "/")-1, 0)
	w.Header().Set("Location", strings.Repeat("../", up)+to)
	w.WriteHeader(status)
}

func (a *Admin) loginPage(w http.ResponseWriter, r *http.Request) {
	if a.sessions.who(r) != "" {
		redirect(w, r, "ops/", http.StatusSeeOther)
		return
	}
	a.page("login.html")(w, r)
}

// login takes the form of the sign-in page. What was wrong is told in the address, for a page without scripts.
func (a *Admin) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if !a.sessions.right(strings.TrimSpace(r.PostFormValue("token"))) {
		if a.sessions.failed() {
			a.parts.Log.Warn("operator sign-in failed", zap.String("client", a.parts.Client(r)))
		}
		redirect(w, r, "ops/login?wrong=token", http.StatusSeeOther)
		return
	}
	a.parts.Log.Info("operator signed in", zap.String("client", a.parts.Client(r)))
	http.SetCookie(w, a.sessions.start(r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"))
	redirect(w, r, "ops/", http.StatusSeeOther)
}

func (a *Admin) logout(w http.ResponseWriter, r *http.Request) {
	a.sessions.end(r)
	http.SetCookie(w, &http.Cookie{Name: a.sessions.cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: -1})
	redirect(w, r, "ops/login", http.StatusSeeOther)
}

// refuse sends browsers to the sign-in, and tells all others what is missing.
func (a *Admin) refuse(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") {
		redirect(w, r, "ops/login", http.StatusSeeOther)
		return
	}
	w.Header().Set("WWW-Authenticate", `Bearer realm="adloom operators"`)
	fail(w, http.StatusUnauthorized, "not_signed_in", "expected the admin token as \"Authorization: Bearer ...\", or a browser that has signed in at /ops/login")
}
