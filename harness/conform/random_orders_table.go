package conform

// goodOrders returns templates (see fill) of orders that are answered 201.
func goodOrders() []string {
	return []string{
		`{"customer":$c,"items":[$o]}`,
		`{"customer":$c,"items":[$o,$o,$o]}`,
		`{"items":[$o,$o],"customer":$c}`,
		`$s{$s"customer"$s:$s$c$s,$s"items"$s:$s[$s{$s"id"$s:$s$i$s,$s"quantity"$s:$s$q$s}$s,$s$o$s]$s}$s`,
		// exact limits
		`{"customer":"$u01","items":[$o]}`,
		`{"customer":"$u64","items":[$o]}`,
		`{"customer":$c,"items":[$50]}`,
		`{"customer":$c,"items":[{"id":$i,"quantity":1},{"id":$i,"quantity":100}]}`,
		`{"customer":$c,"items":[{"id":0,"quantity":$q},{"id":9007199254740991,"quantity":$q}]}`,
		`{"customer":$c,"items":[{"id":7,"quantity":$q},{"id":7,"quantity":$q}]}`,
		// escapes
		`{"customer":"\"\\\/\b\f\n\r\t","items":[$o]}`,
		`{"customer":"\u0000\u0001\u000b\u001F\u007f\u0008\u000C\u000a\u000D\u0009","items":[$o]}`,
		`{"customer":"\u0022\u005C\u002f\u0041\u00E9\u20ac","items":[$o]}`,
		`{"customer":"\ud83d\ude00\uD834\uDD1E\uDBFF\uDFFF","items":[$o]}`,
		`{"customer":"\ufffe\uffff\ud7ff\ue000\ufffd","items":[$o]}`,
		`{"custome\u0072":$c,"\u0069tems":[{"i\u0064":$i,"quantity":$q}]}`,
	}
}

// meaninglessOrders returns templates of orders that are answered 422.
func meaninglessOrders() []string {
	return []string{
		`{"customer":"","items":[$o]}`,
		`{"customer":"$u65","items":[$o]}`,
		`{"customer":"$u63\ud83d\ude00a","items":[$o]}`,
		`{"customer":$c,"items":[]}`,
		`{"customer":$c,"items":[$s]}`,
		`{"customer":$c,"items":[$50,$o]}`,
		`{"customer":$c,"items":[$99]}`,
		`{"customer":$c,"items":[$o,{"id":$i,"quantity":0}]}`,
		`{"customer":$c,"items":[{"id":$i,"quantity":101},$o]}`,
		`{"customer":$c,"items":[{"id":$i,"quantity":256}]}`,
		`{"customer":$c,"items":[{"id":$i,"quantity":4294967297}]}`,
		`{"customer":$c,"items":[{"id":$i,"quantity":9007199254740991}]}`,
		// the first rule that fails
		`{"customer":"","items":[]}`,
		`{"customer":"","items":[{"id":$i,"quantity":0}]}`,
		`{"items":[{"id":$i,"quantity":0},$50],"customer":$c}`,
	}
}

