package verdict

import (
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/stats"
)

// draws is how many samples are drawn to see what the rule sees: at four in five the standard error is 0.6 %.
const draws = 4_000

// mostDrawn bounds the values of a drawn sample, since a signed-rank interval takes as many steps as there are pairs of them.
// The ends of either interval of more values go with the root of their number.
const mostDrawn = 30

// sight is what the two intervals of a comparison do over so many blocks, each end in standard deviations of d = ln(X/Y) from the
// true mean: the intervals move with the mean and widen with the noise, so that one set of samples serves for all of both.
type sight struct {
	rank, t []stats.Interval // of the same sample
}

// newSight takes the judge's intervals of normal samples. They are always the same ones.
func newSight(blocks int, confidence float64) (s sight, err error) {
	n := min(blocks, mostDrawn)
	shrink := math.Sqrt(float64(n) / float64(blocks))
	random := sequence(1)
	d := make([]float64, n)
	for range draws {
		for i := range d {
			d[i] = random.normal() * shrink
		}
		t, err := stats.TInterval(d, confidence)
		if err != nil {
			return s, err
		}
		rank, err := stats.SignedRank(d, confidence)
		if err != nil {
			return s, err
		}
		s.t, s.rank = append(s.t, t), append(s.rank, rank)
	}
	return s, nil
}

// detectable is the smallest true advantage beyond the margin, in standard deviations, that both intervals call better with the chance.
func (s sight) detectable(chance float64) float64 {
	needed := make([]float64, len(s.t))
	for i := range needed {
		needed[i] = -min(s.t[i].Low, s.rank[i].Low)
	}
	return atShare(needed, chance)
}

// quietEnough is how many standard deviations the margin needs so that two equal servers are shown to tie with the chance;
// infinite where no margin is enough.
func (s sight) quietEnough(chance float64) float64 {
	needed := make([]float64, len(s.t))
	for i := range needed {
		needed[i] = s.marginForTie(i)
	}
	return atShare(needed, chance)
}

// tieShown is the share of the samples of two equal servers that are a tie within a margin, in standard deviations.
func (s sight) tieShown(margin float64) float64 {
	n := 0
	for i := range s.t {
		if s.marginForTie(i) < margin {
			n++
		}
	}
	return float64(n) / float64(len(s.t))
}

// marginForTie is the margin beyond which a sample is called a tie; infinite where equality lies outside the t interval or
// signed ranks call X the better one. Where they call it the worse one, "X beats Y" is refuted by both.
func (s sight) marginForTie(i int) float64 {
	t, rank := s.t[i], s.rank[i]
	switch {
	case t.Low > 0 || t.High < 0 || rank.Low > 0:
		return math.Inf(1)
	case rank.High < 0:
		return max(-t.Low, t.High)
	}
	return max(-t.Low, t.High, -rank.Low, rank.High)
}

// atShare is the number that so large a share of the numbers does not exceed.
func atShare(numbers []float64, share float64) float64 {
	slices.Sort(numbers)
	at := int(math.Ceil(share*float64(len(numbers)))) - 1
	return numbers[max(0, min(at, len(numbers)-1))]
}

// A sequence is random numbers that are the same in every run: SplitMix64 (Steele, Lea and Flood 2014).
type sequence uint64

// normal draws from the standard normal distribution, by the inverse of its distribution function.
func (s *sequence) normal() float64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	const steps = 1 << 53
	return math.Sqrt2 * math.Erfinv(2*(float64(z>>11)+0.5)/steps-1)
}
