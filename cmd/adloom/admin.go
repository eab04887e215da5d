package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/adloom/adloom/api/admin"
	"github.com/adloom/adloom/internal/atomicfile"
)

// adminFlags are about the operators' listener.
type adminFlags struct {
	AdminListen    string `default:"127.0.0.1:8081" help:"Address for operators and Prometheus, which the internet must not reach; port 0 picks a free one, \"off\" opens none."`
	AdminToken     string `placeholder:"TOKEN" help:"What operators sign in with. By default that of --admin-token-file. Better given as ADLOOM_ADMIN_TOKEN: others on the machine see flags."`
	AdminTokenFile string `placeholder:"FILE" help:"File of that token, made when it is missing. admin-token in the data folder by default."`
	PrometheusURL  string `placeholder:"URL" help:"Prometheus that scrapes all nodes, for the table of nodes on the operators' page."`
}

const adminOff = "off"

// listenAdmin opens the operators' listener; none when it is off.
func (f adminFlags) listenAdmin() (net.Listener, error) {
	if f.AdminListen == adminOff || f.AdminListen == "" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", f.AdminListen)
	if err != nil {
		return nil, fmt.Errorf("operators' listener: %w (another address can be chosen with --admin-listen or ADLOOM_ADMIN_LISTEN)", err)
	}
	return listener, nil
}

// token is what operators sign in with, and where it lies.
func (f adminFlags) token(data string) (token, file string, err error) {
	if f.AdminToken != "" {
		return f.AdminToken, "", nil
	}
	file = f.AdminTokenFile
	if file == "" {
		file = filepath.Join(data, "admin-token")
	}
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		text = []byte(rand.Text() + "\n")
		err = atomicfile.WriteBytes(file, 0o600, text)
	}
	if err != nil {
		return "", file, fmt.Errorf("admin token: %w", err)
	}
	return strings.TrimSpace(string(text)), file, nil
}

// serveAdmin answers operators until stop is called.
func serveAdmin(listener net.Listener, handlers *admin.Admin, log *zap.Logger) (stop func()) {
	server := &http.Server{
		Handler:           handlers.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          zap.NewStdLog(log),
	}
	var running sync.WaitGroup
	running.Go(func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("operators' listener", zap.Error(err))
		}
	})
	return func() {
		handlers.Close()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := server.Shutdown(ctx); err != nil {
			_ = server.Close() // a profile, perhaps; it ends with the process
		}
		running.Wait()
	}
}
