package conform

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/assay-bench/assay/harness/model"
)

// orderVariants returns the ways to make an order.
func orderVariants() []variant {
	var variants []variant
	for _, set := range []struct {
		status    int
		templates []string
	}{{201, goodOrders()}, {400, malformedOrders()}, {422, meaninglessOrders()}} {
		for _, template := range set.templates {
			variants = append(variants, orderVariant(template, set.status))
		}
	}
	variants = append(variants, variant{"a good order cut short", 400, cutOrder})
	for _, contentType := range []string{"application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON"} {
		variants = append(variants, typeVariant(contentType, 201))
	}
	for _, contentType := range []string{"", "text/plain", "application/jsonl", "application/problem+json", "text/json", "json"} {
		variants = append(variants, typeVariant(contentType, 415))
	}
	return variants
}

func orderVariant(template string, status int) variant {
	return variant{
		name:   "order " + shortened([]byte(template), 0, 60),
		status: status,
		make:   func(r *rand.Rand) request { return order(fill(r, template)) },
	}
}

// cutOrder makes an order that ends too early.
func cutOrder(r *rand.Rand) request {
	whole := fill(r, `{"customer":$c,"items":[$o,$o]}`)
	return order(whole[:r.IntN(len(whole))])
}

// typeVariant makes a good order with a content type; none if it is empty.
func typeVariant(contentType string, status int) variant {
	return variant{
		name:   fmt.Sprintf("content type %q", contentType),
		status: status,
		make: func(r *rand.Rand) request {
			req := order(fill(r, `{"customer":$c,"items":[$o]}`))
			req.headers = map[string]string{"Content-Type": contentType}
			if contentType == "" {
				req.headers = nil
			}
			return req
		},
	}
}

// fill puts random values into a template: $c a customer's name (a JSON string), $i an
// id, $q a quantity, $o an item with both, $s a few white space characters. $50, $49
// and the like are so many items, $u64 and the like so many characters of a name.
func fill(r *rand.Rand, template string) string {
	var b strings.Builder
	for at := 0; at < len(template); at++ {
		if template[at] != '$' {
			b.WriteByte(template[at])
			continue
		}
		at++
		switch c := template[at]; c {
		case 'c':
			b.Write(model.AppendString(nil, randomName(r, 1+r.IntN(model.MaxCustomer))))
		case 'i':
			fmt.Fprint(&b, r.Uint64N(model.MaxInteger+1))
		case 'q':
			fmt.Fprint(&b, 1+r.IntN(model.MaxQuantity))
		case 'o':
			b.WriteString(randomItems(r, 1))
		case 's':
			b.WriteString([]string{"", " ", "\n", "\t", "\r\n", "  \t"}[r.IntN(6)])
		case 'u':
			b.WriteString(randomName(r, number(template[at+1:at+3])))
			at += 2
		default:
			b.WriteString(randomItems(r, number(template[at:at+2])))
			at++
		}
	}
	return b.String()
}

// number reads the two digits of a template.
func number(digits string) int { return int(digits[0]-'0')*10 + int(digits[1]-'0') }

// randomItems makes count items, with their keys in either order.
func randomItems(r *rand.Rand, count int) string {
	items := make([]string, count)
	for i := range items {
		form := []string{`{"id":%[1]d,"quantity":%[2]d}`, `{"quantity":%[2]d,"id":%[1]d}`}[r.IntN(2)]
		items[i] = fmt.Sprintf(form, r.Uint64N(model.MaxInteger+1), 1+r.IntN(model.MaxQuantity))
	}
	return strings.Join(items, ",")
}

// randomName makes a name of so many characters, of one to four bytes each. None of them
// needs an escape. Some are escaped all the same by libraries that write for HTML or
// JavaScript.
func randomName(r *rand.Rand, characters int) string {
	alphabet := []rune("abcXYZ019 -_.<>&'/\u007f\u0080ßüñΩж日本語\u2028\u2029\ufeff\ufffd￼😀𝄞\U0010ffff")
	name := make([]rune, characters)
	for i := range name {
		name[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(name)
}
