package model

// OrderLines is how many lines an order has that is driven as load.
const OrderLines = 3

// orderCustomer is the customer of such orders; which order an answer is of shows in its lines.
const orderCustomer = "c-17"

// loadOrder is the order that load makes of an id: lines of rows that there are, spread over the table, so that few orders wait for
// each other's rows.
func loadOrder(id uint64, lines *[OrderLines]Line) Order {
	for i := range lines {
		h := SplitMix64(id + uint64(i))
		lines[i] = Line{ID: h % DatabaseRows, Quantity: 1 + h>>40%MaxQuantity}
	}
	return Order{Customer: orderCustomer, Lines: lines[:]}
}

// orders asks for one order, whose answer follows from the id as its lines do.
func orders(path string) Request {
	return Request{
		Method: "POST", Path: path, Status: 201,
		Body: func(dst []byte, id uint64) []byte {
			var lines [OrderLines]Line
			return appendOrderRequest(dst, loadOrder(id, &lines))
		},
		Want: func(dst []byte, id uint64) []byte {
			var lines [OrderLines]Line
			return AppendOrder(dst, loadOrder(id, &lines))
		},
	}
}

// appendOrderRequest appends the body of POST /orders that asks for an order.
func appendOrderRequest(dst []byte, o Order) []byte {
	dst = AppendString(append(dst, `{"customer":`...), o.Customer)
	dst = append(dst, `,"items":[`...)
	for i, line := range o.Lines {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendMember(dst, `{"id":`, line.ID)
		dst = append(appendMember(dst, `,"quantity":`, line.Quantity), '}')
	}
	return append(dst, `]}`...)
}
