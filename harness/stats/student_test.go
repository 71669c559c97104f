package stats

import (
	"math"
	"testing"
)

// At one degree of freedom, t is Cauchy's: P(T >= t) = 1/2 - atan(t)/pi. At two it is
// 1/2 - t / (2 sqrt(2 + t^2)).
func TestStudentTailClosedForms(t *testing.T) {
	for _, x := range []float64{-30, -2, -0.5, 0, 0.5, 1, 3, 12.706} {
		for nu, want := range map[float64]float64{1: 0.5 - math.Atan(x)/math.Pi, 2: 0.5 - x/(2*math.Sqrt(2+x*x))} {
			got, err := StudentTail(x, nu)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "tail", got, want, 1e-13)
		}
	}
}

// Far out the digits stay: values of scipy 1.17.1, t.sf.
func TestStudentTailFarOut(t *testing.T) {
	for _, c := range []struct{ t, nu, want float64 }{
		{1e5, 4, 2.9999999979999997e-20}, {40, 7, 7.951089992425182e-10},
	} {
		got, err := StudentTail(c.t, c.nu)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "tail over scipy's", got/c.want, 1, 1e-12)
	}
}

// The quantile inverts the tail.
func TestStudentQuantileInvertsTail(t *testing.T) {
	for _, nu := range []float64{1, 4, 7.5, 30} {
		for _, p := range []float64{0.001, 0.05, 0.4, 0.9, 0.995} {
			q, err := StudentQuantile(p, nu)
			if err != nil {
				t.Fatal(err)
			}
			tail, err := StudentTail(q, nu)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "tail at the quantile", tail, 1-p, 1e-9)
		}
	}
}
