//go:build !race

package prove

import (
	"math"
	"math/rand/v2"
	"testing"
)

// moments are of the effects of 20,000 blocks of three trials and two metrics.
type moments struct {
	mean, trial, block, pair float64 // mean; sd within a block, between blocks, of the difference of two trials
	metrics                  float64 // correlation of two metrics of one trial
}

func momentsOf(n Noise) moments {
	const blocks, trials = 20_000, 3
	rng := rand.New(rand.NewPCG(1, 2))
	var sum, within, between, pair, a2, b2, ab float64
	for range blocks {
		e := n.effects(rng, trials, 2)
		mean := (e[0][0] + e[1][0] + e[2][0]) / trials
		sum += mean
		between += mean * mean
		for _, t := range e {
			within += (t[0] - mean) * (t[0] - mean)
		}
		pair += (e[0][0] - e[1][0]) * (e[0][0] - e[1][0])
		a2, b2, ab = a2+e[0][0]*e[0][0], b2+e[0][1]*e[0][1], ab+e[0][0]*e[0][1]
	}
	within /= blocks * (trials - 1)
	return moments{
		mean: sum / blocks, trial: math.Sqrt(within), block: math.Sqrt(between/blocks - within/trials), pair: math.Sqrt(pair / blocks),
		metrics: ab / math.Sqrt(a2*b2),
	}
}

func TestLogNormalNoise(t *testing.T) {
	for _, n := range []Noise{noise1(), noise3(), noisePair3(), noise5(), noise8(), noise20()} {
		got := momentsOf(n)
		for _, c := range []struct {
			name                  string
			got, want, standardOf float64 // standardOf: standard error of the estimate
		}{
			{"mean", got.mean, 0, math.Hypot(n.Block, n.Trial) / math.Sqrt(20_000)},
			{"sd of a trial", got.trial, n.Trial, n.Trial / math.Sqrt(80_000)},
			{"sd of a block", got.block, n.Block, n.Block / math.Sqrt(40_000)},
			{"sd of a difference", got.pair, n.Trial * math.Sqrt2, n.Trial / math.Sqrt(20_000)},
			{"correlation of metrics", got.metrics, 0, 1 / math.Sqrt(20_000)},
		} {
			if math.Abs(c.got-c.want) > 4*c.standardOf {
				t.Errorf("noise %s: %s %.5f, want %.5f +- %.5f", n.Name, c.name, c.got, c.want, c.standardOf)
			}
		}
	}
}

// Without any other noise an effect is 0 or that of a disturbance, the same for all metrics of a trial.
func TestOutliers(t *testing.T) {
	n := Noise{OutlierTrial: 0.10, OutlierBlock: 0.05}
	rng := rand.New(rand.NewPCG(3, 4))
	const blocks = 50_000
	trials, whole := 0, 0
	at := [3]int{}
	for range blocks {
		e := n.effects(rng, 3, 2)
		all := math.Min(e[0][0], math.Min(e[1][0], e[2][0]))
		if all > 0 {
			whole++
		}
		for i, effect := range e {
			if effect[0] != effect[1] {
				t.Fatalf("one disturbance, two factors: %v", effect)
			}
			own := effect[0] - all
			if own > 1e-9 {
				trials++
				at[i]++
			}
			for _, by := range []float64{own, all} {
				if by > 1e-9 && (by < math.Log(outlierLeast)-1e-9 || by > math.Log(outlierMost)+1e-9) {
					t.Fatalf("a disturbance by a factor of %g", math.Exp(by))
				}
			}
		}
	}
	for _, c := range []struct {
		what        string
		got, of     int
		probability float64
	}{
		{"disturbed trials", trials, blocks, 0.10}, {"disturbed blocks", whole, blocks, 0.05},
		{"the first trial among them", at[0], trials, 1. / 3}, {"the last", at[2], trials, 1. / 3},
	} {
		sd := math.Sqrt(c.probability * (1 - c.probability) / float64(c.of))
		if share := float64(c.got) / float64(c.of); math.Abs(share-c.probability) > 4*sd {
			t.Errorf("%s: %.4f, want %.4f +- %.4f", c.what, share, c.probability, sd)
		}
	}
}

// The uneven target's trials scatter as the noise says, about the truth; the others' are left alone.
func TestUnevenNoise(t *testing.T) {
	n := noiseUneven(targetY)
	rng := rand.New(rand.NewPCG(5, 6))
	if extra := n.uneven(rng, targetX, 2); extra != nil {
		t.Errorf("X has %v more", extra)
	}
	const trials = 50_000
	rise := math.Log1p(unevenRise)
	want := n.UnevenTrial*n.UnevenTrial - n.Trial*n.Trial + rise*rise*n.UnevenOutlier*(1-n.UnevenOutlier) // variance
	var sum, squares, cubes float64
	for range trials {
		extra := n.uneven(rng, targetY, 2)[0]
		sum, squares, cubes = sum+extra, squares+extra*extra, cubes+extra*extra*extra
	}
	if mean := sum / trials; math.Abs(mean) > 4*math.Sqrt(want/trials) {
		t.Errorf("mean %g, want 0", mean)
	}
	if got := squares / trials; math.Abs(got-want) > 0.03*want {
		t.Errorf("variance %g, want %g", got, want)
	}
	if cubes <= 0 {
		t.Errorf("third moment %g: not skewed upward", cubes/trials)
	}
	if m := (momentsOf(Noise{Block: n.Block, Trial: n.Trial})); math.Abs(m.trial-0.02) > 0.001 {
		t.Errorf("sd of the other's trial %g", m.trial)
	}
}

func TestDrift(t *testing.T) {
	n := noiseDrift()
	for at, want := range map[float64]float64{0: 1, 0.5: math.Sqrt(1.15), 1: 1.15} {
		if got := math.Exp(n.drift(at)); math.Abs(got-want) > 1e-12 {
			t.Errorf("at %g of the run a cost is %g times the first, want %g", at, got, want)
		}
	}
	if got := noise3().drift(1); got != 0 {
		t.Errorf("noise without drift drifts by %g", got)
	}
}
