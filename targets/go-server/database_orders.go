package main

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const updateItem = "UPDATE item SET sold = sold + $2 WHERE id = $1 RETURNING price_cents"

// postOrder answers POST orders: all lines are sold in one transaction, or none.
func (d *database) postOrder(w http.ResponseWriter, r *http.Request) {
	o, ok := readOrder(w, r)
	if !ok {
		return
	}
	var prices []int64
	err := d.with(r.Context(), func(conn *pgxpool.Conn) error {
		return pgx.BeginFunc(r.Context(), conn, func(tx pgx.Tx) (err error) {
			prices, err = sell(r.Context(), tx, o.lines)
			return err
		})
	})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		reject(w, http.StatusUnprocessableEntity, "no such item")
	case err != nil:
		rejectDatabase(w, err)
	default:
		replyJSON(w, http.StatusCreated, appendOrder(make([]byte, 0, 512), o, prices))
	}
}

// sell updates the item of each line and returns their prices, in the order of the lines.
// It locks the rows in the order of their ids, so that orders never wait for each other
// in a circle.
func sell(ctx context.Context, tx pgx.Tx, lines []line) ([]int64, error) {
	byID := make([]int, len(lines))
	for i := range byID {
		byID[i] = i
	}
	slices.SortStableFunc(byID, func(a, b int) int { return cmp.Compare(lines[a].id, lines[b].id) })
	prices := make([]int64, len(lines))
	for _, i := range byID {
		var price int32
		err := tx.QueryRow(ctx, updateItem, int64(lines[i].id), int64(lines[i].quantity)).Scan(&price)
		if err != nil {
			return nil, err
		}
		prices[i] = int64(price)
	}
	return prices, nil
}
