package stats

import (
	"math/rand/v2"
	"testing"
)

// norris is the linear calibration of ozone monitors, (y, x): NIST StRD, Norris.dat.
var norris = [][2]float64{
	{0.1, 0.2}, {338.8, 337.4}, {118.1, 118.2}, {888.0, 884.6}, {9.2, 10.1}, {228.1, 226.5},
	{668.5, 666.3}, {998.5, 996.3}, {449.1, 448.6}, {778.9, 777.0}, {559.2, 558.2}, {0.3, 0.4},
	{0.1, 0.6}, {778.1, 775.5}, {668.8, 666.9}, {339.3, 338.0}, {448.9, 447.5}, {10.8, 11.6},
	{557.7, 556.0}, {228.3, 228.1}, {998.0, 995.8}, {888.8, 887.6}, {119.6, 120.2}, {0.3, 0.3},
	{0.6, 0.3}, {557.6, 556.8}, {339.3, 339.1}, {888.0, 887.2}, {998.5, 999.0}, {778.9, 779.0},
	{10.2, 11.1}, {117.6, 118.3}, {228.9, 229.2}, {668.4, 669.1}, {449.2, 448.9}, {0.2, 0.5},
}

// NIST certifies slope 1.00211681802045 and intercept -0.262323073774029.
func TestFitLineNorris(t *testing.T) {
	var x, y []float64
	for _, p := range norris {
		y, x = append(y, p[0]), append(x, p[1])
	}
	line, err := FitLine(x, y)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope", line.Slope, 1.00211681802045, 1e-12)
	near(t, "intercept", line.Intercept, -0.262323073774029, 1e-10)
}

// Scaling y scales the slope, scaling x divides it, shifts leave it.
func TestFitLineInvariance(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		n := 3 + random.IntN(5)
		x, y, mx, my := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		a, b, c, d := 0.1+random.Float64(), random.NormFloat64(), 0.1+random.Float64(), random.NormFloat64()
		for i := range x {
			x[i], y[i] = float64(i)+random.Float64(), random.NormFloat64()
			mx[i], my[i] = a*x[i]+b, c*y[i]+d
		}
		base, err := FitLine(x, y)
		if err != nil {
			t.Fatal(err)
		}
		moved, err := FitLine(mx, my)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "slope", moved.Slope, base.Slope*c/a, 1e-9)
	}
}
