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
	// WidthPixels is the width at which a plot is meant to be read (CSS pixels).
	WidthPixels = 900
	// PNGScale is how many pixels of the PNG fall on one of those.
	PNGScale = 2

	pointsPerPixel = 0.75 // 72 points and 96 CSS pixels an inch
	pngDPI         = 96 * PNGScale
)

// A Chart is an [XY] or a [Forest].
type Chart interface {
	// HeightPixels is the height in CSS pixels; the width is always WidthPixels.
	HeightPixels() int
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

// PNG renders the chart as a PNG image, PNGScale times WidthPixels wide. It fails as
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
	return vg.Length(WidthPixels * pointsPerPixel), vg.Length(float64(c.HeightPixels()) * pointsPerPixel)
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
