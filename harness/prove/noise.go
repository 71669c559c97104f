package prove

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// Outliers multiply a cost by a factor between these; its logarithm is uniform.
const (
	outlierLeast = 1.3
	outlierMost  = 3.0
)

// unevenRise is by how much an outlier of the uneven target costs more.
const unevenRise = 0.30

// blockSD is the spread of the effects that all trials of a block share: what a host changes from one quarter of an
// hour to the next. In a nightly run of eight blocks on a shared host it was 2-9 % of CPU time per request in most cells and 15 % in
// the one with the least load, by the covariance of both servers. How often a drift withholds verdicts depends mostly on this
// number (decision 0014).
const blockSD = 0.07

// A Noise says how the numbers of trials scatter about the truth. All of it acts on logarithms: a cost is its true value
// times exp(effect), and an effect is the sum of the parts below. A cost is what is better low; of a metric that is better
// high, such as throughput, the inverse is the cost.
type Noise struct {
	Name string
	// Block is the standard deviation of the effect that the trials of one block in one cell share.
	Block float64
	// Trial is the standard deviation of each trial's own effect. A block's ln(X/Y) has sqrt(2) times that.
	Trial float64
	// OutlierTrial is the probability that one trial, drawn among those of one block in one cell, is disturbed: all its
	// costs rise by one factor of 1.3 to 3.
	OutlierTrial float64
	// OutlierBlock is the probability that all trials of one block in one cell are disturbed alike.
	OutlierBlock float64
	// Drift is the share by which the last trial of a run costs more than the first; the logarithm rises linearly
	// with the trial's place in the run.
	Drift float64
	// Again is the share by which a server's second trial in a block costs more than its first: what the A/A control is
	// there to find.
	Again float64
	// Uneven is the target whose trials scatter more than the others: by UnevenTrial in place of Trial, and UnevenOutlier is the
	// probability that one costs unevenRise more. The logarithms of its outliers have mean 0: they are skewed about the truth, and
	// the truth is the mean of ln(X/Y). "" for none.
	Uneven        string
	UnevenTrial   float64
	UnevenOutlier float64
	// Rejected is the probability that an attempt at a trial is rejected, and tried again as a run does. What was rejected was
	// disturbed, like an outlier. Lost is the probability that no attempt at a trial stands.
	Rejected, Lost float64
}

// logNormal is noise of the host and of the trial and nothing else; trial is the standard deviation of a trial's logarithm.
func logNormal(name string, trial float64) Noise {
	return Noise{Name: name, Block: blockSD, Trial: trial}
}

// The noises of the scenarios, each in this place alone. For comparison, what trials had in that run, cell by cell, by the
// differences of the A/A pairs: resident memory up to 2.4 %, throughput up to 4 %, the p50 up to 4 % in most cells and 13 % at
// worst, CPU time per request the same, and the p99 2-8 % where a database or the server's limit sets it and 27-52 % where
// stalls of the host do, with pairs that differ by a factor of up to 3.7.
func noise1() Noise { return logNormal("1 %", 0.01) }
func noise3() Noise { return logNormal("3 %", 0.03) }
func noise5() Noise { return logNormal("5 %", 0.05) }
func noise8() Noise { return logNormal("8 %", 0.08) }

// noisePair3 makes the block's difference ln(X/Y), and not the trial, scatter by 3 %.
func noisePair3() Noise { return logNormal("2.1 % (3 % of a block's ratio)", 0.03/math.Sqrt2) }

func noiseOutliers() Noise {
	n := logNormal("3 %, outliers", 0.03)
	n.OutlierTrial, n.OutlierBlock = 0.10, 0.05
	return n
}

// noiseUneven has one of two servers that scatters four times as much as the other, to one side.
func noiseUneven(target string) Noise {
	other := map[string]string{targetX: "Y", targetY: "X"}[target]
	n := logNormal(fmt.Sprintf("%s 2 %%; %s 8 %%, outliers of +30 %%", other, strings.ToUpper(target)), 0.02)
	n.Uneven, n.UnevenTrial, n.UnevenOutlier = target, 0.08, 0.10
	return n
}

