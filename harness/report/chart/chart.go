package chart

import (
	"bytes"
	"fmt"
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

const (
	// fullWidth is the width at which most plots are meant to be read (CSS pixels).
	fullWidth = 900
	// PNGScale is how many pixels of the PNG fall on one of those.
	PNGScale = 2

	pointsPerPixel = 0.75 // 72 points and 96 CSS pixels an inch
	pngDPI         = 96 * PNGScale
)

// A Chart is an [XY], a [Forest] or a [Slope].
type Chart interface {
	// Pixels is the size at which it is meant to be read, in CSS pixels.
	Pixels() (width, height int)
	check() error
	draw(draw.Canvas)
}

// SVG renders the chart as an SVG document. It fails when a value cannot be drawn:
// not finite, or not positive on a logarithmic axis.
func SVG(c Chart) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	w, h := size(c)
	canvas := vgsvg.New(w, h)
	paint(c, draw.New(canvas))
	var buf bytes.Buffer
	if _, err := canvas.WriteTo(&buf); err != nil {
		return nil, fmt.Errorf("write svg: %w", err)
	}
	return namedFonts(buf.Bytes()), nil
}

// PNG renders the chart as a PNG image, PNGScale times its size in pixels. It fails as
// [SVG] does.
func PNG(c Chart) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	w, h := size(c)
	canvas := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(pngDPI))}
	paint(c, draw.New(canvas))
	var buf bytes.Buffer
	if _, err := canvas.WriteTo(&buf); err != nil {
		return nil, fmt.Errorf("write png: %w", err)
	}
	return buf.Bytes(), nil
}

func size(c Chart) (w, h vg.Length) {
	width, height := c.Pixels()
	return vg.Length(width) * pointsPerPixel, vg.Length(height) * pointsPerPixel
}

func paint(c Chart, canvas draw.Canvas) {
	canvas.SetColor(color.White)
	canvas.Fill(canvas.Rectangle.Path())
	const margin = 8
	c.draw(draw.Crop(canvas, margin, -margin, margin, -margin))
}

// namedFonts gives every text a family that a reader's machine has. The plots are laid
// out with Liberation Sans; Arial and Helvetica have the same widths.
func namedFonts(svg []byte) []byte {
	return bytes.ReplaceAll(svg,
		[]byte("font-family:Liberation Sans;"),
		[]byte("font-family:'Liberation Sans',Arial,Helvetica,sans-serif;"))
}
