package launch

import (
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/moby/moby/client"
)

// An engineProxy stands between a client and the real engine, and can go away as an engine
// does: cut (stopped) or stall (hung).
type engineProxy struct {
	where    client.Opt
	listener net.Listener
	stalled  chan struct{} // closed: nothing passes any more
	released chan struct{} // closed: what was held up may pass
	mu       sync.Mutex
	conns    []net.Conn
}

func newEngineProxy(t *testing.T) *engineProxy {
	t.Helper()
	engine := strings.TrimPrefix(newTestDocker(t).api.DaemonHost(), "unix://")
	if strings.Contains(engine, "://") {
		t.Skipf("the engine is at %s; this test needs one on a Unix socket", engine)
	}
	socket := filepath.Join(t.TempDir(), "engine.sock")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	p := &engineProxy{where: client.WithHost("unix://" + socket), listener: l, stalled: make(chan struct{}), released: make(chan struct{})}
	go p.serve(engine)
	t.Cleanup(p.cut)
	return p
}

func (p *engineProxy) serve(engine string) {
	for {
		in, err := p.listener.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("unix", engine)
		if err != nil {
			in.Close()
			continue
		}
		p.mu.Lock()
		p.conns = append(p.conns, in, out)
		p.mu.Unlock()
		go p.copy(out, in)
		go p.copy(in, out)
	}
}

func (p *engineProxy) copy(to, from net.Conn) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		select {
		case <-p.stalled:
			<-p.released
		default:
		}
		if _, werr := to.Write(buffer[:n]); err != nil || werr != nil {
			if c, ok := to.(*net.UnixConn); ok && errors.Is(err, io.EOF) {
				_ = c.CloseWrite()
				return
			}
			to.Close()
			return
		}
	}
}

func (p *engineProxy) cut() {
	p.listener.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close()
	}
}

// loseEngine runs an agent through a proxy, loses the engine once the agent runs, and
// returns the agent's error. What is left on the real engine is removed with the test.
func loseEngine(t *testing.T, lose func(*engineProxy)) (Instance, error) {
	t.Helper()
	direct := newTestDocker(t)
	proxy := newEngineProxy(t)
	d, err := newDocker(testContext(t), Options{Root: "/", AgentBinary: standin}, proxy.where)
	if err != nil {
		t.Fatal(err)
	}
	d.watchEvery = 20 * time.Millisecond
	t.Cleanup(func() {
		proxy.cut()
		if err := d.Close(); err == nil {
			t.Error("Close without an engine reports no error")
		}
		found, err := direct.list(testContext(t), labelLauncher+"="+d.id)
		if err != nil || len(found) != 2 {
			t.Errorf("left on the engine: %d containers, %v; want target and agent", len(found), err)
		}
		for _, c := range found {
			if err := direct.remove(testContext(t), c.ID, describeContainer(c)); err != nil {
				t.Error(err)
			}
		}
	})
	tgt := testTarget(t, "server")
	i, err := d.Launch(testContext(t), prepare(t, d, tgt), tgt, testPlacement(t))
	if err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	_, err = i.Agent(testContext(t), AgentRun{Job: []byte("hang"), Progress: func([]byte) { once.Do(func() { lose(proxy) }) }})
	return i, err
}

func TestDockerEngineStopped(t *testing.T) {
	i, err := loseEngine(t, (*engineProxy).cut)
	if !errors.Is(err, ErrEngine) {
		t.Errorf("agent: %v, want ErrEngine", err)
	}
	wantIn(t, errorText(t, err), "wait for load agent", "assay run --resume")
	exit, ok := <-i.Exited()
	if !ok || !errors.Is(exit.Err, ErrEngine) {
		t.Errorf("exited: %+v, %t", exit, ok)
	}
	if _, err := i.Stop(testContext(t)); !errors.Is(err, ErrEngine) {
		t.Errorf("stop: %v, want ErrEngine", err)
	}
}

func TestDockerEngineHangs(t *testing.T) {
	_, err := loseEngine(t, func(p *engineProxy) {
		close(p.stalled)
		t.Cleanup(func() { close(p.released) })
	})
	if !errors.Is(err, ErrEngine) {
		t.Errorf("agent: %v, want ErrEngine", err)
	}
}
