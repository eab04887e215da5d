// Package redistest starts a private Redis for one test.
//
// Start runs the real redis-server, which can be stopped, killed, frozen and
// started again; Embedded runs the one that lives in this process. Nothing is
// shared between tests and nothing on the machine is touched: a server listens
// on a socket in its own folder and dies with its test.
package redistest

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Server is a redis-server of its own, empty and without persistence. Its
// methods fail the test when they cannot do what they say. They are to be
// called from one goroutine at a time, except Addr and Client.
type Server struct {
	tb     testing.TB
	binary string
	dir    string
	cmd    *exec.Cmd     // the running process, nil while stopped
	exited chan struct{} // closed when cmd has ended
	log    *bytes.Buffer // what cmd printed, to be read after it has ended
}

// Start starts a server that ends with the test.
func Start(tb testing.TB) *Server {
	tb.Helper()
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		tb.Fatalf("this test needs redis-server on PATH: %v (`apt-get install redis-server` or `make test` installs it)", err)
	}
	// tb.TempDir carries the test's name, and a socket's path must be shorter
	// than 108 bytes.
	dir, err := os.MkdirTemp("", "redistest")
	if err != nil {
		tb.Fatal(err)
	}
	s := &Server{tb: tb, binary: binary, dir: dir}
	tb.Cleanup(func() {
		s.Kill()
		if err := os.RemoveAll(dir); err != nil {
			tb.Errorf("remove the server's folder: %v", err)
		}
	})
	s.start()
	return s
}

// Client is a client of a server that was started for this test alone.
func Client(tb testing.TB) *redis.Client {
	tb.Helper()
	return Start(tb).Client()
}

// Addr is where the server listens, or will again: the path of its socket,
// which redis.Options.Addr takes as it is.
func (s *Server) Addr() string { return filepath.Join(s.dir, "redis.sock") }

// Client returns a new client, closed when the test ends. Its calls obey the
// deadline of their context, which go-redis leaves off by default, and a server
// that is away is found out at once.
func (s *Server) Client() *redis.Client {
	return client(s.tb, &redis.Options{Addr: s.Addr()})
}

// Stop asks the server to end and waits until it has. What it held is lost.
func (s *Server) Stop() { s.tb.Helper(); s.end(syscall.SIGTERM) }

// Kill ends the server as a crash would.
func (s *Server) Kill() { s.tb.Helper(); s.end(syscall.SIGKILL) }

// Restart starts the server anew and empty, on the same address, after
// stopping it if it runs.
func (s *Server) Restart() {
	s.tb.Helper()
	s.Stop()
	s.start()
}

// Freeze stops the server's process without closing its connections: a Redis
// that accepts and never answers.
func (s *Server) Freeze() { s.tb.Helper(); s.signal(syscall.SIGSTOP) }

// Thaw lets a frozen server go on; it answers what it was asked meanwhile.
func (s *Server) Thaw() { s.tb.Helper(); s.signal(syscall.SIGCONT) }

func (s *Server) signal(sig os.Signal) {
	s.tb.Helper()
	if s.cmd == nil {
		s.tb.Fatalf("%v: redis-server is not running", sig)
	}
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.tb.Fatalf("%v redis-server: %v", sig, err)
	}
}

func (s *Server) start() {
	s.tb.Helper()
	s.log = new(bytes.Buffer)
	cmd := exec.Command(s.binary,
		"--port", "0", "--unixsocket", s.Addr(), "--dir", s.dir,
		"--save", "", "--appendonly", "no", "--daemonize", "no")
	cmd.Stdout, cmd.Stderr = s.log, s.log
	cmd.SysProcAttr = dieWithParent()
	started, exited := make(chan error, 1), make(chan struct{})
	go func() {
		// What the kernel takes for the parent is the thread, which a goroutine that ends with its thread must not take along.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(exited)
		err := cmd.Start()
		if started <- err; err == nil {
			_ = cmd.Wait() // ended by a signal or by itself: end and ready tell which
		}
	}()
	if err := <-started; err != nil {
		s.tb.Fatalf("start redis-server: %v", err)
	}
	s.cmd, s.exited = cmd, exited
	if err := s.ready(); err != nil {
		s.Kill()
		s.tb.Fatalf("redis-server does not answer: %v\n%s", err, s.log)
	}
}

// ready returns once the server answers a PING.
func (s *Server) ready() error {
	deadline := time.After(10 * time.Second)
	again := time.NewTicker(2 * time.Millisecond)
	defer again.Stop()
	for {
		err := s.ping()
		if err == nil {
			return nil
		}
		select {
		case <-s.exited:
			return err
		case <-deadline:
			return err
		case <-again.C:
		}
	}
}

// ping speaks the protocol itself: a go-redis client would log each dial that
// comes too early.
func (s *Server) ping() error {
	conn, err := net.Dial("unix", s.Addr())
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err
	}
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return err
	}
	answer := make([]byte, len("+PONG\r\n"))
	if _, err := io.ReadFull(conn, answer); err != nil {
		return err
	}
	if string(answer) != "+PONG\r\n" {
		return fmt.Errorf("PING: expected %q, found %q", "+PONG", answer)
	}
	return nil
}

// end signals the process and waits for it; a stopped server stays stopped.
func (s *Server) end(sig os.Signal) {
	s.tb.Helper()
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(sig) // it may have ended by itself
	select {
	case <-s.exited:
	case <-time.After(10 * time.Second):
		_ = s.cmd.Process.Kill()
		<-s.exited
		s.tb.Errorf("redis-server did not end on %v within 10s", sig)
	}
	s.cmd = nil
}
