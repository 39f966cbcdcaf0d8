// Searching: words that all must stand in a row's label, caption or message,
// and key=value pairs: node, src, dst, method, status (4xx), call.
var found = [];

function hayOf(row) {
	if (row.hay === undefined) {
		var source = row.nth ? messageOf.get(
			notesOf.get(row.seq).first || row.seq) : null;
		row.hay = (row.label + "\n" + row.caption + "\n" +
			(source ? source.textContent : "")).toLowerCase();
	}
	return row.hay;
}

function isNode(place, value) {
	var n = nodes[place];
	return !!n && (n.name.toLowerCase() === value ||
		n.label.toLowerCase() === value);
}

var keys = {
	node: function (r, v) { return isNode(r.from, v) || isNode(r.to, v); },
	src: function (r, v) { return isNode(r.from, v); },
	dst: function (r, v) { return isNode(r.to, v); },
	method: function (r, v) {
		return r.kind === "request" &&
			r.label.split(" ")[0].toLowerCase() === v;
	},
	status: function (r, v) {
		var code = r.label.split(" ")[0];
		return r.kind !== "request" && /^[1-6][0-9][0-9]$/.test(code) &&
			(code === v || /^[1-6]xx$/.test(v) && code[0] === v[0]);
	},
	call: function (r, v) { return r.call.toLowerCase().startsWith(v); }
};

function search(text) {
	var parts = text.toLowerCase().split(/\s+/).filter(function (p) {
		return p !== "";
	});
	wanted = [];
	var tests = parts.map(function (p) {
		var at = p.indexOf("="), key = p.slice(0, at), value = p.slice(at + 1);
		if (at > 0 && Object.prototype.hasOwnProperty.call(keys, key))
			return function (r) { return keys[key](r, value); };
		wanted.push(p);
		return function (r) { return hayOf(r).indexOf(p) >= 0; };
	});
	found = tests.length === 0 ? [] : rows.filter(function (r) {
		return r.seq <= horizon() &&
			tests.every(function (f) { return f(r); });
	});
	markFound(found);
	sayFound();
}

function sayFound() {
	var out = byId("p-found"), text = byId("p-search").value.trim();
	var i = found.findIndex(function (r) { return r.seq === position; });
	document.body.dataset.found = found.length;
	out.textContent = text === "" ? "" : found.length === 0 ? words.none
		: i < 0 ? say(words.matches, found.length)
		: say(words.found, i + 1, found.length);
}

// The next (1) or previous (-1) that was found, round and round.
function goFound(way) {
	if (found.length === 0) return;
	var list = found.slice().sort(function (a, b) { return a.seq - b.seq; });
	var next;
	if (way > 0)
		next = list.find(function (r) { return r.seq > position; }) || list[0];
	else
		next = list.reverse().find(function (r) {
			return r.seq < position;
		}) || list[0];
	go(next.seq);
}
