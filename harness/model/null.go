package model

// NullAnswer is the body of the null server's answer to GET /null?id=N, whatever N is: 300 bytes of JSON, about as long
// as an item. It belongs to no target's contract.
const NullAnswer = `{"null":true,"filler":"` +
	`nothing is computed here and nothing is looked up; ` +
	`nothing is computed here and nothing is looked up; ` +
	`nothing is computed here and nothing is looked up; ` +
	`nothing is computed here and nothing is looked up; ` +
	`nothing is computed here and nothing is looked up; ` +
	`and so it goes......"}`
