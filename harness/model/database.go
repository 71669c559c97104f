package model

import "strconv"

// DatabaseRows is how many rows the table item has: the ids from 0 to DatabaseRows-1.
const DatabaseRows = 10_000

// MaxRows is the most rows that one request asks for.
const MaxRows = 100

// A DriverSet is a path below which a server answers from its database with one kind of driver.
type DriverSet string

// The driver sets of the contract. The equalised ones send as many protocol messages for a request as each other; the stock
// ones use their libraries as they come.
const (
	Async         DriverSet = "/db"
	Blocking      DriverSet = "/db/blocking"
	Stock         DriverSet = "/db/stock"
	StockBlocking DriverSet = "/db/stock-blocking"
)

// DriverSets lists them all.
func DriverSets() []DriverSet { return []DriverSet{Async, Blocking, Stock, StockBlocking} }

// IsBlocking tells whether a server needs a blocking driver for the set.
func (d DriverSet) IsBlocking() bool { return d == Blocking || d == StockBlocking }

// A Row is one row of the table item as the seed makes it; sold is 0.
type Row struct {
	ID         uint64
	SKU, Name  string
	PriceCents uint64
}

// DatabaseRow is the row with this id: sku, name and price are those of the item.
func DatabaseRow(id uint64) Row {
	h0 := SplitMix64(id)
	h1 := SplitMix64(h0)
	return Row{ID: id, SKU: string(appendHex(nil, h0)), Name: string(appendWords(nil, h1, 2, spaced)), PriceCents: priceCents(h1)}
}

// AppendDatabaseItem appends the body of GET /db/item?id= to dst.
func AppendDatabaseItem(dst []byte, id uint64) []byte {
	h0 := SplitMix64(id)
	h1 := SplitMix64(h0)
	dst = append(dst, `{"id":`...)
	dst = strconv.AppendUint(dst, id, 10)
	dst = append(dst, `,"sku":"`...)
	dst = appendHex(dst, h0)
	dst = append(dst, `","name":"`...)
	dst = appendWords(dst, h1, 2, spaced)
	dst = append(dst, `","price_cents":`...)
	dst = strconv.AppendUint(dst, priceCents(h1), 10)
	return append(dst, '}')
}

// AppendDatabaseItems appends the body of GET /db/items?n=&id= to dst.
func AppendDatabaseItems(dst []byte, n, id uint64) []byte {
	dst = append(dst, `{"items":[`...)
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendDatabaseItem(dst, SplitMix64(id+i)%DatabaseRows)
	}
	return append(dst, `]}`...)
}
