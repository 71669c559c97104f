package trial

// Conformance is the study of whether the targets give the contract's answers: by target ID. A run begins only where
// there is no difference.
type Conformance map[string]Conformity

// Conformity is what the contract's requests showed of one target.
type Conformity struct {
	Checked     int `json:"checked"`     // requests and behaviours
	Differences int `json:"differences"` // of them, those that were not as the contract says
}
