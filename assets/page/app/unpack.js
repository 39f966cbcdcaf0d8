// What is packed in the page: gzip by what the browser has, and LZMA (xz
// --format=lzma, whose file tells no length), a quarter less, by this.
function unlzma(from) {
	var IS_MATCH = 0, IS_REP = 192, IS_REP0 = 204, IS_REP1 = 216, IS_REP2 = 228;
	var IS_LONG = 240, SLOT = 432, SPECIAL = 688, ALIGN = 816, LENGTH = 832;
	var REP_LENGTH = 1346, LITERAL = 1860;
	var lc = from[0] % 9, lp = (from[0] / 9 | 0) % 5, pb = from[0] / 45 | 0;
	var chances = new Uint16Array(LITERAL + (0x300 << (lc + lp))).fill(1024);
	var to = new Uint8Array(from.length * 4), n = 0, at = 18;
	var range = -1 >>> 0, code = (from[14] << 24 | from[15] << 16 | from[16] << 8 | from[17]) >>> 0;
	var coder = Uint32Array.of(range, code);
	var state = 0, rep0 = 0, rep1 = 0, rep2 = 0, rep3 = 0;

	// COUNT bits by the chances behind BASE, the highest first.
	function tree(base, count) {
		var range = coder[0], code = coder[1], m = 1, i = count, chance, bound;
		do {
			if (range < 0x1000000) {
				range = range << 8 >>> 0;
				code = (code << 8 | from[at++]) >>> 0;
			}
			chance = chances[base + m];
			bound = Math.imul(range >>> 11, chance) >>> 0;
			if (code < bound) {
				range = bound;
				chances[base + m] = chance + (2048 - chance >> 5);
				m = m << 1;
			} else {
				range = (range - bound) >>> 0;
				code = (code - bound) >>> 0;
				chances[base + m] = chance - (chance >> 5);
				m = m << 1 | 1;
			}
		} while (--i > 0);
		coder[0] = range;
		coder[1] = code;
		return m - (1 << count);
	}
	function bit(chance) { return tree(chance - 1, 1); }
	// The lowest first.
	function reverse(base, count) {
		var m = 1, got = 0, i, b;
		for (i = 0; i < count; i++) {
			b = bit(base + m);
			m = m << 1 | b;
			got |= b << i;
		}
		return got;
	}
	function direct(count) {
		var got = 0;
		while (count-- > 0) {
			if (coder[0] < 0x1000000) {
				coder[0] <<= 8;
				coder[1] = coder[1] << 8 | from[at++];
			}
			coder[0] >>>= 1;
			got = got << 1 | coder[1] >= coder[0];
			if (got & 1) coder[1] -= coder[0];
		}
		return got;
	}
	function length(base, place) {
		if (bit(base) === 0) return tree(base + 2 + place * 8, 3);
		if (bit(base + 1) === 0) return 8 + tree(base + 130 + place * 8, 3);
		return 16 + tree(base + 258, 8);
	}
	function distance(most) {
		var slot = tree(SLOT + most * 64, 6), more = (slot >> 1) - 1, d;
		if (slot < 4) return slot;
		d = (2 | slot & 1) << more;
		if (slot < 14) return d + reverse(SPECIAL + d - slot, more);
		return (d + (direct(more - 4) << 4) | reverse(ALIGN, 4)) >>> 0;
	}
	function literal() {
		var base = LITERAL + 0x300 * (((n & (1 << lp) - 1) << lc) +
			((n > 0 ? to[n - 1] : 0) >> 8 - lc));
		var m = 1, other = state < 7 ? 0 : to[n - rep0 - 1], b, same = state >= 7;
		if (!same) return tree(base, 8);
		while (m < 0x100) {
			b = other >> 7 & 1;
			other <<= 1;
			m = m << 1 | bit(base + (same ? 0x100 + (b << 8) : 0) + m);
			same = same && (m & 1) === b;
		}
		return m & 0xFF;
	}
	// How much of what was is taken again, 0: all is told.
	function again(place) {
		var l, d;
		if (bit(IS_REP + state) === 0) {
			rep3 = rep2;
			rep2 = rep1;
			rep1 = rep0;
			l = length(LENGTH, place);
			rep0 = distance(Math.min(l, 3));
			state = state < 7 ? 7 : 10;
			return rep0 === -1 >>> 0 ? 0 : l + 2;
		}
		if (bit(IS_REP0 + state) === 0) {
			if (bit(IS_LONG + (state << 4) + place) === 0) {
				state = state < 7 ? 9 : 11;
				return 1;
			}
		} else {
			if (bit(IS_REP1 + state) === 0) {
				d = rep1;
			} else {
				if (bit(IS_REP2 + state) === 0) {
					d = rep2;
				} else {
					d = rep3;
					rep3 = rep2;
				}
				rep2 = rep1;
			}
			rep1 = rep0;
			rep0 = d;
		}
		state = state < 7 ? 8 : 11;
		return length(REP_LENGTH, place) + 2;
	}

	for (var place, l, larger; at <= from.length;) {
		place = n & (1 << pb) - 1;
		if (n + 273 > to.length) {
			larger = new Uint8Array(to.length * 2);
			larger.set(to);
			to = larger;
		}
		if (bit(IS_MATCH + (state << 4) + place) === 0) {
			to[n] = literal();
			n++;
			state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
		} else {
			l = again(place);
			if (l === 0) return to.subarray(0, n);
			for (; l > 0; l--, n++) to[n] = to[n - rep0 - 1];
		}
	}
	throw new Error("cut");
}

// A promise of what TEXT, bytes as base64, has packed.
function unpack(text) {
	var plain = atob(text.trim()), bytes = new Uint8Array(plain.length);
	for (var i = 0; i < plain.length; i++) bytes[i] = plain.charCodeAt(i);
	return bytes[0] !== 0x1F ? Promise.resolve(unlzma(bytes)) :
		new Response(new Blob([bytes]).stream().pipeThrough(
			new DecompressionStream("gzip"))).arrayBuffer()
			.then(function (b) { return new Uint8Array(b); });
}

// The trace of TEXT, whose records are without their numbers, with times and causes told by
// how far they are away (put_record in src/interface/web/web_record.c).
function traceOf(text) {
	var seq = 0, t = 0;
	return text.split("\n").map(function (line) {
		var behind = line.indexOf(",");
		if (line[0] !== "+") return line;
		seq++;
		t += Number(line.slice(1, behind));
		return "{\"seq\":" + seq + ",\"t\":" + t + line.slice(behind)
			.replace(/"cause":-(\d+)/, function (all, far) { return "\"cause\":" + (seq - far); });
	}).join("\n");
}

// The labs and their texts of BYTES: titles as JSON, each text behind its path.
function libraryOf(bytes) {
	var parts = new TextDecoder().decode(bytes).split("\0"), library = JSON.parse(parts[0]);
	library.texts = {};
	for (var i = 1; i < parts.length; i += 2)
		library.texts[parts[i]] = /\/recorded\.jsonl$/.test(parts[i]) ? traceOf(parts[i + 1]) : parts[i + 1];
	return library;
}
