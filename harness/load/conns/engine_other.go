//go:build !linux

package conns

import (
	"context"
	"errors"
	"time"
)

// An Engine needs epoll; here it is none.
type Engine struct{}

// New says that this system has no native engine.
func New(Config) (*Engine, error) {
	return nil, errors.New("the native load engine needs Linux's epoll; use vegeta here")
}

// Nothing below is reached: New makes no Engine.

func (*Engine) Connect(context.Context, time.Time) error         { panic("conns: no engine") }
func (*Engine) Drive(context.Context, time.Time) (*Tally, error) { panic("conns: no engine") }
func (*Engine) Tally() *Tally                                    { panic("conns: no engine") }
func (*Engine) Open() int                                        { panic("conns: no engine") }
func (*Engine) Answers() int64                                   { panic("conns: no engine") }
func (*Engine) Closed() int64                                    { panic("conns: no engine") }
func (*Engine) Reopened() int64                                  { panic("conns: no engine") }
func (*Engine) Idled() time.Duration                             { panic("conns: no engine") }
func (*Engine) Arm()                                             { panic("conns: no engine") }
func (*Engine) Disarm()                                          { panic("conns: no engine") }
func (*Engine) Close()                                           { panic("conns: no engine") }