// malformedOrders returns templates of orders that are answered 400.
func malformedOrders() []string {
	return []string{
		// not one object
		``, `$s`, `null`, `true`, `7`, `"order"`, `[]`, `{}`, `[{"customer":$c,"items":[$o]}]`, `{"customer":$c,"items":[$o]`,
		`{"customer":$c,"items":[$o]}}`, `{"customer":$c,"items":[$o]}x`, `{"customer":$c,"items":[$o]} {}`,
		`{"customer":$c,"items":[$o]},`, "{\"customer\":$c,\"items\":[$o]}\x00", "\ufeff{\"customer\":$c,\"items\":[$o]}",
		"\f{\"customer\":$c,\"items\":[$o]}", "{\"customer\":$c,\"items\":[$o]}\u00a0",
		// syntax
		`{"customer":$c,"items":[$o],}`, `{"customer":$c,"items":[$o,]}`, `{"customer":$c,"items":[,$o]}`, `{"customer":$c "items":[$o]}`,
		`{"customer":$c,"items":[$o $o]}`, `{"customer"=$c,"items":[$o]}`, `{'customer':'c','items':[$o]}`, `{customer:$c,items:[$o]}`,
		`{"customer":$c,"items":[$o]/**/}`, `{"customer":$c,"items":[$o}`, `{"customer":$c,"items":$o]}`,
		// keys
		`{"customer":$c,"customer":$c,"items":[$o]}`, `{"customer":$c,"items":[$o],"items":[$o]}`,
		`{"customer":$c,"items":[{"id":$i,"id":$i,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":$i,"quantity":$q,"quantity":$q}]}`,
		`{"customer":$c,"custome\u0072":$c,"items":[$o]}`,
		`{"customer":$c,"items":[$o],"note":null}`, `{"customer":$c,"items":[$o],"":{}}`, `{"customer":$c,"items":[{"id":$i,"quantity":$q,"note":[]}]}`,
		`{"Customer":$c,"items":[$o]}`, `{"customer":$c,"ITEMS":[$o]}`, `{"customer":$c,"items":[{"Id":$i,"quantity":$q}]}`,
		`{"customer":$c,"items":[$o],"Customer":$c}`, `{"customer":$c,"items":[{"id":$i,"Quantity":$q}]}`,
		`{"items":[$o]}`, `{"customer":$c}`, `{"customer":$c,"items":[{"id":$i}]}`, `{"customer":$c,"items":[{"quantity":$q}]}`, `{"customer":$c,"items":[{}]}`,
		// types
		`{"customer":null,"items":[$o]}`, `{"customer":7,"items":[$o]}`, `{"customer":[$c],"items":[$o]}`, `{"customer":true,"items":[$o]}`,
		`{"customer":$c,"items":null}`, `{"customer":$c,"items":$o}`, `{"customer":$c,"items":"[]"}`, `{"customer":$c,"items":[null]}`,
		`{"customer":$c,"items":[[$i,$q]]}`, `{"customer":$c,"items":[$i]}`, `{"customer":$c,"items":[$o,"x"]}`,
		`{"customer":$c,"items":[{"id":null,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":$i,"quantity":null}]}`,
		`{"customer":$c,"items":[{"id":"$i","quantity":$q}]}`, `{"customer":$c,"items":[{"id":$i,"quantity":"$q"}]}`,
		`{"customer":$c,"items":[{"id":$i,"quantity":true}]}`, `{"customer":$c,"items":[{"id":[$i],"quantity":$q}]}`,
		// integers
		`{"customer":$c,"items":[{"id":1.0,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":$i,"quantity":1.5}]}`,
		`{"customer":$c,"items":[{"id":1e2,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":$i,"quantity":1E0}]}`,
		`{"customer":$c,"items":[{"id":-1,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":$i,"quantity":-1}]}`,
		`{"customer":$c,"items":[{"id":-0,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":+1,"quantity":$q}]}`,
		`{"customer":$c,"items":[{"id":01,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":$i,"quantity":00}]}`,
		`{"customer":$c,"items":[{"id":9007199254740992,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":$i,"quantity":9007199254740992}]}`,
		`{"customer":$c,"items":[{"id":18446744073709551616,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":0x10,"quantity":$q}]}`,
		`{"customer":$c,"items":[{"id":NaN,"quantity":$q}]}`, `{"customer":$c,"items":[{"id":1_0,"quantity":$q}]}`,
		// strings: not UTF-8, raw control characters, escapes that are none
		"{\"customer\":\"\xff\",\"items\":[$o]}", "{\"customer\":\"\xc0\xaf\",\"items\":[$o]}", "{\"customer\":\"\xed\xa0\x80\",\"items\":[$o]}",
		"{\"customer\":\"\xf4\x90\x80\x80\",\"items\":[$o]}", "{\"customer\":\"\xe2\x82\",\"items\":[$o]}", "{\"customer\":$c,\"items\":[$o]}\xff",
		"{\"customer\":\"a\nb\",\"items\":[$o]}", "{\"customer\":\"a\tb\",\"items\":[$o]}", "{\"customer\":\"a\x00b\",\"items\":[$o]}", "{\"customer\":\"\x1f\",\"items\":[$o]}",
		`{"customer":"\x41","items":[$o]}`, `{"customer":"\u12","items":[$o]}`, `{"customer":"\u12g4","items":[$o]}`, `{"customer":"\U00000041","items":[$o]}`,
		`{"customer":"\'","items":[$o]}`, `{"customer":"\ud800","items":[$o]}`, `{"customer":"\udc00","items":[$o]}`, `{"customer":"\udc00\ud800","items":[$o]}`,
		`{"customer":"\ud800\u0041","items":[$o]}`, `{"customer":"\ud83dx\ude00","items":[$o]}`, `{"customer":"\ud83d\ud83d\ude00","items":[$o]}`,
		// form comes before meaning
		`{"customer":"","items":[{"id":$i,"quantity":null}]}`, `{"customer":$c,"items":[],"note":1}`, `{"customer":$c,"items":[$50,$o,{"id":$i}]}`,
	}
}
