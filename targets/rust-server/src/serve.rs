//! Accepts connections, counts them, and drains them at the end.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

/// Leaves two of the contract's 10 s for leaving, on a busy machine too.
pub const DRAIN: Duration = Duration::from_secs(8);

/// Bounds the wait for the head of a request, the first of a connection as well as the
/// next. The contract asks for 120 s or more.
const IDLE: Duration = Duration::from_secs(150);

/// The most that the head of a request may have. `axum::serve` would not let us set it.
const HEAD_BYTES: usize = 32 * 1024;

/// The pause after an accept that failed for want of file descriptors or memory.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The number of open connections.
#[derive(Clone, Default)]
pub struct Gauge(Arc<AtomicUsize>);

impl Gauge {
    pub fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts one more for as long as the ticket lives.
    fn enter(&self) -> Ticket {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ticket(self.clone())
    }
}

struct Ticket(Gauge);

impl Drop for Ticket {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves until `shutdown` completes, then drains for at most `drain`.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    open: &Gauge,
    drain: Duration,
    shutdown: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(IDLE)
        .max_buf_size(HEAD_BYTES);
    let service = TowerToHyperService::new(app);
    let graceful = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let stream = tokio::select! {
            stream = accept(&listener) => stream,
            () = &mut shutdown => break,
        };
        let ticket = open.enter();
        let connection = http.serve_connection(TokioIo::new(stream), service.clone());
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _ticket = ticket;
            // An error means that the client has gone or did not speak HTTP.
            let _ = connection.await;
        });
    }
    drop(listener);
    // Elapsed: what is still busy is cut off by the end of the runtime.
    let _ = timeout(drain, graceful.shutdown()).await;
}

/// Waits for the next connection, through whatever errors come before it.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            // Only a socket that is gone already fails to be set.
            Ok((stream, _)) if stream.set_nodelay(true).is_ok() => return stream,
            Ok(_) => {}
            Err(error) => {
                eprintln!("rust-server: accept: {error}");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::thread;

    use axum::routing::get;
    use tokio::sync::mpsc;

    use super::*;

    #[test]
    fn a_drain_cuts_off_what_takes_too_long() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        let (enter, mut entered) = mpsc::unbounded_channel();
        let endless = move || {
            enter.send(()).unwrap();
            future::pending::<()>()
        };
        let app = Router::new().route("/", get(endless));
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let addr = listener.local_addr().unwrap();
        let client = thread::spawn(move || {
            let mut stream = TcpStream::connect(addr).unwrap();
            stream.set_read_timeout(Some(IDLE)).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
            stream.read(&mut [0])
        });
        let open = Gauge::default();
        let shutdown = async move {
            entered.recv().await;
        };
        runtime.block_on(serve(
            listener,
            app,
            &open,
            Duration::from_millis(1),
            shutdown,
        ));
        assert_eq!(open.get(), 1);
        drop(runtime);
        assert_eq!(open.get(), 0);
        assert!(matches!(client.join().unwrap(), Ok(0) | Err(_)));
    }
}
