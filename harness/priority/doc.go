// Package priority keeps what watches a trial from delaying the load. On a CPU where the load agent is awake before every
// send, whatever else runs there makes sends late; what merely counts can wait a moment, since each count carries its time.
package priority
