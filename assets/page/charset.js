// The iconv of text/charset.c by what a browser reads texts with, of a whole text at
// once.  GB 18030 is only read there: what is read of each code gives the way back,
// for 39 rare characters another one than in the GNU C library (editions of 2005 and 2000).
mergeInto(LibraryManager.library, {
	$charsets: {
		// Those that are open, by their numbers from 1 on: from where, into what.
		open: [],
		codes: null,
		name: function (at) {
			var text = "";
			while (HEAPU8[at] !== 0) text += String.fromCharCode(HEAPU8[at++]);
			return text;
		},
		// The N-th code of four bytes.
		four: function (n) {
			return [0x81 + (n / 12600 | 0), 0x30 + (n / 1260 | 0) % 10,
				0x81 + (n / 10 | 0) % 126, 0x30 + n % 10];
		},
		learn: function () {
			var list = [], bytes = new Uint8Array(300000), end = 0, codes = new Map(), a, b, n;
			for (a = 0x81; a < 0xFF; a++)
				for (b = 0x40; b < 0xFF; b++) list.push([a, b]);
			for (n = 0; n < 39420; n++) list.push(charsets.four(n));
			list.forEach(function (code) {
				bytes.set(code, end);
				end += code.length + 1;
				bytes[end - 1] = 10;
			});
			new TextDecoder("gb18030").decode(bytes.subarray(0, end - 1)).split("\n")
				.forEach(function (c, i) {
				var is_one = c.length === 1 && (c !== "\uFFFD" || list[i].length === 4);
				if (is_one && !codes.has(c)) codes.set(c, list[i]);
			});
			charsets.codes = codes;
		},
		code: function (c) {
			var u = c.codePointAt(0);
			var code = u < 0x80 ? [u] : u > 0xFFFF ? charsets.four(189000 + u - 0x10000)
				: charsets.codes.get(c);
			if (!code) throw new RangeError(c);
			return code;
		},
		gb18030: function (text) {
			if (charsets.codes === null) charsets.learn();
			return Array.from(text).map(charsets.code).flat();
		}
	},
	page_iconv_open__deps: ["$charsets"],
	page_iconv_open: function (into, from) {
		return charsets.open.push({ from: charsets.name(from), into: charsets.name(into) });
	},
	page_iconv__deps: ["$charsets"],
	page_iconv: function (cd, from, left, to, room) {
		var at = HEAPU32[from >> 2], out = HEAPU32[to >> 2], o = charsets.open[cd - 1], text, bytes;
		try {
			text = new TextDecoder(o.from, { fatal: true, ignoreBOM: true })
				.decode(HEAPU8.subarray(at, at + HEAPU32[left >> 2]));
			bytes = o.into === "UTF-8" ? new TextEncoder().encode(text) : charsets.gb18030(text);
		} catch (e) {
			return -1;
		}
		if (bytes.length > HEAPU32[room >> 2]) return -1;
		HEAPU8.set(bytes, out);
		HEAPU32[from >> 2] += HEAPU32[left >> 2];
		HEAPU32[left >> 2] = 0;
		HEAPU32[to >> 2] += bytes.length;
		HEAPU32[room >> 2] -= bytes.length;
		return 0;
	},
	page_iconv_close__deps: ["$charsets"],
	page_iconv_close: function () {
		charsets.open.pop();
		return 0;
	}
});
