// Package epoll is what an event loop over raw sockets needs of Linux, and nothing more: a set of sockets that one
// thread waits on, one read, one write.
//
// The native load engine (load/conns) and the null server (null) are built on it. Both run each loop on a thread of its
// own and make millions of calls a second; each call goes to the kernel in the cheapest way that is safe for it:
//
//   - [Read] and [Write] never block, so Go's scheduler is not told of them: that would cost more than some of them take.
//   - [Set.Wait] is for waits of milliseconds. It keeps the thread's processor meanwhile, and a garbage collection has to
//     wait for its end.
//   - [Set.Next] is the same for a set with a [Set.Tick], and does without a time of its own.
//   - [Set.Sleep] is for waits without a bound. It gives the processor away.
//
// Sockets, connections and protocols are left to the callers. On other systems the package is empty.
package epoll
