// The position, a record's number (0: before the first), and what moves it.
var position = 0;

function show() {
	var record = position > 0 ? recordAt(position) : null;
	var row = record ? rowOf(record.seq) : null;
	var own = record && row && (row.seq === record.seq ||
		row.end === record.seq) ? row : null;
	document.body.dataset.record = position;
	document.body.dataset.step = own && own.nth ? own.nth : "";
	showNow(record, row);
	showLadder(row, position);
	showMessage(own || behind(record), !own);
	showWhy(record);
	showState(record);
	sayFound();
}

// Where the page stands is in its address, so that it can be linked to.
function keep() {
	var row = rowAt.get(position), text = byId("p-search").value.trim();
	var hash = row && row.nth && row.seq === position ?
		"#step=" + row.nth : "#record=" + position;
	if (predicting) hash += "&predict";
	if (text !== "") hash += "&search=" + encodeURIComponent(text);
	try { history.replaceState(null, "", hash); } catch (e) { /* a frame */ }
}

function go(seq) {
	var record = recordAt(Math.min(seq, horizon()));
	position = record ? record.seq : 0;
	show();
	keep();
}

function message(way) {
	var next = null;
	messages.forEach(function (r) {
		if (way > 0 ? r.seq > position && (!next || r.seq < next.seq)
		    : r.seq < position && (!next || r.seq > next.seq)) next = r;
	});
	if (next || way < 0) go(next ? next.seq : 0);
}

function record(way) {
	var here = position > 0 ? recordAt(position).place : 0;
	var next = here + way;
	if (next <= records.length) go(next > 0 ? records[next - 1].seq : 0);
}

function last() {
	var seq = 0;
	messages.forEach(function (r) { seq = Math.max(seq, r.seq); });
	go(seq || (records.length ? records[records.length - 1].seq : 0));
}

function explain() {
	explained = !explained;
	byId("p-message").classList.toggle("p-plain", !explained);
	byId("p-explain").setAttribute("aria-pressed", String(explained));
}

var deeds = {
	first: function () { go(0); },
	back: function () { message(-1); },
	next: function () { message(1); },
	last: last,
	rback: function () { record(-1); },
	rnext: function () { record(1); },
	smaller: function () { resize(-1); },
	larger: function () { resize(1); },
	fit: fit,
	fback: function () { goFound(-1); },
	fnext: function () { goFound(1); },
	explain: explain,
	predict: function () { predict(!predicting, position); },
	solve: solve,
	goon: goOn,
	search: function () { byId("p-search").focus(); byId("p-search").select(); }
};
var onKey = { ArrowLeft: "back", ArrowUp: "back", ArrowRight: "next",
	ArrowDown: "next", "Shift+ArrowLeft": "rback", "Shift+ArrowUp": "rback",
	"Shift+ArrowRight": "rnext", "Shift+ArrowDown": "rnext", Home: "first",
	End: "last", "/": "search", n: "fnext", N: "fback", e: "explain",
	Q: "predict", "+": "larger", "=": "larger", "-": "smaller",
	"0": "fit" };

// In a pane the arrows up and down scroll, as readers expect.
function scrolls(event) {
	return /^Arrow(Up|Down)$/.test(event.key) && !event.shiftKey &&
		event.target.closest && event.target.closest(".body");
}

// In a field of a form keys are what is typed.
function types(event) {
	return event.target.matches && event.target.matches(
		"input:not(#p-search), select, textarea");
}

document.addEventListener("keydown", function (event) {
	var arrow = event.shiftKey && event.key.startsWith("Arrow");
	var deed = onKey[(arrow ? "Shift+" : "") + event.key];
	if (event.ctrlKey || event.altKey || event.metaKey || types(event)) return;
	if (event.target.id === "p-search") {
		if (event.key === "Escape") event.target.blur();
		return;
	}
	if (quizKey(event)) {
		event.preventDefault();
		return;
	}
	if (!deed || scrolls(event)) return;
	event.preventDefault();
	deeds[deed]();
}, { signal: life.signal });

Object.keys(deeds).forEach(function (name) {
	var button = byId("p-" + name);
	if (button && button.localName === "button")
		button.addEventListener("click", deeds[name]);
});
byId("p-search").addEventListener("input", function (event) {
	search(event.target.value);
	keep();
});
byId("p-form").addEventListener("submit", function (event) {
	event.preventDefault();
	goFound(1);
});

// "#step=5", "#record=41", "#search=BYE"
function arrive() {
	var asked = new URLSearchParams(location.hash.slice(1));
	var nth = Number(asked.get("step")), seq = Number(asked.get("record"));
	if (asked.has("search")) byId("p-search").value = asked.get("search");
	if (asked.has("search")) search(byId("p-search").value);
	if (asked.has("record") && seq >= 0) go(seq);
	else if (asked.has("step") && nth >= 0)
		go(nth === 0 || messages.length === 0 ? 0
			: messages[Math.min(nth, messages.length) - 1].seq);
	else if (found.length > 0) go(found[0].seq);
	else if (position === 0 && messages.length > 0) go(messages[0].seq);
	else show();
	if (asked.has("predict") && !predicting)
		predict(true, asked.has("record") || asked.has("step") ?
			position : 0);
}
window.addEventListener("hashchange", arrive, { signal: life.signal });

document.documentElement.classList.add("p-script");
putAside();
startLadder();
byId("p-predict").disabled = questions.length === 0;
if (window.innerWidth < 900) explain(); // where it takes the whole screen
arrive();

return {
	end: function () { life.abort(); },
	at: function () { return position; },
	go: go,
	hold: hold,
	// The last record at or before T ns.
	goAt: function (t) {
		var last = records.filter(function (r) { return r.t <= t; }).pop();
		go(last ? last.seq : 0);
	},
	// As go, but for the address: on the way, many times a second.
	pass: function (seq) {
		var record = recordAt(Math.min(seq, horizon()));
		position = record ? record.seq : 0;
		show();
	},
	// How much larger the picture is than it has room; TO: from now on.
	zoom: function (to) {
		if (to) setZoom(to);
		return zoom;
	},
	records: records,
	messages: messages,
	rows: rows,
	seconds: seconds,
	// The text of the message that record SEQ sends; empty: none.
	textOf: function (seq) {
		var m = messageOf.get((notesOf.get(seq) || {}).first || seq);
		return m && m.querySelector("pre") ? m.querySelector("pre").textContent : "";
	},
	// The rows of SEQS are found.
	mark: function (seqs) {
		var all = new Set(seqs);
		byId("p-search").value = "";
		found = rows.filter(function (r) { return all.has(r.seq) || all.has(r.end); });
		markFound(found);
	},
	nodes: nodes
};
