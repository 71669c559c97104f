package main

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	selectItem = "SELECT id, sku, name, price_cents FROM item WHERE id = $1"

	maxItems = 100
	rows     = 10_000 // of the table, with the ids from 0
)

// A row is an item as the database has it.
type row struct {
	id         int64
	sku, name  string
	priceCents int32
}

func readRow(ctx context.Context, conn *pgxpool.Conn, id uint64) (row, error) {
	var item row
	err := conn.QueryRow(ctx, selectItem, int64(id)).Scan(&item.id, &item.sku, &item.name, &item.priceCents)
	return item, err
}

// getItem answers GET item?id=N with one query.
func (d *database) getItem(w http.ResponseWriter, r *http.Request) {
	id, ok := integer(r, "id", 0, maxInteger)
	if !ok {
		reject(w, http.StatusBadRequest, "id must be an integer from 0 to 9007199254740991")
		return
	}
	var item row
	err := d.with(r.Context(), func(conn *pgxpool.Conn) (err error) {
		item, err = readRow(r.Context(), conn, id)
		return err
	})
	if err != nil {
		rejectRow(w, err)
		return
	}
	replyJSON(w, http.StatusOK, item.append(make([]byte, 0, 128)))
}

// getItems answers GET items?n=K&id=N with K queries, one after the other.
func (d *database) getItems(w http.ResponseWriter, r *http.Request) {
	n, ok := integer(r, "n", 1, maxItems)
	if !ok {
		reject(w, http.StatusBadRequest, "n must be an integer from 1 to 100")
		return
	}
	id, ok := integer(r, "id", 0, maxInteger)
	if !ok && has(r, "id") {
		reject(w, http.StatusBadRequest, "id must be an integer from 0 to 9007199254740991")
		return
	}
	body := append(make([]byte, 0, 128*n), `{"items":[`...)
	err := d.with(r.Context(), func(conn *pgxpool.Conn) error {
		for i := range n {
			item, err := readRow(r.Context(), conn, splitmix64(id+i)%rows)
			if err != nil {
				return err
			}
			if i > 0 {
				body = append(body, ',')
			}
			body = item.append(body)
		}
		return nil
	})
	if err != nil {
		rejectRow(w, err)
		return
	}
	replyJSON(w, http.StatusOK, append(body, `]}`...))
}

func rejectRow(w http.ResponseWriter, err error) {
	if errors.Is(err, pgx.ErrNoRows) {
		reject(w, http.StatusNotFound, "no such item")
		return
	}
	rejectDatabase(w, err)
}

// append appends the row as a JSON object.
func (item row) append(b []byte) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, item.id, 10)
	b = append(b, `,"sku":`...)
	b = appendString(b, item.sku)
	b = append(b, `,"name":`...)
	b = appendString(b, item.name)
	b = append(b, `,"price_cents":`...)
	b = strconv.AppendInt(b, int64(item.priceCents), 10)
	return append(b, '}')
}
