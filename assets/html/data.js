// What the page is about: rows of the ladder, records, what lives at each.
// The lists and their columns are described in src/interface/views/html/README.md.
// Until another page takes its place.
var life = new AbortController();
var data = given || JSON.parse(document.getElementById("p-data").textContent);
var texts = data.texts, words = data.words;

function byId(id) { return document.getElementById(id); }

// "Message %1 of %2" with what belongs there.
function say(text) {
	var args = arguments;
	return text.replace(/%([1-9])/g, function (all, n) {
		return args[n] === undefined ? "" : String(args[n]);
	});
}

// An element with a class and children; texts become text, never markup.
function make(tag, name) {
	var e = document.createElement(tag);
	if (name) e.className = name;
	for (var i = 2; i < arguments.length; i++)
		if (arguments[i] !== null && arguments[i] !== undefined)
			e.append(arguments[i]);
	return e;
}

// 505000000 ns as "0.505", as short as that is exact, at least a millisecond.
function seconds(ns) {
	var s = (ns / 1e9).toFixed(9).replace(/0+$/, "");
	var dot = s.indexOf(".");
	return dot < 0 || s.length - dot < 4 ? (ns / 1e9).toFixed(3) : s;
}

// A length of time: "500 ms", "32 s".
function length(ns) {
	if (ns >= 1e9) return +(ns / 1e9).toFixed(3) + " s";
	if (ns >= 1e6) return +(ns / 1e6).toFixed(3) + " ms";
	return +(ns / 1e3).toFixed(3) + " µs";
}

var nodes = data.nodes.map(function (n) {
	return { label: n[0], name: n[1], role: n[2], addr: n[3] };
});

var rows = data.rows.map(function (r, i) {
	return { place: i, seq: r[0], end: r[1], item: r[2], kind: r[3],
		y: r[4] / 100, yEnd: r[5] / 100, from: r[6], to: r[7],
		label: texts[r[8]], caption: texts[r[9]], call: texts[r[10]] };
});
var messages = rows.filter(function (r) { return r.item === "message"; });
messages.forEach(function (r, i) { r.nth = i + 1; });

var records = data.records.map(function (r, i) {
	return { place: i + 1, seq: r[0], t: r[1], cause: r[2],
		kind: data.kinds[r[3]], node: r[4], text: r[5],
		rule: r[6] < 0 ? null : data.rules[r[6]], ends: texts[r[7]],
		effects: [] };
});
var recordOf = new Map();
records.forEach(function (r) {
	recordOf.set(r.seq, r);
	if (recordOf.has(r.cause)) recordOf.get(r.cause).effects.push(r);
});

// Why calls ended, by Call-ID.
var endOf = new Map();
data.ends.forEach(function (e) {
	endOf.set(texts[e[0]], { last: e[1], trouble: e[2] === 1, text: e[3],
		proof: e[4], next: e[5] });
});

// All messages, which stand on paper, lie aside else: what goes through the whole document,
// such as a change of its address, has as much less to do.
var aside = byId("p-aside") || make("template");
var list = byId("p-messages") || aside.content.querySelector("#p-messages");
var messageOf = new Map();
list.querySelectorAll("details[id]").forEach(function (e) {
	messageOf.set(Number(e.id.slice("p-text".length)), e);
});
function putAside() {
	if (!list.isConnected) return; // of a page that was saved
	aside.id = "p-aside";
	list.replaceWith(aside);
	aside.content.append(list);
}
function takeBack() { aside.replaceWith(list); }

// Explanations: message -> { first, notes }.
var notesOf = new Map();
data.messages.forEach(function (m) {
	notesOf.set(m[0], { first: m[1], notes: m[2] });
});

// The row that a record belongs to: its own, else the last that has begun.
var rowAt = new Map();
rows.forEach(function (r) {
	if (r.item === "message" && r.end > r.seq) rowAt.set(r.end, r);
});
rows.forEach(function (r) { rowAt.set(r.seq, r); });
function rowOf(seq) {
	if (rowAt.has(seq)) return rowAt.get(seq);
	var best = null;
	rows.forEach(function (r) {
		if (r.seq <= seq && (best === null || r.seq > best.seq)) best = r;
	});
	return best;
}

// The last record at or before SEQ, or null.
function recordAt(seq) {
	var low = 0, high = records.length;
	while (low < high) {
		var mid = (low + high) >> 1;
		if (records[mid].seq <= seq) low = mid + 1; else high = mid;
	}
	return low > 0 ? records[low - 1] : null;
}

var lives = data.lives.map(function (e, i) {
	return { place: i, node: e[0], group: e[1], name: texts[e[2]],
		state: texts[e[3]], since: e[4], due: e[5], seq: e[6],
		about: texts[e[7]], owns: texts[e[8]], owner: texts[e[9]] };
});

// What lives after a record: its entries are turned on and off on the way.
var alive = new Set(), turned = 0;
function turn(ids) {
	for (var i = 1; i < ids.length; i++)
		if (!alive.delete(ids[i])) alive.add(ids[i]);
}
function liveAt(seq) {
	var turns = data.turns, last = turns.length - 1; // the last is none
	while (turned < last && turns[turned][0] <= seq) turn(turns[turned++]);
	while (turned > 0 && turns[turned - 1][0] > seq) turn(turns[--turned]);
	return Array.from(alive).sort(function (a, b) { return a - b; })
		.map(function (id) { return lives[id]; });
}