// noiseRejected has trials that a check rejects.
func noiseRejected() Noise {
	n := logNormal("3 %, rejected trials", 0.03)
	n.Rejected, n.Lost = 0.10, 0.02
	return n
}

// noise20 and those below are of a p99.
func noise20() Noise { return logNormal("20 %", 0.20) }

func noise20Outliers() Noise {
	n := logNormal("20 %, outliers", 0.20)
	n.OutlierTrial, n.OutlierBlock = 0.10, 0.05
	return n
}

func noise35Outliers() Noise {
	n := logNormal("35 %, outliers", 0.35)
	n.OutlierTrial, n.OutlierBlock = 0.10, 0.05
	return n
}

func noiseAgain() Noise {
	n := logNormal("3 %, a second trial costs 10 % more", 0.03)
	n.Again = 0.10
	return n
}

func noiseSteepDrift() Noise {
	n := logNormal("3 %, drift of 50 %", 0.03)
	n.Drift = 0.50
	return n
}

func noiseDrift() Noise {
	n := logNormal("3 %, drift of 15 %", 0.03)
	n.Drift = 0.15
	return n
}

// effects draws the effects on the costs of the trials of one block in one cell: [trial][metric]. Noise of block and trial
// is drawn for each metric by itself, which leaves the errors of a family as far from each other as they can be; a
// disturbance hits all metrics of a trial. Drift is not in it.
func (n Noise) effects(rng *rand.Rand, trials, metrics int) [][]float64 {
	all := make([][]float64, trials)
	values := make([]float64, trials*metrics)
	for i := range all {
		all[i] = values[i*metrics : (i+1)*metrics]
	}
	for m := range metrics {
		shared := n.Block * rng.NormFloat64()
		for i := range all {
			all[i][m] = shared + n.Trial*rng.NormFloat64()
		}
	}
	if rng.Float64() < n.OutlierTrial {
		raise(all[rng.IntN(trials)], outlier(rng))
	}
	if rng.Float64() < n.OutlierBlock {
		raise(values, outlier(rng))
	}
	return all
}

// uneven is what a trial of a target adds to the effect of each of some metrics, nil where its noise is like the others'.
func (n Noise) uneven(rng *rand.Rand, target string, metrics int) []float64 {
	if n.Uneven == "" || target != n.Uneven {
		return nil
	}
	extra := make([]float64, metrics)
	wider := math.Sqrt(n.UnevenTrial*n.UnevenTrial - n.Trial*n.Trial)
	for m := range extra {
		extra[m] = wider*rng.NormFloat64() - n.UnevenOutlier*math.Log1p(unevenRise)
	}
	if rng.Float64() < n.UnevenOutlier {
		raise(extra, math.Log1p(unevenRise))
	}
	return extra
}

// rejections draws how many attempts at a trial are rejected, and whether none stands.
func (n Noise) rejections(rng *rand.Rand, attempts int) (rejected int, lost bool) {
	if n.Rejected == 0 && n.Lost == 0 {
		return 0, false // no numbers drawn: the other noises keep theirs
	}
	if rng.Float64() < n.Lost {
		return attempts, true
	}
	for rejected < attempts && rng.Float64() < n.Rejected {
		rejected++
	}
	return rejected, rejected == attempts
}

// drift is the effect at a place of the run: 0 for the first trial, 1 for the last.
func (n Noise) drift(at float64) float64 { return math.Log1p(n.Drift) * at }

func outlier(rng *rand.Rand) float64 {
	low, high := math.Log(outlierLeast), math.Log(outlierMost)
	return low + (high-low)*rng.Float64()
}

func raise(effects []float64, by float64) {
	for i := range effects {
		effects[i] += by
	}
}
